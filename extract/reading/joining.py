"""Joins what the trained reader found with what the rules found, in the draft of a report.

Where both found a node, the rules' stands: they are exact where they know the layout. A rule's node of
whose words the model thinks otherwise goes, what only the model found comes where it is sure enough.
Measured on reports that neither had seen: of 102 problems that both found 93 were right, of 72 that the
model denied 9.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from extract.components.causes import Stated, stated_causes
from extract.components.effects import stated_effects
from extract.components.recommendations import headline_of
from extract.draft import Bond, Draft, Node
from extract.headlines import headline_span
from extract.ranges import Overlaps
from extract.reading.clauses import Clause
from extract.reading.decoder import Found
from extract.reading.labels import NODES, ROLES
from extract.reading.tagger import Roles
from extract.status import status_of

_CAUSE_CUE = re.compile(
    r"由于|因为|因(?![此地公素人果])|原因|根[源子]|[缘源]于|受.{1,20}(?:影响|制约)|说到底|归根|症结|导致|致使|造成|以致|使得?|所致|主要是"
    r"|(?:直接|密切|很大)?(?:相关|关系|有关)|诱因|既有|客观上|主观上|在于"
)
_EFFECT_CUE = re.compile(r"导致|致使|造成|以致|引发|引起|使得?|从而|影响|留下|带来")
#: How far before and after a cause or effect its cue may stand, in characters.
_BEFORE, _AFTER = 12, 14
#: So near, in characters, it must stand.
_NEAR = 3
_RULE = "model.role"
#: Edges by which a node hangs on its problem.
_HANGS = ("SUPPORTS", "CAUSED_BY", "LEADS_TO")
#: The confidence of rules for words that state a cause plainly.
_PLAIN = 0.9
#: Labels whose nodes hold others of the same label.
_NESTED = ("Problem", "Recommendation")
#: Labels whose nodes hold nothing.
_LEAVES = ("RootCause", "Evidence", "Effect")
#: Who is punished is not what should be done: it answers no problem.
_PUNISHES = re.compile(
    "免予追究|刑事|行政处罚|处以?[^，。]{0,10}罚款|吊销|(?:党纪|政务|纪律)处分|(?:记过|警告|撤职)|移[送交]|书面检查|深刻检查"
)
#: A problem that only the model found counts as told of from this probability on.
_LIKELY = 0.6


_ROLES = {label: role for role, label in NODES.items()}


#: Who found a node.
By = Literal["both", "rules", "model"]


class Candidate(NamedTuple):
    """A node that may stand: where, who found it, and how probable the model thinks its role.

    One of the rules' alone has a `node`, one of the model's alone a `found`, one of both has both.
    """

    label: str
    start: int
    end: int
    by: By
    probability: float
    node: Node | None = None
    found: Found | None = None


class Trust(NamedTuple):
    """How far a finding is to be trusted: measured on reports that neither reader had seen (the
    reader's card).

    `right`: label -> finder -> [(least probability, how often such a node is right)]; `least`: label ->
    how often a node must be right to stand.
    """

    right: Mapping[str, Mapping[str, Sequence[tuple[float, float]]]]
    least: Mapping[str, float]

    def of(self, candidate: Candidate) -> float:
        """How often such a node is right."""
        steps = self.right.get(candidate.label, {}).get(candidate.by, ())
        return max((share for least, share in steps if candidate.probability >= least), default=0.0)

    def stands(self, candidate: Candidate) -> bool:
        """What both found stands, else what is right often enough."""
        return candidate.by == "both" or self.of(candidate) >= self.least.get(candidate.label, 0.5)


def candidates(
    draft: Draft, clauses: Sequence[Clause], roles: Roles, found: Sequence[Found]
) -> list[Candidate]:
    """All that one of the two found. Changes the extents of problems that both state but bound
    otherwise."""
    support = _Support(draft, clauses, roles)
    same = _same(draft, found)
    other = _same_headline(draft, found, same)
    made: list[Candidate] = []
    for label in _ROLES:
        ones = [f for f in found if f.label == label]
        for one in ones:
            node = same.get(id(one)) or other.get(id(one))
            span = (node.start, node.end) if node else (one.start, one.end)
            by: By = "both" if id(one) in same else "model"
            idle = label == "Recommendation" and by == "model" and not _asks(draft, one, made)
            made.append(Candidate(label, *span, by, 0.0 if idle else one.sure, node, one))
        taken = {id(c.node) for c in made if c.node}
        made += [
            Candidate(label, n.start, n.end, "rules", support.of(n, label), n)
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
            c.label == "Problem" and (c.by == "both" or (c.by == "model" and c.probability >= _LIKELY))
            for c in made
        )
    )


def join(draft: Draft, clauses: Sequence[Clause], roles: Roles, found: Sequence[Found], trust: Trust) -> None:
    """Change the draft's nodes to those of both readings that are to be trusted."""
    made = candidates(draft, clauses, roles, found)
    layout = _Layout(draft, made)
    trusted = [
        one
        for one in made
        if layout.holds(one) or ((trust.stands(one) or _said(one)) and not layout.decides(one))
    ]
    said = Overlaps((k.start, k.end, k) for k in trusted if _said(k))
    stands = {id(one) for one in _apart(trusted) if not _follows(draft, one, said)}
    gone = {id(one.node) for one in made if one.node and id(one) not in stands}
    loose = [b for b in draft.bonds if b.type in _HANGS and (id(b.source) in gone or id(b.target) in gone)]
    for label in _ROLES:
        _remove(draft, label, gone & {id(node) for node in draft.of(label)})
    reading = Reading(draft)
    for one in made:
        if id(one) in stands:
            node = reading.known(one.found, one.node) if one.node else None
            if node is None and one.found is not None:
                node = reading.add(one.found)
            if node is not None:
                node.properties["confidence"] = max(trust.of(one), _PLAIN if _said(one) else 0.0)
                node.properties["rule"] = f"{one.by}.role" if one.by == "model" else one.by
    _rehang(draft, loose)


def _in_cell(draft: Draft, start: int) -> bool:
    """Does an offset lie in a cell of a list of problems? Each cell is a line."""
    cells = draft.clean.cells
    return bool(cells) and draft.text.rfind("\n", 0, start) + 1 in cells


class _Layout:
    """Where the layout says what a node is, and the rules know it: in the cells of a list of problems, and in
    a list of marked items of which the model found a third too (of 34 items that it denied 14 were right)."""

    def __init__(self, draft: Draft, made: Sequence[Candidate]) -> None:
        self.draft = draft
        lists: dict[tuple[int, str], list[Candidate]] = {}
        for one in made:
            section = one.node.section if one.label in _NESTED and one.node else None
            if section is not None and section.value and section.parent is not None:
                lists.setdefault((id(section.parent), one.label), []).append(one)
        listed = [
            items for items in lists.values() if 3 * sum(i.found is not None for i in items) >= len(items) > 1
        ]
        self.listed = {id(one.node) for items in listed for one in items}

    def decides(self, one: Candidate) -> bool:
        """Does it stand in a cell? There only the rules read."""
        return _in_cell(self.draft, one.start)

    def holds(self, one: Candidate) -> bool:
        """Does the layout vouch for a rule's node?"""
        if one.node is None or one.by == "model":
            return False
        item = one.node if one.label in _NESTED else one.node.parent
        return self.decides(one) or id(item) in self.listed


def _said(one: Candidate) -> bool:
    """Is it a cause that plain words state (由于…)? The model may deny it: 7 of 7 in problems were right."""
    problem = one.node.parent if one.node else None
    return one.label == "RootCause" and any(
        b.target is one.node and b.properties["method"] == "explicit" and b.properties["confidence"] >= _PLAIN
        for b in (problem.stated if problem else ())
    )


def _follows(draft: Draft, one: Candidate, said: Overlaps[Candidate]) -> bool:
    """Is it what a plainly stated cause brought about? 由于内控不健全，[资产无人负责]。"""
    if one.label != "RootCause" or one.by != "model":
        return False
    text = draft.text
    start = max(text.rfind(sign, 0, one.start) for sign in "。；\n") + 1
    return any(
        start <= cause.start and cause.end <= one.start and not _CAUSE_CUE.search(text, cause.end, one.start)
        for cause in said.meeting(start, one.start)
    )


def _apart(made: Sequence[Candidate]) -> list[Candidate]:
    """Without those of the model alone that lie over what else stands: one reading of the same words is
    enough. Problems and recommendations may hold one another."""
    kept = [one for one in made if one.by != "model" or one.label in _NESTED]
    near = {label: Overlaps((k.start, k.end, k) for k in kept if k.label == label) for label in _ROLES}
    near["Measure"] = Overlaps((k.start, k.end, k) for k in kept if k.label in ("Measure", "Recommendation"))
    alone = (one for one in made if one.by == "model" and one.label not in _NESTED)
    return kept + [
        one for one in alone if not any(_covers(one, k) for k in near[one.label].meeting(one.start, one.end))
    ]


def _covers(one: Candidate, other: Candidate) -> bool:
    """Do they share half of the shorter?"""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= min(one.end - one.start, other.end - other.start)


def _same(draft: Draft, found: Sequence[Found]) -> dict[int, Node]:
    """The rules' node for each finding (by its id in memory) that is the same: they overlap by half of
    both."""
    same: dict[int, Node] = {}
    for label in _ROLES:
        near = Overlaps((n.start, n.end, n) for n in draft.of(label))
        taken: set[int] = set()
        for one in (f for f in found if f.label == label):
            for node in near.meeting(one.start, one.end):
                shared = min(one.end, node.end) - max(one.start, node.start)
                both = max(one.end, node.end) - min(one.start, node.start)
                if id(node) not in taken and 2 * shared >= both:
                    same[id(one)] = node
                    taken.add(id(node))
                    break
    return same


def _same_headline(draft: Draft, found: Sequence[Found], same: Mapping[int, Node]) -> dict[int, Node]:
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
            if id(node) in taken or node.headline is None or _in_cell(draft, node.start):
                continue
            shared = min(one.headline[1], node.headline[1]) - max(one.headline[0], node.headline[0])
            if 2 * shared >= min(one.headline[1] - one.headline[0], node.headline[1] - node.headline[0]):
                node.start, node.end = one.start, one.end
                node.headline = max(node.headline[0], one.start), min(node.headline[1], one.end)
                node.ranges = [(node.headline[1], one.end)] if node.headline[1] < one.end else []
                taken.add(id(node))
                more[id(one)] = node
                break
    return more


class _Support:
    """How probable the model thinks a rule's node: the best of the clauses of its headline or its words."""

    def __init__(self, draft: Draft, clauses: Sequence[Clause], roles: Roles) -> None:
        self.clauses, self.probable = clauses, roles.probable
        self.ends = [c.end for c in clauses]
        self.accident = draft.kind == "accident-report"

    def of(self, node: Node, label: str) -> float:
        wanted = [_ROLES[label]]
        if label == "Problem" and self.accident:
            wanted.append("cause")  # one sentence is both
        columns = [ROLES.index(role) for role in wanted]
        start, end = node.headline if label == "Problem" and node.headline else (node.start, node.end)
        best, k = 0.0, bisect_left(self.ends, start + 1)
        while k < len(self.clauses) and self.clauses[k].body < end:
            best = max(best, float(self.probable[k][columns].sum()))
            k += 1
        return best


def _remove(draft: Draft, label: str, gone: set[int]) -> None:
    """Take nodes away with their edges; their items hang on what they hung on."""
    if not gone:
        return
    for node in [n for n in draft.of(label) if id(n) in gone]:
        for item in node.items:
            item.parent = node.parent
            if node.parent is not None:
                node.parent.items.append(item)
        if node.parent is not None:
            node.parent.items = [i for i in node.parent.items if i is not node]
    draft.drop(label, gone)
    draft.bonds = [b for b in draft.bonds if id(b.source) not in gone and id(b.target) not in gone]
    draft.repeats = [(section, node) for section, node in draft.repeats if id(node) not in gone]
    for node in (node for nodes in draft.nodes.values() for node in nodes):
        node.stated = [b for b in node.stated if id(b.target) not in gone]
        node.scope = None if id(node.scope) in gone else node.scope
        if node.label != label:
            node.parent = None if id(node.parent) in gone else node.parent


def _rehang(draft: Draft, loose: Sequence[Bond]) -> None:
    """What hung on a problem that has gone hangs on the one that holds it now, by the same words; else
    it goes.

    A cause stays where an analysis of causes states it.
    """
    problems = draft.of("Problem")
    alive = {id(node) for label in _ROLES for node in draft.of(label)}
    lost: dict[str, set[int]] = {"Evidence": set(), "Effect": set(), "RootCause": set()}
    for bond in loose:
        ends = (bond.source, bond.target) if bond.type == "SUPPORTS" else (bond.target, bond.source)
        node = ends[0]
        if node is None or id(node) not in alive or node.parent is not None:
            continue
        over = [p for p in problems if p.start <= node.start and node.end <= p.end + 1]
        if over:
            node.parent = min(over, key=lambda p: p.end - p.start)
            bond.source, bond.target = (node, node.parent) if bond.type == "SUPPORTS" else (node.parent, node)
            draft.bonds.append(bond)
            if bond.type != "SUPPORTS":
                node.parent.stated.append(bond)
        elif not (node.label == "RootCause" and node.section is not None and node.section.about == "causes"):
            lost[node.label].add(id(node))
    for label in ("Evidence", "Effect"):
        lost[label] |= {id(node) for node in draft.of(label) if node.parent is None}
    for label, gone in lost.items():
        _remove(draft, label, gone)


def _cue(text: str, node: Node, pattern: re.Pattern[str], problem: Node) -> re.Match[str] | None:
    """The words right before or behind a cause or effect, or at its beginning, that say what it is."""
    low, high = max(problem.start, node.start - _BEFORE), min(problem.end, node.end + _AFTER)
    for m in pattern.finditer(text, low, high):
        if (
            m.start() == node.start
            or abs(m.end() - node.start) <= _NEAR
            or 0 <= m.start() - node.end <= _NEAR
        ):
            return m
    return None


class Reading:
    """Adds found nodes to a draft, with their edges."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        #: the node of each finding, by its id in memory
        self.nodes: dict[int, Node] = {}

    def known(self, found: Found | None, node: Node) -> Node:
        """The rules' node of a finding, with the edges that it has.

        A problem or recommendation keeps its extent, as it holds others; of a leaf the model's is better (on
        50 unseen reports causes at F1 0.72 instead of 0.70, evidence at 0.73 instead of 0.72).
        """
        if found is None:
            return node
        self.nodes[id(found)] = node
        if node.label in _LEAVES and not _in_cell(self.draft, node.start):
            node.start, node.end = found.start, found.end
            for bond in node.parent.stated if node.parent else ():
                if bond.target is node and bond.start is not None and bond.end is not None:
                    bond.start, bond.end = min(bond.start, node.start), max(bond.end, node.end)
        return node

    def add(self, found: Found) -> Node:
        """The node of a finding; its parent must have been added before it."""
        draft, text = self.draft, self.draft.text
        parent = self._parent(found)
        stated = self._stated(found)
        within = stated and found.start - 2 <= stated.start and stated.end <= found.end + 2
        span = (stated.start, stated.end) if stated and within else (found.start, found.end)
        node = Node(found.label, *span, {}, parent, found.section, body=found.body)
        self.nodes[id(found)] = node
        if found.label in ("Problem", "Recommendation"):
            value = found.section.value if found.section else 0
            numbers = [parent.properties["number"]] if parent and parent.properties["number"] else []
            node.properties["number"] = ".".join([*numbers, str(value)]) if value else ""
            if found.headline is not None:
                bare = headline_span(draft, *found.headline)  # without 关于…问题的整改情况
                node.headline = bare if bare[0] < bare[1] else found.headline
            else:
                node.headline = headline_of(draft, found.body, found.end, more=bool(found.items))
            stop = min((i.start for i in found.items), default=found.end)
            node.ranges = [(node.headline[1], max(stop, node.headline[1]))]
        elif found.label == "Measure":
            status = status_of(text[found.start : found.end], draft.rules) or "ongoing"
            node.properties["status"] = status
        draft.add(node)
        self._bond(found, node, parent, stated)
        return node

    def _parent(self, found: Found) -> Node | None:
        """The node of the finding's parent, else the innermost problem that holds it."""
        if found.parent is not None and (known := self.nodes.get(id(found.parent))) in self.draft.of(
            "Problem"
        ):
            return known
        if found.label == "Recommendation":
            return self.nodes.get(id(found.parent)) if found.parent else None
        over = [
            p
            for p in self.draft.of("Problem")
            if p.start <= found.start and found.end <= p.end + 1 and p.end - p.start > found.end - found.start
        ]
        return min(over, key=lambda p: (p.end - p.start, -p.start), default=None)

    def _stated(self, found: Found) -> Stated | None:
        """What a rule makes of the sentence of a cause or effect, where it means the same words."""
        text, rules = self.draft.text, self.draft.rules
        find = {"RootCause": stated_causes, "Effect": stated_effects}.get(found.label)
        if find is None:
            return None
        start = max(text.rfind(sign, 0, found.start) for sign in "。；！？\n") + 1
        m = re.compile("[。；！？\n]").search(text, found.end)
        for stated in find(text, start, m.start() if m else len(text), rules):
            shared = min(stated.end, found.end) - max(stated.start, found.start)
            if 2 * shared >= found.end - found.start or 2 * shared >= stated.end - stated.start:
                return stated
        return None

    def _bond(self, found: Found, node: Node, problem: Node | None, stated: Stated | None) -> None:
        draft = self.draft
        if found.label == "Measure":
            problem = problem or self._before(found)
            if problem is not None:
                node.parent = problem
                draft.bond("RESOLVES", node, problem, status=node.properties["status"])
        elif problem is None:
            return
        elif found.label == "Evidence":
            draft.bond("SUPPORTS", node, problem)
        elif found.label in ("RootCause", "Effect"):
            cause = found.label == "RootCause"
            type_ = "CAUSED_BY" if cause else "LEADS_TO"
            m = _cue(draft.text, node, _CAUSE_CUE if cause else _EFFECT_CUE, problem)
            if stated is not None:
                bond = draft.bond(type_, problem, node, at=stated.said, method=stated.method,
                                  confidence=stated.confidence, cue=stated.cue, rule=stated.rule)  # fmt: skip
            elif m is not None:
                said = min(m.start(), node.start), max(m.end(), node.end)
                bond = draft.bond(type_, problem, node, at=said, method="explicit", confidence=found.sure,
                                  cue=m.span(), rule=_RULE)  # fmt: skip
            elif cause:
                return  # of 21 causes beside a problem without words that say so one was its cause
            else:
                bond = draft.bond(type_, problem, node, method="inferred", confidence=found.sure, rule=_RULE)
            problem.stated.append(bond)

    def _before(self, found: Found) -> Node | None:
        """The last problem before a measure."""
        before = [p for p in self.draft.of("Problem") if p.end <= found.start + 1 and not p.items]
        return max(before, key=lambda p: p.end, default=None)
