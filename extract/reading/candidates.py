"""What may stand in a report: each node that the rules, the trained reader or both found, with how far it is
to be trusted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.draft import Draft
from extract.nodes import Node
from extract.ranges import Overlaps, share_half, share_half_of_shorter
from extract.reading.clauses import Clause
from extract.reading.decoder import Found
from extract.reading.labels import NODES, ROLE_OF, ROLES
from extract.reading.tagger import Roles

#: Role of each label.
ROLE = {label: role for role, label in NODES.items()}
#: Who is punished is not what should be done: it answers no problem.
_PUNISHES = re.compile(
    "免予追究|刑事|行政处罚|处以?[^，。]{0,10}罚款|吊销|(?:党纪|政务|纪律)处分|(?:记过|警告|撤职)|移[送交]|书面检查|深刻检查"
)
#: Less probable than that the model thinks none: of 140 such nodes that the rules alone found 10 were right.
DENIED = 0.2
#: A problem that only the model found counts as told of from this probability on.
_LIKELY = 0.6

#: Who found a node.
By = Literal["both", "rules", "model"]


class Candidate(NamedTuple):
    """A node that may stand: where, who found it, and how probable the model thinks its role.

    One of the rules' alone has a `node`, one of the model's alone a `found`, one of both has both. `role`: of
    one of the rules' alone, what the model thinks its words likeliest are. `spelled_out`: a problem that a
    sentence only names (反馈了A、B、C等6个方面的问题) or tells by figures (抽查30批次，8批次不合格), or
    that a decision finds (经查，…，违反了《…》): of these the model knows little.
    """

    label: str
    start: int
    end: int
    by: By
    probability: float
    node: Node | None = None
    found: Found | None = None
    role: str = ""
    spelled_out: bool = False


class Trust(NamedTuple):
    """How far a finding is to be trusted: measured on reports that neither reader had seen (the
    reader's card).

    `right`: label -> finder -> [(least probability, how often such a node is right)]; `least`: label ->
    finder -> how often a node must be right to stand.
    """

    right: Mapping[str, Mapping[str, Sequence[tuple[float, float]]]]
    least: Mapping[str, Mapping[str, float]]

    def of(self, candidate: Candidate) -> float:
        """How often such a node is right."""
        steps = self.right.get(candidate.label, {}).get(candidate.by, ())
        return max((share for least, share in steps if candidate.probability >= least), default=0.0)

    def stands(self, candidate: Candidate) -> bool:
        """What both found stands, else what is right often enough and the model does not deny."""
        if candidate.by == "rules" and candidate.label != "Unit" and candidate.probability < DENIED:
            return False
        least = self.least.get(candidate.label, {}).get(candidate.by, 0.5)
        return candidate.by == "both" or self.of(candidate) >= least


def candidates(
    draft: Draft, clauses: Sequence[Clause], roles: Roles, found: Sequence[Found]
) -> list[Candidate]:
    """All that one of the two found. Changes the extents of problems that both state but bound
    otherwise."""
    support = _Support(draft, clauses, roles)
    spelled_out = draft.results.problems.spelled_out.holds
    same = _same(draft, found)
    other = _same_headline(draft, found, same, support)
    made: list[Candidate] = []
    for label in ROLE:
        ones = [f for f in found if f.label == label]
        for one in ones:
            node = same.get(id(one)) or other.get(id(one))
            span = (node.start, node.end) if node else (one.start, one.end)
            by: By = "both" if id(one) in same else "model"
            idle = label == "Recommendation" and by == "model" and not _asks(draft, one, made)
            sure, told = 0.0 if idle else one.sure, label == "Problem" and spelled_out(span[0])
            made.append(Candidate(label, *span, by, sure, node, one, spelled_out=told))
        taken = {id(c.node) for c in made if c.node}
        made += [
            Candidate(
                label,
                n.start,
                n.end,
                "rules",
                support.of(n, label),
                n,
                role=support.likeliest(n),
                spelled_out=label == "Problem" and spelled_out(n.start),
            )
            for n in draft.of(label)
            if id(n) not in taken
        ]
    return made


def _asks(draft: Draft, one: Found, made: Sequence[Candidate]) -> bool:
    """Can a demand that only the model found be one? Not where a report tells of no problem (7 of 102
    were right), not in what a unit says of itself, and not where it says who is punished."""
    return (
        draft.kind != "self-examination"
        and not _PUNISHES.search(draft.text, one.start, one.end)
        and any(
            c.label == "Problem"
            and (c.by == "both" or (c.by == "model" and c.probability >= _LIKELY) or c.spelled_out)
            for c in made
        )
    )


def _same(draft: Draft, found: Sequence[Found]) -> dict[int, Node]:
    """The rules' node for each finding (by its id in memory) that is the same: they overlap by half of
    both."""
    same: dict[int, Node] = {}
    for label in ROLE:
        near = Overlaps((n.start, n.end, n) for n in draft.of(label))
        taken: set[int] = set()
        for one in (f for f in found if f.label == label):
            for node in near.meeting(one.start, one.end):
                if id(node) not in taken and share_half((one.start, one.end), (node.start, node.end)):
                    same[id(one)] = node
                    taken.add(id(node))
                    break
    return same


def _same_headline(
    draft: Draft, found: Sequence[Found], same: Mapping[int, Node], support: _Support
) -> dict[int, Node]:
    """The rules' problem for each that states the same but goes on for longer or ends earlier; it takes the
    model's extent, which knows where what was done begins."""
    taken = {id(node) for node in same.values()}
    more: dict[int, Node] = {}
    stated = [(n.headline[0], n.headline[1], n) for n in draft.of("Problem") if n.headline and not n.items]
    near = Overlaps(stated)
    for one in found:
        if one.label != "Problem" or id(one) in same or one.headline is None or one.items:
            continue
        for node in near.meeting(*one.headline):
            if id(node) in taken or node.headline is None or in_cell(draft, node.start):
                continue
            if share_half_of_shorter(one.headline, node.headline):
                # a marked item ends where the rules say, who know a heading from a broken line; else the
                # model knows where what was done begins
                marked = node.section is not None and bool(node.section.value)
                if not marked or (one.end <= node.end and not support.heading_at(one.end)):
                    node.start, node.end = one.start, one.end
                    node.headline = max(node.headline[0], one.start), min(node.headline[1], one.end)
                    node.ranges = [(node.headline[1], one.end)] if node.headline[1] < one.end else []
                taken.add(id(node))
                more[id(one)] = node
                break
    return more


class _Support:
    """What the model thinks of the words of the rules' nodes, by the clauses of their headlines or all."""

    def __init__(self, draft: Draft, clauses: Sequence[Clause], roles: Roles) -> None:
        self.clauses, self.probable = clauses, roles.probable
        self.starts, self.ends = [c.start for c in clauses], [c.end for c in clauses]
        self.roles = [ROLE_OF[label] for label in roles.labels]

    def heading_at(self, at: int) -> bool:
        """Is the clause at or after an offset a heading?"""
        k = bisect_left(self.starts, at)
        return k < len(self.roles) and self.roles[k] == "heading"

    def of(self, node: Node, label: str) -> float:
        """How probable its role is: the best of its clauses."""
        wanted = [ROLE[label]]
        if label == "Problem":
            wanted.append("cause")  # 责任制落实不够 reads like one (10 of 10 were right)
        columns = [ROLES.index(role) for role in wanted]
        own = self._own(node)
        return float(own[:, columns].sum(1).max()) if len(own) else 0.0

    def likeliest(self, node: Node) -> str:
        """The role that the clauses of its headline or its words mostly have."""
        own = self._own(node)
        return ROLES[int(own.mean(0).argmax())] if len(own) else ""

    def _own(self, node: Node) -> NDArray[np.float64]:
        """The probabilities (clauses, roles) of the clauses of a node's headline or its words."""
        start, end = node.headline if node.label == "Problem" and node.headline else (node.start, node.end)
        first = bisect_left(self.ends, start + 1)
        last = first
        while last < len(self.clauses) and self.clauses[last].body < end:
            last += 1
        return self.probable[first:last]


def in_cell(draft: Draft, start: int) -> bool:
    """Does an offset lie in a cell of a list of problems? Each cell is a line."""
    cells = draft.clean.cells
    return bool(cells) and draft.text.rfind("\n", 0, start) + 1 in cells
