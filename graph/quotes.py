"""How a judgement names a passage of a report: by its words and what stands around them, never by offset.

    深入。⟦由于重视不够⟧，学习计划            the words in brackets, with what stands before and after
    一、⟦1.学习贯彻不深⟧…⟦计划没有落实⟧2.    of a long passage the first words and the last
    主要负责人重视不够                        the words alone, where they stand once

White space, width, case and quotation marks do not count. A text may have been mended since: words that are
alike are the same, where what stands around them is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Self

from rapidfuzz import fuzz

from extract.model import GROUNDED
from graph.data import GraphData
from graph.search import fold

#: How many characters a quote keeps: on either side of its passage, of the passage, and of either end of a
#: passage that is longer than that.
_AROUND, _WHOLE, _END = 20, 80, 40
#: The least likeness at which words count as the same, and at which what stands beside them does.
_WORDS, _SIDE = 0.8, 0.7
#: A passage of so many characters is known by itself, without what stands beside it.
_SURE = 16
#: Characters by which a mended passage may be longer or shorter at an end.
_TRIM = 3
#: A passage that stands more often than this in a text names no place.
_MOST = 200
#: Stands for each character of a text that is not at hand.
_GAP = "\ufffd"
_FORM = re.compile(
    r"(?P<before>[^⟦⟧]*)⟦(?P<words>[^⟦⟧]+)⟧(?:…⟦(?P<last>[^⟦⟧]+)⟧)?(?P<after>[^⟦⟧]*)", re.DOTALL
)


class QuoteError(ValueError):
    """A text that is no quote, or one that fits several passages; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Span:
    """A passage of a `FoldedText`. `end` is None where its last words are not there any more."""

    start: int
    end: int | None


class FoldedText:
    """A report's text folded for comparison (`graph.search.fold`), and the way between its offsets and those
    of the report.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        pairs = [(folded, i) for i, character in enumerate(source) for folded in _fold(character)]
        self.text = "".join(folded for folded, _ in pairs)
        self._at = [i for _, i in pairs]

    @classmethod
    def of(cls, data: GraphData) -> Self:
        """From a report's graph: of its text or, where that is not stored, of its nodes' quotes."""
        known = next((n.properties["text"] for n in data.nodes if n.label == "SourceText"), None)
        if known is not None:
            return cls(known)
        quoted = [n.properties for n in data.nodes if n.label in GROUNDED]
        text = [_GAP] * max((p["end"] for p in quoted), default=0)
        for p in quoted:
            text[p["start"] : p["end"]] = p["text"]
        return cls("".join(text))

    def span(self, start: int, end: int) -> Span:
        """Offsets of the report to offsets here."""
        return Span(bisect_left(self._at, start), bisect_left(self._at, end))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Offsets here to offsets of the report."""
        return self._at[start], self._at[end - 1] + 1


@dataclass(frozen=True)
class Quote:
    """A passage by its `words` (of a long one the first, and the `last`) and what stands around it."""

    words: str
    last: str = ""
    before: str = ""
    after: str = ""

    @classmethod
    def parse(cls, cell: str) -> Self:
        """A quote as a file has it. Raises QuoteError."""
        if match := _FORM.fullmatch(cell):
            quote = cls(*(match[part] or "" for part in ("words", "last", "before", "after")))
        else:
            quote = cls(cell)
        if "⟦" in quote.words or "⟧" in quote.words:
            raise QuoteError(f"{cell!r:.60}: the brackets do not match; write 前文⟦words⟧后文")
        if not fold(quote.words):
            raise QuoteError("no words")
        return quote

    @classmethod
    def of(cls, text: FoldedText, start: int, end: int) -> Self:
        """The quote that names the passage from `start` to `end` (offsets of the report) and no other.

        Raises QuoteError where nothing does.
        """
        span = text.span(start, end)
        around = _AROUND
        while around <= 8 * _AROUND:
            quote = cls._cut(text, start, end, around)
            if quote.find(text) == span:
                return quote
            around *= 2
        raise QuoteError(
            f"{_bare(text.source[start:end])!r:.60} stands there several times, and alike all around"
        )

    @classmethod
    def _cut(cls, text: FoldedText, start: int, end: int, around: int) -> Self:
        words, span = _bare(text.source[start:end]), text.span(start, end)
        assert span.end is not None
        before = _bare(
            text.source[slice(*text.place(max(0, span.start - around), span.start))] if span.start else ""
        ).rpartition(_GAP)[2]
        more = min(len(text.text), span.end + around)
        after = _bare(text.source[end : text.place(more - 1, more)[1]]).partition(_GAP)[0]
        whole = len(words) <= _WHOLE
        return cls(words if whole else words[:_END], "" if whole else words[-_END:], before, after)

    def __str__(self) -> str:
        last = f"…⟦{self.last}⟧" if self.last else ""
        return f"{self.before}⟦{self.words}⟧{last}{self.after}"

    def find(self, text: FoldedText, *, same_report: bool = True) -> Span | None:
        """Where the passage stands; None where it does not, or in several places that are all alike.

        In another report (a mended version of the judged one, or one like it) what stands around must be
        alike too, of short words on either side.
        """
        starts = _best(
            self._folded.words, text.text, self._folded.before, "" if self.last else self._folded.after
        )
        if starts is None:
            return None
        ends, sides = starts, [*starts.sides]
        if self.last:
            found = _best(self._folded.last, text.text, "", self._folded.after, starts.end)
            sides += found.sides if found else [0.0] if self.after else []
            ends = found or starts
        long = len(self._folded.words) >= _SURE
        alike = sides and (max(sides) if same_report or long else min(sides)) >= _SIDE
        if not (alike or (same_report and long) or (not sides and starts.alone)):
            return None
        return Span(starts.start, None if self.last and ends is starts else ends.end)

    @cached_property
    def _folded(self) -> Quote:
        return Quote(fold(self.words), fold(self.last), fold(self.before), fold(self.after))


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where words stand, how alike what stands beside them is, and whether they stand only there."""

    start: int
    end: int
    sides: tuple[float, ...]
    alone: bool = True


def _best(words: str, text: str, before: str, after: str, low: int = 0) -> _Spot | None:
    """The one spot of the words whose surroundings are most alike; None where two are equally so."""
    spots = [_spot(start, end, text, before, after) for start, end in _occurrences(words, text, low)]
    if not spots:
        return None
    ranked = sorted(spots, key=lambda spot: -sum(spot.sides))  # stable: the first of several equal ones
    if len(ranked) == 1:
        return ranked[0]
    if any(sum(a.sides) == sum(b.sides) for a, b in pairwise(ranked[:2])) and not low:
        return None
    return _Spot(ranked[0].start, ranked[0].end, ranked[0].sides, alone=False)


def _occurrences(words: str, text: str, low: int) -> Iterator[tuple[int, int]]:
    """Where the words stand from `low` on; where they do not, the place that is most like them."""
    at, found = text.find(words, low), 0
    while at >= 0 and found < _MOST:
        yield at, at + len(words)
        at, found = text.find(words, at + 1), found + 1
    if not found:
        alike = fuzz.partial_ratio_alignment(words, text[low:], score_cutoff=100 * _WORDS)
        # the text may be shorter than the words
        if alike is not None and alike.src_end - alike.src_start == len(words):
            yield _trim(words, text, low + alike.dest_start, low + alike.dest_end)


def _trim(words: str, text: str, start: int, end: int) -> tuple[int, int]:
    """The ends moved a little to where the words begin and end: an alignment is exactly as long as the words,
    though the mended passage may not be.
    """
    near = range(-_TRIM, _TRIM + 1)
    places = [(start + a, end + b) for a in near for b in near if 0 <= start + a < end + b <= len(text)]
    return max(places, key=lambda place: fuzz.ratio(words, text[slice(*place)]))


def _spot(start: int, end: int, text: str, before: str, after: str) -> _Spot:
    stands = (before, text[max(0, start - len(before)) : start]), (after, text[end : end + len(after)])
    return _Spot(
        start,
        end,
        tuple(fuzz.ratio(said, there) / 100 for said, there in stands if said and _GAP not in there),
    )


@cache
def _fold(character: str) -> str:
    return fold(character)


def _bare(text: str) -> str:
    """As it is written, without white space and the brackets of quotes."""
    return "".join(text.split()).replace("⟦", "").replace("⟧", "")
