"""Roles of clauses -> findings: spans of nodes with their parents, the outline giving extents.

A run of headline clauses is a problem; what follows it belongs to it up to the next headline, the end
of its section or a clause of another role. A problem at the head of a section holds the problems within
that section.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.draft import Draft
from extract.outline.section import Section
from extract.ranges import Overlaps
from extract.reading.clauses import Clause, split_clauses
from extract.reading.labels import BEGINS, NODES, ROLE_OF
from extract.reading.tagger import Roles, Tagger

#: Roles of clauses that belong to the problem before them.
_OF_PROBLEM = frozenset({"headline", "evidence", "cause", "effect", "rest"})
#: What joins a cause, an effect or an example to what stands before it; no part of it.
_CONNECTIVE = re.compile(
    r"(?:(?:究其(?:原因|根源)|(?:主要|根本|直接|间接|深层次?)?原因|[其这]?(?:主要)?根源)[，：]?(?:主要)?(?:在于|是|为)?"
    r"|(?:这)?(?:主要)?是?(?:因为|由于)|因(?!此|地|公|素|人|故|果)|致使|导致|以致|造成|从而|进而|最终|引发|引起|缘于|源于|说到底(?:是)?|归根结底(?:是)?"
    r"|(?:例|比|再|又)?如(?!期|实|何|果)|其中|经查|(?:抽查|检查|审计|调查)发现|主观上|客观上|[一二三四五六七八九]是|加之|同时)[，：]?"
)
#: Clauses that only announce a cause.
_BARE = ("由于", "因为")
_SIGNS = "，。；：！？、\n "
_CONTAINERS = ("root", "lead", "heading", "title", "paragraph", "stated")


@dataclass(slots=True, eq=False)
class Found:
    """A node that the roles tell of, in offsets of the clean text.

    `body`: its start after its marker; `clauses`: the first and the last clause of its run; `sure`: the
    mean probability of its role in them; `parent`: the problem that holds it.
    """

    label: str
    start: int
    end: int
    body: int
    clauses: tuple[int, int]
    sure: float
    headline: tuple[int, int] | None = None
    parent: Found | None = None
    section: Section | None = None
    items: list[Found] = field(default_factory=list)


def decode(draft: Draft, tagger: Tagger) -> tuple[list[Clause], Roles, list[Found]]:
    """The clauses of a draft's text, their roles, and what these tell of."""
    clauses = split_clauses(draft.text)
    roles = tagger.roles(draft.text, clauses, draft.kind)
    accident = draft.kind == "accident-report"
    return (
        clauses,
        roles,
        Decoder(draft.text, clauses, roles.labels, roles.sure, draft.root, accident=accident).read(),
    )


class Decoder:
    """The clauses of one text with their labels and the probability (clauses, roles) of each role."""

    def __init__(
        self,
        text: str,
        clauses: Sequence[Clause],
        labels: Sequence[int],
        sure: Sequence[float],
        root: Section,
        *,
        accident: bool = False,
    ) -> None:
        self.text, self.clauses, self.sure, self.accident = text, clauses, sure, accident
        self.roles = [ROLE_OF[label] for label in labels]
        self.begins = [BEGINS[label] for label in labels]
        self.starts = [c.start for c in clauses]
        #: the innermost section of each clause, and the section that a clause opens
        self.sections: list[Section] = [root] * len(clauses)
        self.opens: list[Section | None] = [None] * len(clauses)
        for section in root.walk():
            for k in range(bisect_left(self.starts, section.start), bisect_left(self.starts, section.end)):
                self.sections[k] = section
            if section.kind not in _CONTAINERS:
                k = bisect_right(self.starts, section.body) - 1
                if k >= 0 and abs(clauses[k].body - section.body) <= 2:
                    self.opens[k] = section

    def read(self) -> list[Found]:
        """All nodes: problems first, each before its items."""
        problems = self._problems()
        found = list(problems)
        if self.accident:
            found += self._failings(problems)
        twins = {p.clauses[0]: p for p in found[len(problems) :]}
        holders = Overlaps((f.start, f.end + 1, f) for f in found)
        for role in ("evidence", "cause", "effect", "measure"):
            for first, last in self._runs(role):
                node = self._plain(role, first, last)
                if role == "cause" and first in twins:
                    node.end = self._before_signs(node.start, twins[first].end, _SIGNS)
                if node.end - node.start >= 3:
                    node.parent = _holder(holders, node.start, node.end) or self._beside(problems, node, role)
                    found.append(node)
        return found + self._recommendations()

    def _beside(self, problems: Sequence[Found], node: Found, role: str) -> Found | None:
        """The problem of a cause or effect outside of all: the nearest of its line, those before it
        first."""
        if role not in ("cause", "effect") or (node.section is not None and node.section.about == "causes"):
            return None
        line = self.clauses[node.clauses[0]].line
        beside = [p for p in problems if self.clauses[p.clauses[0]].line == line]
        before = [p for p in beside if p.start <= node.start]
        return before[-1] if before else beside[0] if beside else None

    def _runs(self, role: str) -> Iterator[tuple[int, int]]:
        """(first, last) clause of each run of a role."""
        first = -1
        for k in range(len(self.roles) + 1):
            same = k < len(self.roles) and self.roles[k] == role
            if first >= 0 and (not same or self.begins[k]):
                yield first, k - 1
                first = -1
            if same and first < 0:
                first = k

    def _found(self, role: str, first: int, last: int, start: int, end: int) -> Found:
        sure = sum(self.sure[first : last + 1]) / (last - first + 1)
        body = self.clauses[first].body
        return Found(NODES[role], start, self._before_signs(start, end), body, (first, last), sure,
                     section=self.opens[first] or self.sections[first])  # fmt: skip

    def _before_signs(self, start: int, end: int, signs: str = "；，：\n ") -> int:
        while end > start and self.text[end - 1] in signs:
            end -= 1
        return end

    def _problems(self) -> list[Found]:
        heads = list(self._runs("headline"))
        problems: list[Found] = []
        for n, (first, last) in enumerate(heads):
            opening = self._opening(first)
            start = self.clauses[opening].start
            own = self.opens[first] or self.opens[opening]
            limit = own.end if own else self.sections[first].end
            following = heads[n + 1][0] if n + 1 < len(heads) else len(self.clauses)
            if own is None and following < len(self.clauses):
                limit = min(limit, self.clauses[following].start)
            end = self._extent(last, following, limit)
            node = self._found("headline", first, last, min(start, own.start if own else start), end)
            # behind 【问题1】 or 4-3, which opens an item
            body = own.body if own and node.body < own.body < self.clauses[first].end else node.body
            node.headline = self._bare(body, self.clauses[last].end)
            problems.append(node)
        self._nest(problems)
        return problems

    def _opening(self, first: int) -> int:
        """The clause with which a problem begins: a cause may stand before its headline in the sentence."""
        k = first
        sentence = self.clauses[first].sentence
        while (
            k > 0
            and self.clauses[k - 1].sentence == sentence
            and (
                self.roles[k - 1] == "cause"
                or self.text[self.clauses[k - 1].body : self.clauses[k - 1].end] in _BARE
            )
        ):
            k -= 1
        return k

    def _extent(self, last: int, following: int, limit: int) -> int:
        end = last
        for k in range(last + 1, following):
            if self.clauses[k].start >= limit or self.roles[k] in ("measure", "recommendation", "heading"):
                break
            if self.roles[k] in _OF_PROBLEM:
                end = k
            elif self.clauses[k].line != self.clauses[end].line:
                break
        return self.clauses[end].end

    def _nest(self, problems: list[Found]) -> None:
        """A problem at the head of a section is the parent of those within the section."""
        open_: list[tuple[Found, int]] = []
        for node in problems:
            while open_ and node.body >= open_[-1][1]:
                open_.pop()
            if open_:
                node.parent = open_[-1][0]
                node.parent.items.append(node)
            own = self.opens[node.clauses[0]] or self.opens[self._opening(node.clauses[0])]
            if own is not None:
                open_.append((node, own.end))
        for node in reversed(problems):
            if node.items:
                node.end = max(node.end, *(item.end for item in node.items))

    def _failings(self, problems: list[Found]) -> list[Found]:
        """In an accident report the items of its analysis are causes and problems at once."""
        found = []
        holders = Overlaps((p.start, p.end + 1, p) for p in problems)
        runs = list(self._runs("cause"))
        opening = [first for first, _ in runs if self.opens[first] is not None]
        heads = sorted([*opening, *(p.clauses[0] for p in problems), len(self.clauses)])
        for first, last in runs:
            own = self.opens[first]
            if own is None or _holder(holders, self.clauses[first].start, self.clauses[first].end):
                continue
            following = next(k for k in heads if k > last)
            end = self._extent(last, following, own.end)
            node = self._found("headline", first, last, min(own.start, self.clauses[first].start), end)
            stop = re.compile("[。；\n]").search(self.text, node.body, node.end)
            node.headline = self._bare(node.body, stop.start() if stop else node.end)
            found.append(node)
        return found

    def _bare(self, start: int, end: int) -> tuple[int, int]:
        """Without the signs at its ends."""
        while end > start and self.text[end - 1] in _SIGNS:
            end -= 1
        while start < end and self.text[start] in _SIGNS:
            start += 1
        return start, end

    def _plain(self, role: str, first: int, last: int) -> Found:
        start, end = self.clauses[first].body, self.clauses[last].end
        if role != "measure":
            start, end = self._bare(start, end)
            while (m := _CONNECTIVE.match(self.text, start, end)) and start < m.end() < end - 2:
                start = m.end()
        else:
            start = self.clauses[first].start
        node = self._found(role, first, last, start, end)
        node.body = start
        return node

    def _recommendations(self) -> list[Found]:
        """Runs of recommendation, cut where a marked item begins; an item's section holds its own items."""
        found: list[Found] = []
        open_: list[tuple[Found, int]] = []
        for begin, stop in self._runs("recommendation"):
            cuts = [begin, *(k for k in range(begin + 1, stop + 1) if self.opens[k] is not None), stop + 1]
            for first, after in pairwise(cuts):
                start, own = self.clauses[first].start, self.opens[first]
                start = min(start, own.start) if own else start
                node = self._found("recommendation", first, after - 1, start, self.clauses[after - 1].end)
                while open_ and node.body >= open_[-1][1]:
                    open_.pop()
                if open_:
                    node.parent = open_[-1][0]
                    node.parent.items.append(node)
                if own is not None:
                    open_.append((node, own.end))
                found.append(node)
        for node in reversed(found):
            if node.items:
                node.end = max(node.end, *(item.end for item in node.items))
        return found


def _holder(problems: Overlaps[Found], start: int, end: int) -> Found | None:
    """The innermost problem over a span."""
    over = [p for p in problems.meeting(start, end) if p.start <= start and end <= p.end + 1]
    return min(over, key=lambda p: (p.end - p.start, -p.start), default=None)
