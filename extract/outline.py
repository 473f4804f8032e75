"""Headings, list markers and lead-ins -> a tree of sections.

One pass finds the events of a clean text: a marker such as （一）, a bare heading such as 存在问题,
a lead-in such as 整改情况：. A second one builds the tree with a stack. What a section is about is its role:
problems, causes, recommendations, measures … ; a section without a role of its own has its parent's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.rules import Rules
from extract.table_lines import Cell

_CN = "一二三四五六七八九十"
_VALUES = {c: i + 1 for i, c in enumerate(_CN)}
_MARKER = re.compile(
    rf"(?P<chapter>第[{_CN}]{{1,3}}(?:章|部分|篇)[、，：]?)"
    rf"|(?P<cn>[{_CN}]{{1,3}}[、.])"
    rf"|(?P<cn_bracket>（[{_CN}]{{1,3}}）[、.]?)"
    r"|(?P<topic>(?:问题|隐患|案例|缺陷|现象|表现|情形)[一二三四五六七八九十\d]{1,3}[：、.])"
    r"|(?P<number>\d{1,2}(?:[、）]|\.(?!\d)))"
    r"|(?P<number_bracket>（\d{1,2}）[、.]?)"
    r"|(?P<circle>[①-⑳⑴-⒇])"
    rf"|(?P<shi>[{_CN}]{{1,2}}(?:是|要|则)(?![否不]))"
    rf"|(?P<di>[第其][{_CN}]{{1,2}}[，、：])"
    r"|(?P<dash>——|[●■◆▲★•◇□○▪►➢☆－])"
)
#: Rank of a marker where the text itself does not say what nests in what: the outer first.
_RANK = {
    "root": -1,
    "chapter": 0,
    "heading": 1,
    "cn": 2,
    "cn_bracket": 3,
    "title": 4,
    "stated": 4,
    "unit": 4,
    "row": 4,
    "paragraph": 11,
    "topic": 4,
    "number": 5,
    "number_bracket": 6,
    "circle": 7,
    "di": 8,
    "shi": 9,
    "dash": 10,
    "lead": 11,
}
#: Characters of a heading, without its marker.
_LONGEST = 26
_STOP = re.compile(r"[。；：\n]")
_AFTER_HEADING = re.compile(r"[\n。：]")
_OPENS = "\n。；：！？”"
_BEFORE_MARKER = re.compile(rf"[。；：！？”，](?=[第其{_CN}（\d①-⑳⑴-⒇—●■◆▲★•◇□])")
_BARE_END = re.compile(r"[。；，！？…]$")
#: A line that only names a unit: what follows is about it.
_UNIT_LINE = re.compile(
    r"[^。；，！？：“”《》]{2,36}?(?:公司|集团|厂|店|院|校|中学|小学|幼儿园|局|中心|[省市县区州镇乡村]|街道|社区|支部|总支|党委|党组|所|站"
    r"|银行|合作社|企业|矿|馆|寺|广场|酒店|宾馆|超市|市场|工程部|项目部)(?:（[^）]{1,16}）)?(?:等[^。；，]{0,12})?：?"
)
#: A statement that a list goes on in the same paragraph: 贯彻部署不够有力。一是…。二是…。
_STATED_FIRST = re.compile(r"[^。；：\n]{6,90}。(?=(?:一是|（一）|1[.、]|其一，|①))")
#: A heading whose line break was lost: 二、评估发现的主要问题某省部署开展了…
_RUN_IN = re.compile(
    r"(?:存在的?(?:主要|突出)?问题(?:和不足)?|(?:检查|督[查察导]|评估|审计|巡[视察]|调查)发现的(?:主要|突出)?问题"
    r"|(?:事故|问题)?(?:发生)?(?:的)?(?:直接|间接)?原因分析|(?:工作|整改|审计)?意见(?:和)?建议|(?:整改|审计|工作)建议|整改(?:意见|要求)"
    r"|(?:事故)?防范(?:和整改)?措施(?:建议)?)(?=[\u4e00-\u9fff“《])(?!的|不|和|及|与|是|落实)"
)
#: A paragraph that speaks of all that a list has named.
_OF_ALL = re.compile(
    r"(?:上述|以上|这些)(?:问题|情况|隐患|典型)|(?:各级|各地|各单位|各部门|各县|各镇|各乡镇|各有关|全[市县区省])[^，。；]{0,24}(?:要|应|须|必须)"
    r"|(?:此外|另外)，[^，。；]{0,8}还?(?:发现|存在|反映)|希望[^，。；]{2,16}(?:要|能|把)"
)
_LIST = frozenset(("cn_bracket", "number", "number_bracket", "circle", "di", "shi", "dash", "topic"))
_BRACKETS = "【】〔〕[]"


@dataclass(slots=True)
class Section:
    """A part of the text: `start` of its marker, `body` after the marker, `end` with all of its children.

    `content` is where its text begins after a heading that only announces.
    """

    kind: str
    start: int
    body: int
    value: int = 0
    role: str | None = None
    end: int = 0
    parent: Section | None = None
    children: list[Section] = field(default_factory=list)
    #: its heading only announces (存在的主要问题) and states nothing itself
    generic: bool = False
    inline: bool = False
    #: a lead-in that speaks of the item in which it stands, not of all before it
    own: bool = False
    #: the text goes on behind its heading in the same line
    run_in: bool = False
    content: int = 0

    @property
    def about(self) -> str | None:
        """Its role, or that of the nearest ancestor that has one."""
        node: Section | None = self
        while node is not None:
            if node.role:
                return node.role
            node = node.parent
        return None

    @property
    def announces(self) -> bool:
        """Is it only a container for what follows?"""
        return self.generic or self.kind in ("root", "heading", "lead")

    @property
    def empty(self) -> bool:
        """A marker with nothing behind it."""
        return self.end <= self.body

    @property
    def own_end(self) -> int:
        """Where its own text stops: at the first child, else at its end."""
        return self.children[0].start if self.children else self.end

    def walk(self) -> Iterator[Section]:
        ahead = [self]
        while ahead:
            section = ahead.pop()
            yield section
            ahead += reversed(section.children)


class Event(NamedTuple):
    at: int
    end: int
    kind: str
    value: int = 0
    role: str | None = None
    generic: bool = False
    inline: bool = False
    run_in: bool = False


_LABEL_FIRST = re.compile(
    r"【?(?:存在|主要|产生|具体)?(?:问题|整改|落实|进展|处理|处置|原因|责任|建议|检查|办理|完成)"
    r"(?:情况|结果|措施|进展|成效|状态|分析|意见|单位|建议|时限|描述|要求)?[：】]"
)


def starts_with_marker(text: str) -> bool:
    """Does a line open a block of its own by its first characters: a number, or a label (整改情况：)?"""
    return bool(_MARKER.match(text) or _LABEL_FIRST.match(text))


def is_heading(text: str, rules: Rules) -> bool:
    """A line that names a section (存在的主要问题) and stands alone."""
    if len(text) > 2 * _LONGEST:  # with whatever marker and brackets
        return False
    m = _MARKER.match(text)
    bare = (text[m.end() :] if m else text).strip(_BRACKETS)
    return len(bare) <= _LONGEST and not _BARE_END.search(bare) and rules.headings.role(bare) is not None


def find_sections(text: str, rules: Rules, cells: Mapping[int, Cell] | None = None) -> Section:
    """The tree of sections of a clean text; its root covers all of it. `cells`: those of its tables."""
    root = Section("root", 0, 0, end=len(text))
    stack = [root]
    events = _events(text, rules, cells or {})
    labels = Labels(events, text)
    for event, following in zip(events, _next_markers(events), strict=True):
        _place(event, following, stack, text, labels)
    _close(root, len(text))
    _trim(root, text)
    return root


def _events(text: str, rules: Rules, cells: Mapping[int, Cell]) -> list[Event]:
    events: list[Event] = []
    at = 0
    paragraphs = text.split("\n")
    for i, paragraph in enumerate(paragraphs):
        if at in cells:
            row = cells[at].role == "problems" or not cells[at].row
            events.append(Event(at, at, "row" if row else "cell", cells[at].row, cells[at].role))
        elif paragraph:
            following = paragraphs[i + 1] if i + 1 < len(paragraphs) else ""
            events.extend(_paragraph_events(text, at, paragraph, following, rules))
        at += len(paragraph) + 1
    events.extend(_leads(text, rules))
    events.sort(key=lambda e: (e.at, e.kind != "paragraph", e.kind == "lead"))
    return events


def _next_markers(events: list[Event]) -> list[Event | None]:
    """For each event the next marker that opens a paragraph."""
    found: list[Event | None] = []
    following: Event | None = None
    for event in reversed(events):
        found.append(following)
        if event.value and not event.inline:
            following = event
    return found[::-1]


def _paragraph_events(text: str, at: int, paragraph: str, following: str, rules: Rules) -> Iterator[Event]:
    first = _MARKER.match(paragraph)
    bare = (paragraph[first.end() :] if first else paragraph).strip(_BRACKETS)
    role: str | None = None
    generic = False
    if first and first.lastgroup in ("chapter", "cn", "cn_bracket", "number", "topic"):
        role, generic = rules.headings.look(_head(bare))
    run_in = _RUN_IN.match(bare) if first and not role and first.lastgroup in ("chapter", "cn") else None
    if first and run_in:
        end = at + first.end() + run_in.end()
        yield Event(
            at, end, str(first.lastgroup), _value(first[0]), rules.headings.role(run_in[0]), True, run_in=True
        )
    elif first:
        if first.lastgroup == "dash" and _is_title(bare, following):
            generic = not rules["problems"]["judgement"].any(bare)
        elif first.lastgroup == "dash" and following and _UNIT_LINE.fullmatch(bare):
            generic = True
        yield Event(at, at + first.end(), str(first.lastgroup), _value(first[0]), role, generic)
    else:
        stripped = bare.rstrip("：")
        role, generic = rules.headings.look(stripped) if len(stripped) <= _LONGEST else (None, False)
        if role and not _BARE_END.search(bare):
            yield Event(at, at + len(paragraph), "heading", 0, role, True)
            return
        if following and _UNIT_LINE.fullmatch(bare):
            yield Event(at, at, "unit", generic=True)
        elif _STATED_FIRST.match(paragraph):
            yield Event(at, at, "stated")
        else:
            yield Event(at, at, "title" if _is_title(paragraph, following) else "paragraph")
    for stop in _BEFORE_MARKER.finditer(paragraph, (first.end() if first else 1) - 1):
        m = _MARKER.match(paragraph, stop.end())
        if m is None:
            continue
        before = paragraph[m.start() - 1]
        kind = str(m.lastgroup)
        if (before in _OPENS or (kind == "shi" and before == "，")) and kind != "chapter":
            role, generic = None, False
            if kind in ("cn", "cn_bracket"):
                role, generic = rules.headings.look(_head(paragraph[m.end() :]))
            yield Event(at + m.start(), at + m.end(), kind, _value(m[0]), role, generic, inline=True)


def _head(text: str) -> str:
    """The text up to its first stop."""
    return _STOP.split(text, maxsplit=1)[0]


_NO_TITLE = re.compile(r"[。；：，！？…）]$|\d{4}年|[:：]")


def _is_title(paragraph: str, following: str) -> bool:
    return (
        4 <= len(paragraph) <= 32
        and not _NO_TITLE.search(paragraph)
        and len(following) > len(paragraph)
        and not _MARKER.match(following)
    )


#: A lead-in stands at the beginning of a line or a clause, and a cue of it before the next stop.
_UP_TO_STOP = re.compile(r"[^。；]+")
_CLAUSE_START = re.compile(r"[\n”），]")


def _leads(text: str, rules: Rules) -> Iterator[Event]:
    """One lead-in a place: where two rules meet, the first one's."""
    leads = rules.headings.leads
    reach = dict.fromkeys(leads, 0)
    for stretch in _UP_TO_STOP.finditer(text):
        if not leads.cue.search(stretch[0]):
            continue
        possible = [rule for rule in leads if rule.possible(stretch[0])]
        for at in (stretch.start(), *(m.end() for m in _CLAUSE_START.finditer(text, *stretch.span()))):
            found: Event | None = None
            for rule in possible:
                if at >= reach[rule] and (m := rule.pattern.match(text, at)):
                    reach[rule] = m.end()
                    found = found or Event(m.start("lead"), m.end("lead"), "lead", 0, rule.props["role"])
            if found:
                yield found


def _value(marker: str) -> int:
    digits = re.search(r"\d+", marker)
    if digits:
        return int(digits[0])
    if "①" <= marker[0] <= "⑳":
        return ord(marker[0]) - 0x2460 + 1
    if "⑴" <= marker[0] <= "⒇":
        return ord(marker[0]) - 0x2474 + 1
    cn = re.search(rf"[{_CN}]+", marker)
    if not cn:
        return 0
    s = cn[0]
    if "十" in s:
        tens, _, ones = s.partition("十")
        return _VALUES.get(tens, 1) * 10 + _VALUES.get(ones, 0)
    return _VALUES[s[0]]


class Labels:
    """The short lead-ins of a text (原因：, 建议：): how often each stands there, in which kind of item."""

    def __init__(self, events: list[Event], text: str) -> None:
        self.counts = Counter(text[e.at : e.end].strip("：\n") for e in events if e.kind == "lead")
        self.kinds: dict[str, str] = {}
        self.text = text

    def lists(self, event: Event) -> bool:
        """Does a list follow a lead-in?"""
        return bool(re.compile("，?(?:一是|其一|（一）|1[.、])").match(self.text, event.end))

    def repeated(self, label: str) -> bool:
        return len(label) <= 6 and self.counts[label] > 1


def _place(event: Event, following: Event | None, stack: list[Section], text: str, labels: Labels) -> None:
    if event.kind == "paragraph":
        _place_paragraph(event, stack, text)
        return
    if event.kind == "cell":
        while len(stack) > 1 and stack[-1].kind not in ("row", "heading", "cn", "chapter"):
            stack.pop()
        _push(Section("lead", event.at, event.end, role=event.role), stack)
        return
    if event.kind == "lead":
        _place_lead(event, following, stack, text, labels)
        return
    if event.kind in ("title", "stated", "unit"):
        while len(stack) > 1 and stack[-1].kind == "lead" and _ends_with_paragraph(stack[-1], text):
            stack.pop()
    if event.kind == "heading":
        while len(stack) > 1 and not (stack[-1].kind == "cn" and stack[-1].role is None):
            stack.pop()
    else:
        if event.inline and not _continues(event, stack):
            return
        # a lead-in that goes on in its line ends with it, where a list of the level above goes on
        while not event.inline and (event.value > 1 or event.kind == "topic") and len(stack) > 1:
            if stack[-1].kind != "lead" or not _ends_with_paragraph(stack[-1], text):
                break
            stack.pop()
        same = next((i for i in range(len(stack) - 1, 0, -1) if stack[i].kind == event.kind), None)
        at_its_level = event.value != 1 or event.kind in ("dash", "row")
        if same is not None and (at_its_level or not _nests(stack, same)):
            del stack[same:]
        else:
            while len(stack) > 1 and _RANK[stack[-1].kind] > _RANK[event.kind] and stack[-1].kind != "lead":
                stack.pop()
    section = Section(
        event.kind,
        event.at,
        event.end,
        event.value,
        event.role,
        generic=event.generic,
        inline=event.inline,
        run_in=event.run_in,
    )
    if event.kind in ("title", "stated", "unit"):
        section.body = event.at
    _push(section, stack)


def _nests(stack: list[Section], same: int) -> bool:
    """A list that restarts at 1 below a lead-in is one of its own; elsewhere it goes on at its level."""
    return any(s.kind == "lead" for s in stack[same + 1 :])


def _continues(event: Event, stack: list[Section]) -> bool:
    """An inline marker counts only as the first or the next of a list: 2.存在 after 1., not 3.5 元."""
    if event.kind in ("dash", "circle"):
        return True
    if event.value == 1:
        return True
    same = next((s for s in reversed(stack) if s.kind == event.kind), None)
    return same is not None and same.value < event.value <= same.value + 2


def _place_lead(
    event: Event, following: Event | None, stack: list[Section], text: str, labels: Labels
) -> None:
    if event.role == "recommendations" and stack[-1].about == event.role and text[event.at - 1] != "\n":
        return  # 建议由市财政局…, among recommendations
    if event.role == "process":  # an aside within a paragraph
        _push(Section("lead", event.at, event.end, role=event.role), stack)
        return
    label = text[event.at : event.end].strip("：\n")
    at_paragraph = event.at == 0 or text[event.at - 1] == "\n"
    of_item = labels.repeated(label)  # each item has its 原因：, its 建议：
    item: int | None = None
    if at_paragraph and text[event.end : event.end + 1] != "\n":
        item = _goes_on_after(following, stack)
    if of_item and (label in labels.kinds or not item):
        item = max(item or 0, _last(stack, labels.kinds.get(label)))  # as the one before it stood
    announces = at_paragraph or label != text[event.at : event.end]  # it ends with a colon
    line = 0 if announces else text.rfind("\n", 0, event.at) + 1
    if (
        event.role == "causes"
        and not at_paragraph
        and text[event.end - 1] in "是于"
        and not labels.lists(event)
    ):
        return  # …，究其原因，是…: states the cause of what is before it, and the list goes on
    lead = next(
        (
            i
            for i in range(len(stack) - 1, item or 0, -1)
            if stack[i].kind == "lead" and stack[i].start >= line
        ),
        None,
    )
    if lead is not None:
        if stack[lead].role == event.role and event.role == "measures":
            return
        del stack[lead:]
    if stack[-1].kind == "paragraph" and stack[-1].start == event.at:
        stack.pop()  # the lead-in is the paragraph
        stack[-1].children.pop()
    if event.role == "problems" and ((of_item and "问题" in label) or stack[-1].about == event.role):
        return
    if item:
        del stack[item + 1 :]  # it speaks of the item before it, not of all of them
        labels.kinds[label] = stack[-1].kind
    elif event.role != "measures" and at_paragraph:
        while len(stack) > 1 and stack[-1].kind not in ("chapter", "heading", "cn", "lead"):
            stack.pop()
    _push(Section("lead", event.at, event.end, role=event.role, own=bool(item)), stack)


def _last(stack: list[Section], kind: str | None) -> int:
    """Where in the stack the innermost section of a kind stands, or of any that is no lead-in; 0 for none."""
    return next(
        (
            i
            for i in range(len(stack) - 1, 0, -1)
            if stack[i].kind == kind or (not kind and stack[i].kind != "lead")
        ),
        0,
    )


def _goes_on_after(following: Event | None, stack: list[Section]) -> int | None:
    """Where in the stack stands the item of which the next marker is the neighbour?"""
    if following is None:
        return None
    for i in range(len(stack) - 1, 0, -1):
        if stack[i].kind == following.kind and not stack[i].inline and stack[i].about == "problems":
            return i if 0 < following.value - stack[i].value <= 2 and following.role is None else None
    return None


def _place_paragraph(event: Event, stack: list[Section], text: str) -> None:
    """A plain paragraph goes on with what is open, but ends a list that stood inside one paragraph."""
    ended: Section | None = None
    if _OF_ALL.match(text, event.at):  # 上述问题…, 各单位要…, 此外，检查还发现…: the list is over
        while len(stack) > 1 and stack[-1].kind in _LIST:
            ended = stack.pop()
    while len(stack) > 1 and _ends_with_paragraph(stack[-1], text):
        if stack[-1].inline and stack[-1].kind == "shi" and _next_is_shi(text, event.at):
            return
        ended = stack.pop()
    analysis = stack[-1].about == "causes"
    if (
        ended is not None
        and (ended.kind in ("lead", "paragraph") or ended.kind in _LIST or analysis)
        and len(stack) > 1
    ):
        if text.startswith(("此外", "另外"), event.at):  # ends the list in which the lead-in stood
            while (
                len(stack) > 1 and stack[-1].kind != "heading" and not (stack[-1].generic and stack[-1].role)
            ):
                stack.pop()
        _push(Section("paragraph", event.at, event.at), stack)


def _ends_with_paragraph(section: Section, text: str) -> bool:
    """A list inside a paragraph does, and a lead-in that goes on in its line, save three roles that go on."""
    if section.kind != "lead":
        return section.inline or section.kind in ("paragraph", "row")
    goes_on = text[section.body : section.body + 1] != "\n"
    own_line = section.start == 0 or text[section.start - 1] == "\n"
    return goes_on and not (
        section.role in ("measures", "closing") or (section.role == "causes" and own_line)
    )


def _next_is_shi(text: str, at: int) -> bool:
    return bool(re.compile(rf"[{_CN}]{{1,2}}[是要]").match(text, at))


#: Levels that no report has.
_DEEPEST = 60


def _push(section: Section, stack: list[Section]) -> None:
    del stack[_DEEPEST:]
    section.parent = stack[-1]
    stack[-1].children.append(section)
    stack.append(section)


def _close(section: Section, end: int) -> None:
    section.end = end
    for i, child in enumerate(section.children):
        _close(child, section.children[i + 1].start if i + 1 < len(section.children) else end)


def _trim(section: Section, text: str) -> None:
    for s in section.walk():
        while s.end > s.body and text[s.end - 1] == "\n":
            s.end -= 1
        s.content = s.body
        if s.children and s.children[0].inline and _UNIT_LINE.fullmatch(text, s.body, s.own_end):
            s.generic = True  # 甲公司：一是…；二是…
        if s.generic and s.kind not in ("heading", "lead") and not s.run_in:
            m = _AFTER_HEADING.search(text, s.body, s.own_end)
            s.content = m.end() if m else s.own_end
