"""Finds in a report's graph what a judgement is of: nodes by where its words stand, links by their ends."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graph.data import GraphData
from graph.quotes import FoldedText, Quote, Span
from graph.reviews import ENDS, Review
from graph.search import fold

#: Label and id of a node.
Key: TypeAlias = tuple[str, str]
#: The least overlap (intersection over union) of a node with the words of a judgement, as of annotations.
_OVERLAP = 0.5
#: What begins with its statement is also known by a node's beginning so near to the words.
_NEAR = 5
_STATED_FIRST = ("Problem", "Recommendation")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the text that a person gives instead of a node: id and properties (text, start, end) of the
    node that they would make.
    """

    id: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ends:
    """What a judgement is of in one report.

    `finding` is equal for judgements of one finding. `found`: the nodes that its words name; None where the
    text has the words but no node stands on them. `right`: the nodes that it says are right, of a
    link both ends; None where no node stands on its words, which are the `passage` then, and where it is
    rejected.
    """

    finding: tuple[str, ...]
    found: tuple[Key | None, Key | None]
    right: tuple[Key | None, Key | None]
    passage: Passage | None = None


class Finder:
    """Looks for the findings of judgements in one report."""

    def __init__(self, data: GraphData, text: FoldedText) -> None:
        self.data, self.text = data, text
        labels = {label for sides in ENDS.values() for side in sides for label in side}
        self._nodes = [
            (n, text.span(n.properties["start"], n.properties["end"]))
            for n in data.nodes
            if n.label in labels
        ]
        self._links = {
            (e.type, (e.source_label, e.source), (e.target_label, e.target))
            for e in data.edges
            if e.type in ENDS
        }

    def ends(self, one: Review) -> Ends | None:
        """What a judgement is of; None where it fits nothing.

        What is confirmed must be there. Of what is rejected the words must stand there; that it is not found
        any more is all the better.
        """
        quotes = (one.left, one.right) if one.right else (one.left,)
        spans = [self._span(quote, one) for quote in quotes]
        if any(span is None for span in spans):
            return None
        nodes = [self._at(span, labels) for span, labels in zip(spans, ENDS[one.what], strict=False) if span]
        left, right = self._linked(one, *nodes) if one.right else (next(iter(nodes[0]), None), None)
        named = zip((left, right), quotes, strict=False)
        finding = (one.what, *(key[1] if key else str(quote) for key, quote in named))
        if one.verdict == "rejected":
            return Ends(finding, (left, right), (None, None))
        if not one.right:
            passage = self._passage(one.left_instead, one) if one.left_instead else None
            fits = left is not None and bool(passage) == bool(one.left_instead)
            return Ends(finding, (left, None), (left, None), passage) if fits else None
        source, _ = self._instead(one, left, one.left_instead, 0)
        target, passage = self._instead(one, right, one.right_instead, 1)
        if source is None or (target is None and passage is None):
            return None
        return Ends(finding, (left, right), (source, target), passage)

    def _span(self, quote: Quote, one: Review) -> Span | None:
        return quote.find(self.text, same_report=one.report in ("", self.data.report_id))

    def _instead(
        self, one: Review, found: Key | None, quote: Quote | None, side: int
    ) -> tuple[Key | None, Passage | None]:
        """The node that a person gives for an end of a link; a cause may be words that are none yet."""
        if quote is None:
            return found, None
        span, labels = self._span(quote, one), ENDS[one.what][side]
        there = self._at(span, labels) if span else []
        if there or labels != ("RootCause",):
            return next(iter(there), None), None
        return None, self._passage(quote, one)

    def _at(self, span: Span, labels: Sequence[str]) -> list[Key]:
        """The nodes of these labels that stand where the words do, the best first."""
        fits = [
            (fit, n)
            for n, stands in self._nodes
            if n.label in labels and (fit := _fit(span, stands, n.label))
        ]
        fits.sort(key=lambda pair: (-pair[0], pair[1].label, pair[1].id))
        return [(n.label, n.id) for _, n in fits]

    def _linked(
        self, one: Review, lefts: Sequence[Key], rights: Sequence[Key]
    ) -> tuple[Key | None, Key | None]:
        """The ends of the link: the best of those between which there is one, else the best."""
        pairs = ((a, b) for a in lefts for b in rights if (one.what, a, b) in self._links)
        best = next(iter(lefts), None), next(iter(rights), None)
        return next(pairs, best)

    def _passage(self, quote: Quote, one: Review) -> Passage | None:
        """The words, where they stand there just as they are given."""
        span = self._span(quote, one)
        if span is None or span.end is None:
            return None
        said = self.text.text[span.start : span.end]
        if not (said.startswith(fold(quote.words)) and said.endswith(fold(quote.last or quote.words))):
            return None
        start, end = self.text.place(span.start, span.end)
        id_ = hashlib.sha256("\x1f".join((self.data.report_id, "RootCause", said)).encode()).hexdigest()[:24]
        return Passage(id_, {"text": self.text.source[start:end], "start": start, "end": end})


def _fit(sought: Span, stands: Span, label: str) -> float:
    """How well a node stands where words do, 0 where it does not."""
    assert stands.end is not None
    begins = label in _STATED_FIRST and abs(sought.start - stands.start) <= _NEAR
    if sought.end is None:  # the words are the first of many: the longest
        return stands.end - stands.start if begins else 0
    shared = min(sought.end, stands.end) - max(sought.start, stands.start)
    union = max(sought.end, stands.end) - min(sought.start, stands.start)
    overlap = max(0, shared) / union
    return overlap if overlap >= _OVERLAP or begins else 0
