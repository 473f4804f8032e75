"""What sections are about where their headings do not say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.draft import Draft
from extract.outline.section import Section
from extract.problems.statements import is_problem
from extract.text.sentences import first_sentence

_FIELD = re.compile(r"(?:方面|领域|环节|建设|情况)$")
_OWN_PLAN = re.compile("措施|整改|打算")


_PARTS = ("cn", "cn_bracket", "number", "number_bracket")
#: A heading that only names what was looked at.
_SUBJECT = re.compile(
    r"(?!.{0,8}(?:(?:基本|总体)(?:情况|概况)|组织(?:开展|领导|实施)|自查|开展|下一?步)).{2,24}?(?:的(?:情况|落实|管理|执行|办理|履行|使用|运行|变动|保护|建设|回报|处置)(?:情况)?"
    r"|(?:管理|执行|落实|使用|运行|履行|办理)情况|方面|[^，。；：\n]{2,18}(?:情况|行为|事项))"
)
#: The words of a problem with those that it was set right.
_SET_RIGHT = re.compile(
    r"(?:关于|针对)?[^。；：\n]{4,60}?(?:问题)?的整改(?:落实)?(?:情况)?[。：]?|(?:聚焦|围绕|针对|紧盯)“[^”]{4,60}”(?:问题)?，[^。；\n]{2,30}"
    r"|(?:关于|针对|对)“[^”]{4,60}”(?:的)?(?:方面)?(?:的)?问题[。：]?"
)


#: What the title of a catalogue of cases says.
_CASES = re.compile("(?:典型|违[法规纪]|曝光)[^，。]{0,8}(?:案例|案件|问题)|案[例件]")
#: What happens without being a problem itself.
_EVENT = re.compile("事故|事件")
#: It can only be asked for, whatever is wrong: 进一步强化风险隐患排查治理.
_ASKS = re.compile(r"(?:要|应当?|务必|进一步|切实|着力|抓紧|尽快|大力|坚决)(?!不|未)")


def assign_roles(draft: Draft) -> None:
    """Sets the roles that only the kind of the report or the words of a list tell."""
    if draft.kind == "self-examination":
        _own_plans(draft)
        _neutral(draft)
    elif draft.kind == "rectification-notice":
        _own_plans(draft)
        _named_by_what_is_set_right(draft)
        _only_measures(draft)
        _untitled(draft)
    else:
        _demands(draft)
        _cases(draft)


def _cases(draft: Draft) -> None:
    """A catalogue of cases, each headed by its breach: 一、某局滥用行政权力排除竞争 / 【案例一】…."""
    sections = list(draft.root.walk())
    if any(s.role == "problems" for s in sections):
        return
    breach = draft.rules["problems"]["violation"]
    title = draft.text[slice(*draft.title)] if draft.title else ""
    titled = _CASES.search(title)
    for parent in sections:
        items = [s for s in parent.children if s.value and s.role is None]
        heads = [draft.text[slice(*_heading(draft, s))] for s in items]
        if any(_EVENT.search(words) for words in (title, *heads)):
            continue  # an accident is none
        named = sum(map(breach.any, heads))
        numbered = sum("案例" in draft.text[s.start : s.body] for s in items)
        if len(items) > 1 and (numbered == len(items) or (titled and 2 * named >= len(items))):
            for section in items:
                section.role = "problems"


def _untitled(draft: Draft) -> None:
    """A notice whose parts are named by fields (二、履行职责方面): each paragraph tells of one problem."""
    sections = list(draft.root.walk())
    if any(
        s.role in ("rectified", "problems") or (s.kind == "lead" and s.role == "measures") for s in sections
    ):
        return
    for section in sections:
        first = draft.text.find("\n", section.body, section.own_end)
        if (
            section.kind == "cn"
            and section.role is None
            and first > 0
            and _FIELD.search(draft.text, section.body, first)
        ):
            section.role, section.generic = "rectified", True
            parts = [
                Section(
                    "paragraph",
                    first + 1 + m.start(),
                    first + 1 + m.start(),
                    role="rectified",
                    end=first + 1 + m.end(),
                    parent=section,
                )
                for m in re.finditer(r"[^\n]+", draft.text[first + 1 : section.own_end])
            ]
            section.children[:0] = parts


def _neutral(draft: Draft) -> None:
    """A self-examination whose parts are headed by subjects (三、尾箱的管理情况) and none by problems: what
    went wrong stands somewhere below them, after what went well.
    """
    sections = list(draft.root.walk())
    if any(s.role == "problems" for s in sections):
        return
    headed = [
        s
        for s in sections
        if s.kind in _PARTS
        and s.role in (None, "overview")
        and not is_problem(draft, *_heading(draft, s))
        and _SUBJECT.fullmatch(draft.text, *_heading(draft, s))
    ]
    for section in headed if len(headed) > 2 else ():
        section.role, section.generic, section.chain = "problems", True, True
        section.content = _heading(draft, section)[1]


def _heading(draft: Draft, section: Section) -> tuple[int, int]:
    """The line that opens a section."""
    end = draft.text.find("\n", section.body, section.end)
    return section.body, end if end >= 0 else section.end


def _named_by_what_is_set_right(draft: Draft) -> None:
    """A notice whose items are headed by the problem that was set right: 1.轮换计划执行不严的整改。"""
    for section in draft.root.walk():
        if section.kind in _PARTS and section.role is None:
            start, end = first_sentence(draft.text, section.body, section.end)
            if _SET_RIGHT.fullmatch(draft.text, start, end) and is_problem(draft, start, end):
                section.role = "rectified"


def _only_measures(draft: Draft) -> None:
    """A notice whose items tell what was done and name no problem: 一、持续发力，改善大气质量."""
    sections = list(draft.root.walk())
    items = [s for s in sections if s.kind in _PARTS and s.about == "rectified"]
    named = sum(_names_problem(draft, item) for item in items)
    if 4 * named < len(items) and not any(s.role in ("problems", "measures") for s in sections):
        for section in sections:
            section.role = None if section.role == "rectified" else section.role


def _names_problem(draft: Draft, item: Section) -> bool:
    """Does the first sentence of an item name what was wrong?"""
    start, end = first_sentence(draft.text, item.body, item.end)
    return is_problem(draft, start, end) or draft.rules["problems"]["quoted"].any(
        draft.text[start : end + 40]
    )


def _own_plans(draft: Draft) -> None:
    """What a unit says of itself under 整改措施 was done or is planned by it: nobody recommends it."""
    for section in draft.root.walk():
        if section.role == "recommendations" and _OWN_PLAN.search(
            draft.text, section.start, section.start + 30
        ):
            section.role = "measures"


def _demands(draft: Draft) -> None:
    """Lists of demands whose heading is lost: each item says what is to be done, none what is wrong."""
    verb = draft.rules["recommendations"]["verb"]
    for section in draft.root.walk():
        if section.about not in (None, "problems"):
            continue
        for items in _lists(section):
            heads = [first_sentence(draft.text, s.body, s.own_end) for s in items]
            if len(items) >= 3 and all(
                verb.any(draft.text[a:b]) and (_ASKS.match(draft.text, a) or not is_problem(draft, a, b))
                for a, b in heads
            ):
                for item in items:
                    item.role = "recommendations"


def _lists(section: Section) -> Iterator[list[Section]]:
    """The lists among the parts of a section; one that restarts at 1 is another."""
    items: list[Section] = []
    for child in section.children:
        listed = child.kind in ("cn", "cn_bracket", "number") and child.role is None
        if items and not (listed and child.kind == items[0].kind and child.value > items[-1].value):
            yield items
            items = []
        if listed:
            items.append(child)
    if items:
        yield items
