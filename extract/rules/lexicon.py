"""Weighted words for a set of codes, all found in one pass: what is a text about, by its words?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import ahocorasick_rs

from extract.ranges import Spans


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Weighted words for a set of codes (categories, cause types)."""

    words: tuple[str, ...]
    weights: tuple[tuple[tuple[str, float], ...], ...]
    automaton: ahocorasick_rs.AhoCorasick

    def find(self, text: str) -> Hits:
        """All words in a text in one pass; the longest wins where two overlap."""
        found = self.automaton.find_matches_as_indexes(text)
        words, starts, ends = zip(*found, strict=True) if found else ((), (), ())
        return Hits(starts, ends, [self.weights[i] for i in words])


@dataclass(frozen=True, slots=True)
class Hits:
    """Where the words of a lexicon stand in a text, in order."""

    starts: Sequence[int]
    ends: Sequence[int]
    weights: Sequence[tuple[tuple[str, float], ...]]

    def outside(self, spans: Spans) -> Hits:
        """The hits that begin within none of the spans."""
        kept = [i for i, start in enumerate(self.starts) if spans.at(start) is None]
        return Hits(
            [self.starts[i] for i in kept], [self.ends[i] for i in kept], [self.weights[i] for i in kept]
        )

    def scores(self, start: int, end: int) -> dict[str, float]:
        """Sum of the weights of the words within a range, by code."""
        out: dict[str, float] = {}
        for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            if self.ends[i] <= end:
                for code, weight in self.weights[i]:
                    out[code] = out.get(code, 0.0) + weight
        return out
