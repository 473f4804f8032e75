"""Where a lead-in (原因：, 整改情况：) stands in the tree: does it speak of one item, or of all before it?"""

from __future__ import annotations

import re
from collections import Counter

from extract.outline.events import Event
from extract.outline.section import Section, push

#: A line with it states something and is no heading.
STATES = re.compile("[。；！？，]")


#: Sections that hold running prose; a chain within an item bears that item out.
_PROSE = frozenset(("root", "lead", "paragraph", "title", "unit", "stated"))
#: What follows each problem of a list of fields.
_ANSWERS = ("measures", "recommendations")
_NO_FINDINGS = (None, "closing", "process", "overview")


class Labels:
    """Lead-ins and headings (原因：, 原因分析): how often each stands in a text, in which kind of item."""

    def __init__(self, events: list[Event], text: str) -> None:
        self.counts = Counter(
            text[e.at : e.end].strip("：\n") for e in events if e.kind in ("lead", "heading")
        )
        self.kinds: dict[str, str] = {}
        self.text = text

    def lists(self, event: Event) -> bool:
        """Does a list follow a lead-in?"""
        return bool(re.compile("，?(?:一是|其一|（一）|1[.、])").match(self.text, event.end))

    def repeated(self, label: str) -> bool:
        return len(label) <= 6 and self.counts[label] > 1


def item_of_heading(event: Event, following: Event | None, stack: list[Section], labels: Labels) -> int:
    """Where in the stack stands the item of which a repeated heading is a part; 0 for none.

    1.… / 原因分析 / … / 2.… / 原因分析: each item has its own; the last one has it as those before.
    """
    label = labels.text[event.at : event.end].strip("：\n")
    if labels.counts[label] < 2:
        return 0
    last = stack[-1]
    if last.value and not (last.role or last.inline or STATES.search(labels.text, last.body, event.at)):
        item: int | None = len(stack) - 1  # （一）甲镇 / 存在问题
    else:
        item = _goes_on_after(following, stack, about=None)
    if item is None and label in labels.kinds:
        item = _last(stack, labels.kinds[label])
    if item:
        labels.kinds[label] = stack[item].kind
    return item or 0


def place_lead(
    event: Event, following: Event | None, stack: list[Section], text: str, labels: Labels
) -> None:
    """Opens the section of a lead-in, unless it is a word within what is open."""
    among = stack[-1].about == event.role == "recommendations" and text[event.at - 1] != "\n"
    if among and text[event.end - 1] != "：":
        return  # 建议由市财政局…, among recommendations
    if event.role == "process":
        _place_aside(event, stack, text)
    elif event.chain and event.role == "problems":
        if all(s.kind in _PROSE and s.about in _NO_FINDINGS for s in stack):
            del stack[1:]
            push(Section("lead", event.at, event.end, role=event.role, chain=True), stack)
    elif not _tells_of_item_before(event, text, labels):
        _place_label(event, following, stack, text, labels)


def _place_aside(event: Event, stack: list[Section], text: str) -> None:
    """An aside within a paragraph, or a field of an item: 责任单位：…"""
    if stack[-1].about == "measures" and "时限" in text[event.at : event.end]:
        return  # one of the fields that say what is done
    push(Section("lead", event.at, event.end, role=event.role), stack)


def _tells_of_item_before(event: Event, text: str, labels: Labels) -> bool:
    """…，究其原因，是…: states the cause of what is before it, and the list goes on."""
    return (
        event.role == "causes"
        and not _at_paragraph(event, text)
        and text[event.end - 1] in "是于"
        and not labels.lists(event)
    )


def _at_paragraph(event: Event, text: str) -> bool:
    return event.at == 0 or text[event.at - 1] == "\n"


def _place_label(
    event: Event, following: Event | None, stack: list[Section], text: str, labels: Labels
) -> None:
    """A lead-in with its label speaks of the item in which it stands, or of all before it."""
    label = text[event.at : event.end].strip("：\n")
    at_paragraph = _at_paragraph(event, text)
    of_item = labels.repeated(label)  # each item has its 原因：, its 建议：
    item: int | None = None
    if at_paragraph and text[event.end : event.end + 1] != "\n":
        item = _goes_on_after(following, stack)
    if of_item and (label in labels.kinds or not item):
        item = max(item or 0, _last(stack, labels.kinds.get(label)))  # as the one before it stood
    if not _end_lead(event, item, stack, text, label):
        return
    if stack[-1].kind == "paragraph" and stack[-1].start == event.at:
        stack.pop()  # the lead-in is the paragraph
        stack[-1].children.pop()
    if event.role == "problems" and stack[-1].about == event.role:
        return
    if event.role == "problems" and of_item and "问题" in label:
        outer = next((i for i, s in enumerate(stack) if s.kind == "lead" or s.role in _ANSWERS), len(stack))
        if not at_paragraph or any(s.kind not in _PROSE and s.kind != "topic" for s in stack[:outer]):
            return  # it goes on with what its item says
        del stack[outer:]
        push(Section("lead", event.at, event.end, role=event.role), stack)
        return
    if item:
        del stack[item + 1 :]  # it speaks of the item before it, not of all of them
        labels.kinds[label] = stack[-1].kind
    elif event.role != "measures" and at_paragraph:
        while len(stack) > 1 and stack[-1].kind not in ("chapter", "heading", "cn", "lead"):
            stack.pop()
    push(Section("lead", event.at, event.end, role=event.role, own=bool(item), chain=event.chain), stack)


def _end_lead(event: Event, item: int | None, stack: list[Section], text: str, label: str) -> bool:
    """Ends the lead-in in whose place a new one comes; False where the one that is open goes on."""
    announces = _at_paragraph(event, text) or label != text[event.at : event.end]  # it ends with a colon
    line = 0 if announces else text.rfind("\n", 0, event.at) + 1
    for i in range(len(stack) - 1, item or 0, -1):
        if stack[i].kind == "lead" and stack[i].start >= line:
            if stack[i].role == event.role == "measures":
                return False
            del stack[i:]
            break
    return True


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


def _goes_on_after(
    following: Event | None, stack: list[Section], about: str | None = "problems"
) -> int | None:
    """Where in the stack stands the item of which the next marker is the neighbour?"""
    if following is None:
        return None
    for i in range(len(stack) - 1, 0, -1):
        if stack[i].kind == following.kind and not stack[i].inline and about in (None, stack[i].about):
            return i if 0 < following.value - stack[i].value <= 2 and following.role is None else None
    return None
