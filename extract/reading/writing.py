"""Changes a draft to what stands: adds what the trained reader found with its edges, takes away what fell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.components.causes import Stated, stated_causes
from extract.components.effects import stated_effects
from extract.components.measures import STATE
from extract.components.recommendations import headline_of
from extract.draft import Draft
from extract.nodes import Bond, Node
from extract.problems.headlines import headline_span
from extract.problems.statements import is_problem
from extract.ranges import share_half_of_shorter
from extract.reading.candidates import ROLE, in_cell
from extract.reading.decoder import Found
from extract.status import status_of

CAUSE_CUE = re.compile(
    r"由于|因为|因(?![此地公素人果循应时势])|原因|根[源子]|[缘源]于|受.{1,20}(?:影响|制约)|说到底|归根|症结|导致|致使|造成|以致|使得?|所致|主要是"
    r"|(?:直接|密切|很大)?(?:相关|关系|有关)|诱因|既有|客观上|主观上|在于"
)
#: Somebody tells why.
_EXPLAINS = re.compile("坦言|承认|(?:解释|反映|说明|谈话时?|[称讲说])(?:[是说称为，：]|时说)")
#: Weaker words, near which a cause may stand.
SOFT_CUE = re.compile(
    CAUSE_CUE.pattern + "|缘由|起因|来自|之所以|密不可分|密切|根本上|固然|[一另]方面|无非|说白了|归因|使然"
    "|" + _EXPLAINS.pattern
)
#: Words that say of a whole sentence that it tells of a cause (of 4 such links 4 were right).
_PLAIN_CUE = re.compile(
    "由于|因为|是因(?![此地素])|[缘源]于|缘由|归因|根源|根子|症结|诱因|[原成起]因|之所以|使然|所致|与[^。；\n]{2,60}(?:有关|相关|密不可分|有[^。；\n]{0,4}关系)"
)
_EFFECT_CUE = re.compile(r"导致|致使|造成|以致|引发|引起|使得?|从而|影响|留下|带来")
#: How far before and after a cause or effect its cue may stand, in characters.
_BEFORE, _AFTER = 12, 14
#: So near, in characters, it must stand.
_NEAR = 3
_SENTENCE = re.compile("[。；！？\n]")
_RULE = "model.role"
#: Words within a cause behind which it begins: [停用是因]经费未列入预算.
_INTRODUCES = re.compile(
    "(?:是|正是|主要|主要是)?(?:由于|因为|归因于|[缘源]于|在于)|是因(?![此地素])|根(?:子|源|本)[是在]于?|(?:归|说)到底(?:还)?是|说白了(?:就)?是"
)
#: So far into a cause, in characters, they may stand.
_INTRODUCTION = 24
#: So far within the model's edges of a cause, in characters, those of the rules may stand.
_WITHIN = 10
#: Edges by which a node hangs on its problem.
HANGS = ("SUPPORTS", "CAUSED_BY", "LEADS_TO")
#: Labels whose nodes take the model's extent where both found them.
BOUNDED = ("Evidence", "Effect", "RootCause", "Measure")


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


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """Start and end of the sentence that holds an offset."""
    start = max(text.rfind(sign, 0, at) for sign in "。；！？\n") + 1
    m = _SENTENCE.search(text, at)
    return start, m.end() if m else len(text)


class Writer:
    """Adds found nodes to a draft, with their edges."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        #: the node of each finding, by its id in memory
        self.nodes: dict[int, Node] = {}

    def known(self, found: Found | None, node: Node) -> Node:
        """The rules' node of a finding, with the edges that it has.

        A problem or recommendation keeps its extent, as it holds others; what hangs on it the model bounds
        better (evidence of 50 unseen reports: F1 0.77 instead of 0.75).
        """
        if found is None:
            return node
        self.nodes[id(found)] = node
        if in_cell(self.draft, node.start):
            return node
        if found.headline and node.headline:
            self._shorten(node, node.headline, found.headline)
        if node.label in BOUNDED:
            node.start, node.end = self._edges(found, node)
            bond = node.stated
            if bond and bond.source is node.parent and bond.start is not None and bond.end is not None:
                bond.start, bond.end = min(bond.start, node.start), max(bond.end, node.end)
        return node

    def _edges(self, found: Found, node: Node) -> tuple[int, int]:
        """The model's, which runs from clause to clause; those that the rules draw a little within them for a
        cause, between the words that introduce and close it: 既有[人手不足]的客观因素."""
        start, end = found.start, found.end
        if node.label == "RootCause":
            start = node.start if 0 <= node.start - start <= _WITHIN else start
            end = node.end if 0 <= end - node.end <= _WITHIN else end
        return start, end

    def _shorten(self, node: Node, ours: tuple[int, int], theirs: tuple[int, int]) -> None:
        """Where both begin a headline alike and the model ends it with a clause, the rest gives details:
        [基建结算滞后]，门诊楼竣工两年未审 (of 18 such 15 were right).

        It belongs to the headline where it judges too and more follows.
        """
        (start, end), cut = ours, theirs[1]
        if abs(theirs[0] - start) > 1 or cut >= end or self.draft.text[cut] not in "，：":
            return
        if node.end - end <= 1 or not is_problem(self.draft, cut + 1, end):
            node.headline = start, cut
            node.ranges = [(cut, node.ranges[-1][1] if node.ranges else node.end)]

    def add(self, found: Found) -> Node:
        """The node of a finding; its parent must have been added before it."""
        draft, text = self.draft, self.draft.text
        parent = self._parent(found)
        stated = self._stated(found)
        within = stated and found.start - 2 <= stated.start and stated.end <= found.end + 2
        span = (stated.start, stated.end) if stated and within else self._span(found)
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
            state = STATE.match(text, found.end)  # on a line of its own
            words = state["state"] if state else text[found.start : found.end]
            node.properties["status"] = status_of(words, draft.rules)
        draft.add(node)
        self._bond(found, node, parent, stated)
        return node

    def _span(self, found: Found) -> tuple[int, int]:
        """A cause begins behind the words that introduce it."""
        if found.label == "RootCause":
            m = _INTRODUCES.search(self.draft.text, found.start, min(found.start + _INTRODUCTION, found.end))
            if m and found.end - m.end() >= 4:
                return m.end(), found.end
        return found.start, found.end

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
        start, _ = sentence_around(text, found.start)
        m = _SENTENCE.search(text, found.end)
        for stated in find(text, start, m.start() if m else len(text), rules):
            if share_half_of_shorter((stated.start, stated.end), (found.start, found.end)):
                return stated
        return None

    def _bond(self, found: Found, node: Node, problem: Node | None, stated: Stated | None) -> None:
        draft = self.draft
        if found.label == "Measure":
            problem = problem or self._before(found)
            if problem is not None:
                node.parent = problem
                draft.bond("RESOLVES", node, problem)
        elif problem is None:
            return
        elif found.label == "Evidence":
            draft.bond("SUPPORTS", node, problem)
        elif found.label in ("RootCause", "Effect"):
            cause = found.label == "RootCause"
            type_ = "CAUSED_BY" if cause else "LEADS_TO"
            m = _cue(draft.text, node, CAUSE_CUE if cause else _EFFECT_CUE, problem)
            if m is None and cause:
                m = _PLAIN_CUE.search(draft.text, *sentence_around(draft.text, node.start))
            if stated is not None:
                bond = draft.bond(type_, problem, node, at=stated.said, method=stated.method,
                                  confidence=stated.confidence, cue=stated.cue, rule=stated.rule)  # fmt: skip
            elif m is not None:
                said = min(m.start(), node.start), max(m.end(), node.end)
                bond = draft.bond(type_, problem, node, at=said, method="explicit", confidence=found.sure,
                                  cue=m.span(), rule=_RULE)  # fmt: skip
            elif cause and _EXPLAINS.search(draft.text, *sentence_around(draft.text, node.start)):
                bond = draft.bond(type_, problem, node, method="inferred", confidence=found.sure, rule=_RULE)
            elif cause:
                return  # of 21 causes beside a problem without words that say so one was its cause
            else:
                bond = draft.bond(type_, problem, node, method="inferred", confidence=found.sure, rule=_RULE)
            node.stated = bond

    def _before(self, found: Found) -> Node | None:
        """The last problem before a measure."""
        before = [p for p in self.draft.of("Problem") if p.end <= found.start + 1 and not p.items]
        return max(before, key=lambda p: p.end, default=None)


def remove(draft: Draft, label: str, gone: set[int]) -> None:
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
        node.scope = None if id(node.scope) in gone else node.scope
        if node.label != label:
            node.parent = None if id(node.parent) in gone else node.parent


def move_inward(draft: Draft) -> None:
    """What the words of an item state is the item's, not that of the problem which holds it."""
    for bond in (b for b in draft.bonds if b.type in ("CAUSED_BY", "LEADS_TO")):
        node, outer = bond.target, bond.source
        if node is None or outer is None or node.parent is not outer:
            continue
        inner = outer
        while held := [i for i in inner.items if i.start <= node.start and node.end <= i.end + 1]:
            inner = held[0]
        if inner is not outer:
            node.parent = bond.source = inner


def rehang(draft: Draft, loose: Sequence[Bond]) -> None:
    """What hung on a problem that has gone hangs on the one that holds it now, by the same words; else
    it goes.

    A cause stays where an analysis of causes states it.
    """
    problems = draft.of("Problem")
    alive = {id(node) for label in ROLE for node in draft.of(label)}
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
        elif not (node.label == "RootCause" and node.section is not None and node.section.about == "causes"):
            lost[node.label].add(id(node))
    for label in ("Evidence", "Effect"):
        lost[label] |= {id(node) for node in draft.of(label) if node.parent is None}
    for label, gone in lost.items():
        remove(draft, label, gone)
