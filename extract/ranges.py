"""Sets of ranges, and of names by their ends, in which one is found by bisection instead of one by one."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from heapq import heappop, heappush
from typing import Generic, TypeVar


def shared(one: tuple[int, int], other: tuple[int, int]) -> int:
    """How many characters two ranges share; 0 or less where they share none."""
    return min(one[1], other[1]) - max(one[0], other[0])


def share_half(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Do two ranges share at least half of all that the two cover together?"""
    return 2 * shared(one, other) >= max(one[1], other[1]) - min(one[0], other[0])


def share_half_of_shorter(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Do two ranges share at least half of the shorter one?"""
    return 2 * shared(one, other) >= min(one[1] - one[0], other[1] - other[0])


class Spans:
    """Ranges that do not overlap, for looking up which one holds an offset."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self.all = sorted(spans)

    def add(self, start: int, end: int) -> None:
        insort(self.all, (start, end))

    def at(self, offset: int) -> tuple[int, int] | None:
        """The range that holds the offset."""
        i = bisect_right(self.all, (offset, math.inf)) - 1
        return self.all[i] if i >= 0 and offset < self.all[i][1] else None

    def meets(self, start: int, end: int) -> bool:
        """Does any range share a character with this one?"""
        i = bisect_left(self.all, (end,)) - 1
        return i >= 0 and start < self.all[i][1]


T = TypeVar("T")


class Overlaps(Generic[T]):
    """Ranges that may overlap, each with a value: finds those that meet another range."""

    def __init__(self, ranges: Iterable[tuple[int, int, T]]) -> None:
        self.all = sorted((start, i, end, what) for i, (start, end, what) in enumerate(ranges))
        self.longest = max((end - start for start, _, end, _ in self.all), default=0)

    def meeting(self, start: int, end: int) -> list[T]:
        """The values of those that share a character with a range, in the order in which they were given."""
        if not self.all:
            return []
        first = bisect_left(self.all, (start - self.longest,))
        near = self.all[first : bisect_left(self.all, (end,))]
        return [what for _, what in sorted((i, what) for _, i, stop, what in near if stop > start)]


class Innermost(Generic[T]):
    """Ranges that may lie within one another, each with a value: finds the innermost over an offset."""

    def __init__(self, ranges: Iterable[tuple[int, int, T]]) -> None:
        opening = sorted(ranges, key=lambda r: r[0])
        self.bounds = sorted({0, *(start for start, _, _ in opening), *(end for _, end, _ in opening)})
        self.inner: list[T | None] = []
        active: list[tuple[int, int, int, T]] = []
        at = 0
        for bound in self.bounds:
            while at < len(opening) and opening[at][0] <= bound:
                start, end, what = opening[at]
                heappush(active, (end - start, at, end, what))
                at += 1
            while active and active[0][2] <= bound:
                heappop(active)
            self.inner.append(active[0][3] if active else None)

    def at(self, offset: int) -> T | None:
        """The value of the shortest range over the offset; of two the one that came first."""
        return self.inner[bisect_right(self.bounds, offset) - 1]


class Covered:
    """The offsets that ranges cover, which may overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.bounds: list[int] = []  # in turns where a covered stretch begins and where it ends
        for start, end in sorted(spans):
            if self.bounds and start <= self.bounds[-1]:
                self.bounds[-1] = max(self.bounds[-1], end)
            else:
                self.bounds += start, end

    def __contains__(self, offset: int) -> bool:
        return bisect_right(self.bounds, offset) % 2 == 1


class Endings:
    """Names by how they end: which of them end with a given word?"""

    def __init__(self) -> None:
        self._backwards: list[tuple[str, int]] = []

    def add(self, name: str, index: int) -> None:
        insort(self._backwards, (name[::-1], index))

    def with_end(self, word: str) -> list[int]:
        """The indices of the names that end with the word, each once, in order."""
        end = word[::-1]
        i = bisect_left(self._backwards, (end, -1))
        found = set()
        while i < len(self._backwards) and self._backwards[i][0].startswith(end):
            found.add(self._backwards[i][1])
            i += 1
        return sorted(found)
