"""What sections are about where their headings do not say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.draft import Draft, first_sentence
from extract.outline.section import Section
from extract.statements import is_problem

_FIELD = re.compile(r"(?:方面|领域|环节|建设|情况)$")
_OWN_PLAN = re.compile("措施|整改|打算")


#: It can only be asked for, whatever is wrong: 进一步强化风险隐患排查治理.
_ASKS = re.compile(r"(?:要|应当?|务必|进一步|切实|着力|抓紧|尽快|大力|坚决)(?!不|未)")


def assign_roles(draft: Draft) -> None:
    """Sets the roles that only the kind of the report or the words of a list tell."""
    if draft.kind == "self-examination":
        _own_plans(draft)
    elif draft.kind == "rectification-notice":
        _untitled(draft)
    else:
        _demands(draft)


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
