"""Where the layout of a report says what a node is: lists of items, cells of tables, catalogues of cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.draft import Draft
from extract.outline.section import Section
from extract.ranges import Overlaps
from extract.reading.candidates import DENIED, Candidate, in_cell
from extract.reading.writing import CAUSE_CUE

#: Labels whose nodes hold others of the same label.
NESTED = ("Problem", "Recommendation")
#: So many items of a list that the model found too vouch for all.
_MANY = 10
#: So many items make a list of cases.
_CASES = 3
#: Kinds of report that end with what should be done.
_ADVISING = ("inspection-feedback", "audit-report")
#: What belongs to an item and stands with it, though only the rules found it.
_OF_ITEM = ("RootCause", "Effect")
#: What gives an example, before it.
_EXAMPLE = re.compile(r"(?:例如|譬如|比如|[再又]如|(?<![\u4e00-\u9fff])如)[，：]?$")


class Layout:
    """Where the layout says what a node is, and the rules know it: in the cells of a list of problems, and in
    a list of marked items of which the model found a third too (of 34 items that it denied 14 were right), or
    many."""

    def __init__(self, draft: Draft, made: Sequence[Candidate]) -> None:
        self.draft = draft
        lists: dict[tuple[int, str], list[Candidate]] = {}
        labels = NESTED if draft.kind == "accident-report" else (*NESTED, "RootCause")
        for one in made:
            section = one.node.section if one.label in labels and one.node else None
            if section is not None and section.value and section.parent is not None:
                lists.setdefault((id(section.parent), one.label), []).append(one)
        found = {
            label: over(one for one in made if one.label == label and one.found is not None)
            for label in ("RootCause", "Problem")
        }
        seen = {
            id(one)
            for items in lists.values()
            for one in items
            if one.found is not None
            or (
                one.label == "RootCause"
                and any(within(c, one) for c in found["RootCause"].meeting(one.start, one.end))
                and not any(within(p, one) for p in found["Problem"].meeting(one.start, one.end))
            )
        }
        listed = [
            items
            for items in lists.values()
            if len(items) > 1 and sum(id(i) in seen for i in items) >= min(len(items) / 3, _MANY)
        ]
        cases = [
            items for (_, label), items in lists.items() if label == "Problem" and self._names_cases(items)
        ]
        self.cases = {id(one.node) for items in cases for one in items}
        self.cases |= {id(one.node) for one in made if one.node and one.spelled_out}
        self.listed = {id(one.node) for items in listed for one in items}
        self.advice = {id(part) for one in made if one.by == "both" and (part := _advice_of(one))}

    def _names_cases(self, items: Sequence[Candidate]) -> bool:
        """Is it a list of cases, each headed by the breach: 一、某局滥用行政权力排除竞争?

        The model has learnt from few such catalogues and denies them: of 35 items in published ones 34 were
        right.
        """
        breach = self.draft.rules["problems"]["violation"]
        heads = (self.draft.text[slice(*headline_of(one))] for one in items)
        named = sum(_numbered_case(one) or breach.any(head) for one, head in zip(items, heads, strict=True))
        return named >= max(_CASES, len(items) / 2)

    def decides(self, one: Candidate) -> bool:
        """Does it stand in a cell? There only the rules read."""
        return in_cell(self.draft, one.start)

    def holds(self, one: Candidate) -> bool:
        """Does the layout vouch for a rule's node?"""
        if one.node is None or one.by == "model":
            return False
        if self.decides(one) or id(one.node) in self.cases:
            return True
        if self.otherwise(one):
            return False
        if id(one.node) in self.listed or self._advised(one):
            return True
        if id(one.node.parent) not in self.listed or one.probability < DENIED:
            return False
        return one.label in _OF_ITEM or (one.label == "Evidence" and self._given(one))

    def _given(self, one: Candidate) -> bool:
        """Is it given as an example, in so many words: …。如，[…]"""
        return _EXAMPLE.search(self.draft.text, max(0, one.start - 8), one.start) is not None

    def otherwise(self, one: Candidate) -> bool:
        """Is it a problem of the rules' alone in whose words the model sees something else?

        Of 20 such one was a problem. A cause may be one too, but hardly where words say that it is a cause.
        """
        if one.label != "Problem" or self.decides(one) or id(one.node) in self.cases:
            return False
        tells_why = (
            one.role == "cause"
            and self.draft.kind != "accident-report"
            and CAUSE_CUE.search(self.draft.text, *headline_of(one)) is not None
        )
        nothing = one.role == "none" and id(one.node) not in self.listed
        return tells_why or nothing or one.role in ("measure", "recommendation")

    def _advised(self, one: Candidate) -> bool:
        """Is it an item of a part in which inspectors or auditors recommend, and the model sees that they do?

        A model that has learnt from pledges and measures in the same words doubts other items of it (7 of 7
        in a whole real report were right).
        """
        return self.draft.kind in _ADVISING and id(_advice_of(one)) in self.advice


def headline_of(one: Candidate) -> tuple[int, int]:
    """Where a problem's statement stands, else all of it."""
    return one.node.headline if one.node and one.node.headline else (one.start, one.end)


def over(ones: Iterable[Candidate]) -> Overlaps[Candidate]:
    return Overlaps((one.start, one.end, one) for one in ones)


def within(one: Candidate, other: Candidate) -> bool:
    return other.start <= one.start and one.end <= other.end + 1


def _numbered_case(one: Candidate) -> bool:
    """Does its marker say what it is: 案例1：, 问题3：?"""
    return one.node is not None and one.node.section is not None and one.node.section.kind == "topic"


def _advice_of(one: Candidate) -> Section | None:
    """The part, announced as one that recommends, of which a recommendation is an item."""
    section = one.node.section if one.node and one.label == "Recommendation" else None
    if section is None or not section.value:
        return None
    while section is not None and section.about == "recommendations" and not section.announces:
        section = section.parent
    return section if section is not None and section.about == "recommendations" else None
