"""Joins what the trained reader found with what the rules found, in the draft of a report.

Where both found a node, the rules' stands: they are exact where they know the layout. A rule's node of
whose words the model thinks otherwise goes, what only the model found comes where it is sure enough.
Measured on reports that neither had seen: of 102 problems that both found 93 were right, of 72 that the
model denied 9. Where the two say different things of the same words, `_Settled` decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.draft import Draft
from extract.nodes import Node
from extract.ranges import Overlaps, share_half, share_half_of_shorter, shared
from extract.reading.candidates import ROLE, Candidate, Trust, candidates
from extract.reading.clauses import Clause
from extract.reading.decoder import Found
from extract.reading.layout import NESTED, Layout, over
from extract.reading.tagger import Roles
from extract.reading.writing import (
    BOUNDED,
    CAUSE_CUE,
    HANGS,
    SOFT_CUE,
    Writer,
    move_inward,
    rehang,
    remove,
    sentence_around,
)

#: The confidence of rules for words that state a cause plainly.
_PLAIN = 0.9
#: From this probability on a problem that only the model found stands within one that both found.
_CLEAR = 0.8


def join(draft: Draft, clauses: Sequence[Clause], roles: Roles, found: Sequence[Found], trust: Trust) -> None:
    """Change the draft's nodes to those of both readings that are to be trusted."""
    made = candidates(draft, clauses, roles, found)
    layout = Layout(draft, made)
    trusted = [
        one
        for one in made
        if layout.holds(one)
        or ((trust.stands(one) or _said(one)) and not layout.decides(one) and not layout.otherwise(one))
    ]
    stands = {id(one) for one in _Settled(draft, trusted, trust, layout).nodes()}
    stands |= {id(one) for one in _parents(made, stands)}
    gone = {id(one.node) for one in made if one.node and id(one) not in stands}
    loose = [b for b in draft.bonds if b.type in HANGS and (id(b.source) in gone or id(b.target) in gone)]
    for label in ROLE:
        remove(draft, label, gone & {id(node) for node in draft.of(label)})
    writer = Writer(draft)
    for one in made:
        if id(one) in stands:
            node = writer.known(one.found, one.node) if one.node else None
            if node is None and one.found is not None:
                node = writer.add(one.found)
            if node is not None:
                node.properties["confidence"] = _confidence(one, trust, layout)
                node.properties["rule"] = f"{one.by}.role" if one.by == "model" else one.by
    rehang(draft, loose)
    move_inward(draft)


def _confidence(one: Candidate, trust: Trust, layout: Layout) -> float:
    plain = _said(one) or (one.label == "Problem" and id(one.node) in layout.cases)
    return max(trust.of(one), _PLAIN if plain else 0.0)


class _Settled:
    """One reading of the same words, where rules and model say different things of them.

    Figures are of reports that neither reader was made with.
    """

    def __init__(self, draft: Draft, trusted: Sequence[Candidate], trust: Trust, layout: Layout) -> None:
        self.draft, self.trusted, self.trust, self.layout = draft, trusted, trust, layout
        self.accident = draft.kind == "accident-report"
        ours = [one for one in trusted if one.node is not None]
        self.both = {
            label: over(one for one in ours if one.label == label and one.by == "both") for label in NESTED
        }
        self.headlines = Overlaps(
            (*one.node.headline, one)
            for one in ours
            if one.label == "Problem" and one.node is not None and one.node.headline
        )
        self.causes = over(one for one in ours if one.label == "RootCause")
        self.said = over(one for one in ours if _said(one))

    def nodes(self) -> list[Candidate]:
        """Those that stand."""
        return self._apart([one for one in self.trusted if one.by != "model" or not self._outdone(one)])

    def _outdone(self, one: Candidate) -> bool:
        """Does something else stand for the words of a node that only the model found?"""
        if one.label == "Problem":
            return self._part(one) or (not self.accident and self._cause(one))
        if one.label == "Recommendation":
            return self._part(one)
        if one.label == "RootCause":
            return self._follows(one) or self._silent(one) or (not self.accident and self._headline(one))
        return False

    def _part(self, one: Candidate) -> bool:
        """Is it a sentence of a problem or recommendation that both found, and not of its own?

        It is not where a number opens it, nor where the model is sure of a problem (10 of 10 were right, of
        those less sure 2 of 6). A sentence within a recommendation is no other (0 of 3).
        """
        found = one.found
        if found is None or (found.section is not None and abs(found.section.body - found.body) <= 2):
            return False
        if one.label == "Problem" and one.probability >= _CLEAR:
            return False
        over = self.both[one.label].meeting(one.start, one.end)
        return any(k.start <= one.start and one.end <= k.end + 1 for k in over)

    def _cause(self, one: Candidate) -> bool:
        """Do the rules read its headline as a cause? (0 of 9)"""
        span = one.found.headline if one.found else None
        return span is not None and any(_holds_half(k, span) for k in self.causes.meeting(*span))

    def _headline(self, one: Candidate) -> bool:
        """Is a cause what the rules read as a problem's headline? (2 of 10)"""
        span = one.start, one.end
        return any(
            k.node is not None and k.node.headline is not None and share_half(span, k.node.headline)
            for k in self.headlines.meeting(*span)
        )

    def _follows(self, one: Candidate) -> bool:
        """Is it what a plainly stated cause brought about? 由于内控不健全，[资产无人负责]。"""
        text = self.draft.text
        start = sentence_around(text, one.start)[0]
        return any(
            start <= said.start and said.end <= one.start and not CAUSE_CUE.search(text, said.end, one.start)
            for said in self.said.meeting(start, one.start)
        )

    def _silent(self, one: Candidate) -> bool:
        """Does no word near a cause say that it is one: in its sentence, the one before or the one
        behind?"""
        section = one.found.section if one.found else None
        if section is not None and section.about == "causes":
            return False
        text = self.draft.text
        start, _ = sentence_around(text, one.start)
        _, end = sentence_around(text, max(one.start, one.end - 1))
        start, _ = sentence_around(text, max(0, start - 1))
        _, end = sentence_around(text, min(end + 1, len(text)))
        return SOFT_CUE.search(text, start, end) is None

    def _apart(self, made: Sequence[Candidate]) -> list[Candidate]:
        """Of leaves that lie over one another the one that is more to be trusted. Problems and
        recommendations may hold one another."""
        fallen: set[int] = set()
        for label in ("RootCause", "Evidence", "Effect", "Measure"):
            others = (label, "Recommendation") if label == "Measure" else (label,)
            ours = Overlaps((*_bounds(k), k) for k in made if k.by != "model" and k.label in others)
            for one in (k for k in made if k.by == "model" and k.label == label):
                span = one.start, one.end
                over = [k for k in ours.meeting(*span) if share_half_of_shorter(span, _bounds(k))]
                if any(self._sure(k) >= self._sure(one) for k in over):
                    fallen.add(id(one))
                else:
                    fallen |= {id(k) for k in over}
        return [one for one in made if id(one) not in fallen]

    def _sure(self, one: Candidate) -> float:
        """How far it is to be trusted; what both found or the layout vouches for is beyond doubt."""
        certain = one.by == "both" or self.layout.holds(one)
        return 1.0 if certain else _confidence(one, self.trust, self.layout)


def _bounds(one: Candidate) -> tuple[int, int]:
    """Where it will stand: where the model bounds it, of labels that take its extent."""
    found = one.found if one.label in BOUNDED else None
    return (found.start, found.end) if found else (one.start, one.end)


def _said(one: Candidate) -> bool:
    """Is it a cause that plain words state (由于…)? The model may deny it: 7 of 7 in problems were right."""
    node = one.node
    if node is None or one.label != "RootCause" or node.stated is None or node.parent is None:
        return False
    said = node.stated.properties
    plain: bool = said["method"] == "explicit" and said["confidence"] >= _PLAIN
    return plain and node.stated.source is node.parent


def _holds_half(one: Candidate, span: tuple[int, int]) -> bool:
    """Does a node hold half of a span?"""
    return 2 * shared((one.start, one.end), span) >= span[1] - span[0]


def _parents(made: Sequence[Candidate], stands: set[int]) -> list[Candidate]:
    """The rules' nodes that hold one that stands, however bare their own words: （一）党的领导方面."""
    by_node = {id(one.node): one for one in made if one.node is not None}
    held: dict[int, Candidate] = {}
    for one in made:
        parent: Node | None = one.node.parent if id(one) in stands and one.node else None
        while one.label in NESTED and parent is not None and id(parent) in by_node:
            held[id(parent)] = by_node[id(parent)]
            parent = parent.parent
    return list(held.values())
