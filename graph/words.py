"""How much of what a text says another says too, by words: BM25, each word by its rarity in the graph.

The full-text index finds what to compare; the scores are made here, as those of the two databases have other
scales and tell nothing of how much was asked for.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from graph.search import index_terms
from graph.store import GraphStore

#: BM25's saturation, and its part of a text's length.
_K, _B = 1.2, 0.75
#: A text is as like as can be where it shares as much weight as the question's so many heaviest words have: a
#: long question asks for one thing, not for each of its words.
_ENOUGH = 15
#: A question of less weight is treated as if it had this much: a few common words are no strong likeness.
_LEAST_WEIGHT = 5.0
#: The weights are counted in so many texts; the index is asked for so many words.
SAMPLE, _MOST_WORDS = 20_000, 60


class WordWeights:
    """Weights of the words in the texts (the property `search`) of one label."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts, lengths = Counter[str](), 0
        self.size = 0
        for text in texts:
            terms = index_terms(text)
            self._texts.update(set(terms))
            lengths += len(terms)
            self.size += 1
        self._length = lengths / self.size if lengths else 1.0

    def weight(self, term: str) -> float:
        """BM25's inverse document frequency."""
        found = self._texts[term]
        return math.log(1 + (self.size - found + 0.5) / (found + 0.5))

    def heaviest(self, terms: Sequence[str]) -> list[str]:
        """The words of most weight, which the index is asked for."""
        return sorted(terms, key=lambda term: (-self.weight(term), term))[:_MOST_WORDS]

    def score(self, terms: Sequence[str], folded: str) -> float:
        """BM25 of a text of this label for these terms."""
        counts = Counter(index_terms(folded))
        long = _K * (1 - _B + _B * counts.total() / self._length)
        return sum(self.weight(t) * counts[t] * (_K + 1) / (counts[t] + long) for t in terms if t in counts)

    def likeness(self, terms: Sequence[str], folded: str) -> float:
        """The same from 0 (nothing shared) to 1 (all that the terms ask for)."""
        weights = sorted(map(self.weight, terms), reverse=True)[:_ENOUGH]
        return min(1.0, self.score(terms, folded) / max(_LEAST_WEIGHT, sum(weights)))


def count_words(store: GraphStore, label: str) -> WordWeights:
    """The weights in a part of the graph's texts. Raises StoreError."""
    rows = store.stream(f"MATCH (n:{label}) RETURN n.search AS text LIMIT {SAMPLE}")
    return WordWeights(row["text"] or "" for row in rows)
