"""Which problems of two sides are one that comes back: by category and by the words of their headlines.

Two headlines are as alike as the pairs of characters that they share (Dice: twice those shared, by all of
both); of one category they are a little more so. Each problem goes with one at most, the likest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from api.lookups.models import ProblemSummary
from graph.search import fold, index_terms

#: Weights of shared words and of a common category, and the least score at which two problems are one: words
#: alone can reach it, the category alone cannot.
WORDS, CATEGORY, LEAST = 0.85, 0.15, 0.28
#: At most so many problems of each side are compared.
MOST = 400
#: What a notice puts round the name of a problem: 关于…问题的整改情况.
_FRAME = ("关于", "方面", "的问题", "问题", "整改情况", "整改")


@dataclass(frozen=True, slots=True)
class Pair:
    """One problem of either side, and how alike they are, from 0 to 1. `words`: that of their headlines."""

    left: ProblemSummary
    right: ProblemSummary
    score: float
    words: float


def pair(left: Sequence[ProblemSummary], right: Sequence[ProblemSummary]) -> list[Pair]:
    """The pairs that are alike enough, the likest first; of each side only the first `MOST`."""
    found = sorted(_alike(left[:MOST], right[:MOST]), key=lambda one: (-one.score, one.left.id, one.right.id))
    taken: set[str] = set()
    pairs = []
    for one in found:
        if not taken & {one.left.id, one.right.id}:
            taken |= {one.left.id, one.right.id}
            pairs.append(one)
    return pairs


def _alike(left: Sequence[ProblemSummary], right: Sequence[ProblemSummary]) -> Iterator[Pair]:
    for one in left:
        for other in right:
            words = _shared(one.headline, other.headline)
            same = one.category is not None and one.category == other.category
            score = WORDS * words + CATEGORY * same
            if words and score >= LEAST:
                yield Pair(one, other, round(score, 2), round(words, 2))


def _shared(one: str, other: str) -> float:
    a, b = _terms(one), _terms(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@lru_cache(maxsize=20_000)
def _terms(headline: str) -> frozenset[str]:
    folded = fold(headline[:200])
    for frame in _FRAME:
        folded = folded.replace(frame, " ")
    return frozenset(term for part in folded.split() for term in index_terms(part))
