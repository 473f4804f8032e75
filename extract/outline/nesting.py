"""The second pass: which section each event opens, below which other, and which lists it ends."""

from __future__ import annotations

import re

from extract.language.place_grammar import DIVISIONS
from extract.outline.events import Event
from extract.outline.lead_ins import STATES, Labels, item_of_heading, place_lead
from extract.outline.numerals import CN
from extract.outline.section import Section, push
from extract.outline.table_cells import leave_table, place_cell

#: Rank of a marker where the text itself does not say what nests in what: the outer first.
_RANK = {
    "root": -1,
    "chapter": 0,
    "heading": 1,
    "cn": 2,
    "cn_bracket": 3,
    "title": 4,
    "stated": 4,
    "other0": 4.5,
    "unit": 4,
    "table": 4,
    "group": 4,
    "row": 4,
    "item": 4,
    "data": 11,
    "paragraph": 11,
    "topic": 4,
    "number": 5,
    **{f"decimal{i}": 5 + i / 10 for i in range(1, 4)},  # 1.1, 1.1.1
    "number_bracket": 6,
    "circle": 7,
    **{f"other{i}": 7 + i / 10 for i in range(1, 5)},  # A. or [1], in the order in which they open
    "di": 8,
    "shi": 9,
    "dash": 10,
    "lead": 11,
}
#: A paragraph that speaks of all that a list has named.
_OF_ALL = re.compile(
    r"(?:上述|以上|这些)(?:问题|情况|隐患|典型)"
    rf"|(?:各级|各地|各单位|各部门|各县|各镇|各乡镇|各有关|全[{DIVISIONS}])[^，。；]{{0,24}}(?:要|应|须|必须)"
    r"|(?:此外|另外)，|另有|希望[^，。；]{2,16}(?:要|能|把)"
)
#: A paragraph that asks for something names no reasons.
_ASKS = re.compile(r"请|要求|希望|责令|建议|各(?:级|地|单位|部门|有关|县|市|镇|乡)|下一?步|为此|对此|针对")
_LIST = frozenset(
    ("cn_bracket", "number", "number_bracket", "circle", "di", "shi", "dash", "topic")
) | frozenset(kind for kind in _RANK if kind.startswith(("other", "decimal")))


def place(event: Event, following: Event | None, stack: list[Section], text: str, labels: Labels) -> None:
    """Closes the open sections that an event ends, and opens its own.

    `following` is the next marker that opens a paragraph.
    """
    if event.kind == "cell":
        place_cell(event, stack)
    elif not event.inline and leave_table(stack) and event.kind == "paragraph":
        push(Section("paragraph", event.at, event.at), stack)
    elif event.kind == "paragraph":
        _place_paragraph(event, following, stack, text)
    elif event.kind == "lead":
        place_lead(event, following, stack, text, labels)
    elif event.kind == "heading":
        _place_heading(event, following, stack, labels)
    elif not event.inline or _continues(event, stack):
        _end_lead_ins(event, stack, text)
        _end_lists(event, stack, text)
        _open(event, stack)


def _open(event: Event, stack: list[Section]) -> None:
    body = event.at if event.kind in ("title", "stated", "unit") else event.end
    section = Section(event.kind, event.at, body, event.value, event.role, generic=event.generic,
                      inline=event.inline, run_in=event.run_in)  # fmt: skip
    push(section, stack)


def _place_heading(event: Event, following: Event | None, stack: list[Section], labels: Labels) -> None:
    """A heading ends all but the part it stands in; one that each item has is a part of its item."""
    item = item_of_heading(event, following, stack, labels)
    if not item:
        while len(stack) > 1 and not (stack[-1].kind == "cn" and stack[-1].role is None):
            stack.pop()
        _open(event, stack)
        return
    del stack[item + 1 :]
    about = stack[item].about
    of_problem = about in ("problems", "rectified") and event.role != "problems"
    if of_problem or (about is None and event.role == "rectified"):
        role = "measures" if event.role == "rectified" else event.role  # what became of this one
        push(Section("lead", event.at, event.end, role=role, own=True), stack)
    else:
        _open(event, stack)


def _end_lead_ins(event: Event, stack: list[Section], text: str) -> None:
    """A lead-in that goes on in its line ends with it, where a list of the level above goes on."""
    if event.kind in ("title", "stated", "unit"):
        while len(stack) > 1 and stack[-1].kind == "lead" and _ends_with_paragraph(stack[-1], text):
            stack.pop()
    if not event.inline and _goes_on_above(event, stack[-1], text):
        stack.pop()
    over = event.kind == "topic" or (not event.inline and (event.value > 1 or text[event.at - 2] == "。"))
    while (
        over and stack[-1].kind == "lead" and (event.kind == "topic" or _ends_with_paragraph(stack[-1], text))
    ):
        stack.pop()


def _end_lists(event: Event, stack: list[Section], text: str) -> None:
    """An item ends the one before it, and the first of a list all that stands deeper."""
    same = next((i for i in range(len(stack) - 1, 0, -1) if stack[i].kind == event.kind), None)
    if event.kind in ("title", "stated") and same is not None and _nests(stack, same, "problems"):
        same = None  # 主要问题是： announces the titles that follow
    at_its_level = event.value != 1 or event.kind == "dash"
    if same is not None and (at_its_level or not _nests(stack, same)):
        del stack[same:]
        return
    while (
        len(stack) > 1
        and _RANK[stack[-1].kind] > _RANK[event.kind]
        and stack[-1].kind != "lead"
        and not _is_below(event, stack[-1], text)
    ):
        stack.pop()


def _goes_on_above(event: Event, lead: Section, text: str) -> bool:
    """Does a list go on behind a whole sentence that sums up its last item?

    （二）… / 上述问题的背后，是…。 / （三）…
    """
    if lead.kind != "lead" or lead.children or lead.parent is None or event.value < 2:
        return False
    before = lead.parent.children[-2:-1]
    whole = text[lead.body : lead.body + 1] != "\n" and text[event.at - 2 : event.at - 1] == "。"
    return whole and bool(before) and (before[0].kind, before[0].value) == (event.kind, event.value - 1)


def _is_below(event: Event, section: Section, text: str) -> bool:
    """Does a list open below an item of a kind that mostly stands deeper: 第一、财务管理 / 1.…?

    It does below the first item where that is a heading, and below the others as it did below the one before.
    """
    if event.value != 1 or event.inline or section.inline or section.kind not in _LIST or section.children:
        return False
    before = section.parent.children[-2:-1] if section.parent else []
    if before and before[0].kind == section.kind:
        return bool(before[0].children) and before[0].children[0].kind == event.kind
    return section.value == 1 and not STATES.search(text, section.body, event.at)


def _nests(stack: list[Section], same: int, role: str | None = None) -> bool:
    """A list that restarts at 1 below a lead-in (with a role) is one of its own; elsewhere it goes on."""
    return any(s.kind == "lead" and role in (None, s.role) for s in stack[same + 1 :])


def _continues(event: Event, stack: list[Section]) -> bool:
    """An inline marker counts only as the first or the next of a list: 2.存在 after 1., not 3.5 元."""
    if event.kind in ("dash", "circle"):
        return True
    if event.value == 1:
        return True
    same = next((s for s in reversed(stack) if s.kind == event.kind), None)
    return same is not None and same.value < event.value <= same.value + 2


#: So many items tell whether those of a list have paragraphs of their own.
_LOOK_BACK = 6


def _is_over(following: Event | None, item: Section, at: int, text: str) -> bool:
    """Is a list over where a paragraph follows its last item, and none followed the items before it?"""
    ended = text[at - 2 : at - 1] in tuple("。；！”）")  # else the line goes on with a broken sentence
    if (
        item.kind not in (*_LIST, "cn")
        or item.parent is None
        or not ended
        or (following and following.kind == item.kind)
    ):
        return False
    before = [s for s in item.parent.children[-_LOOK_BACK:] if s.kind == item.kind]
    ends = [s.start for s in before[1:]] + [at]
    above = item.parent.parent
    if len(before) < 2 and above is not None:  # the last part has one item: look at that of the part before
        cousins = [c for part in above.children[-2:-1] for c in part.children[-1:] if c.kind == item.kind]
        before, ends = cousins + before, [item.parent.start] * len(cousins) + ends
    return len(before) > 1 and all(
        text.find("\n", s.body, end - 1) < 0 for s, end in zip(before, ends, strict=True)
    )


def _place_paragraph(event: Event, following: Event | None, stack: list[Section], text: str) -> None:
    """A plain paragraph goes on with what is open, but ends a list that stood inside one paragraph."""
    ended: Section | None = None
    over = _is_over(following, stack[-1], event.at, text)
    if over:
        kind = stack[-1].kind
        while stack[-1].kind == kind:
            ended = stack.pop()
    if _OF_ALL.match(text, event.at):  # 上述问题…, 各单位要…, 此外，检查还发现…: the list is over
        while len(stack) > 1 and stack[-1].kind in _LIST:
            ended = stack.pop()
    while len(stack) > 1 and (
        _ends_with_paragraph(stack[-1], text)
        or (stack[-1].kind == "lead" and stack[-1].role == "causes" and _ASKS.match(text, event.at))
    ):
        if stack[-1].inline and stack[-1].kind == "shi" and _next_is_shi(text, event.at):
            return
        ended = stack.pop()
    analysis = stack[-1].about == "causes"
    if (
        ended is not None
        and (ended.kind in ("lead", "paragraph") or ended.kind in _LIST or analysis or over)
        and (len(stack) > 1 or ended.chain or over or ended.role == "causes")
    ):
        if text.startswith(("此外", "另外"), event.at):  # ends the list in which the lead-in stood
            while (
                len(stack) > 1 and stack[-1].kind != "heading" and not (stack[-1].generic and stack[-1].role)
            ):
                stack.pop()
        prose = over or ended.chain
        role = "process" if over and text.startswith("综上", event.at) else None  # sums up what the list said
        push(Section("paragraph", event.at, event.at, role=role, chain=prose), stack)


def _ends_with_paragraph(section: Section, text: str) -> bool:
    """A list inside a paragraph does, and a lead-in that goes on in its line, save three roles that go on."""
    if section.kind != "lead":
        return section.inline or section.kind == "paragraph"
    goes_on = text[section.body : section.body + 1] != "\n"
    own_line = section.start == 0 or text[section.start - 1] == "\n"
    return goes_on and not (
        section.role in ("measures", "closing")
        or (section.role == "causes" and own_line and not section.chain)
    )


def _next_is_shi(text: str, at: int) -> bool:
    return bool(re.compile(rf"[{CN}]{{1,2}}[是要]").match(text, at))
