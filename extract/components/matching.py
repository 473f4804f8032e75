"""How alike a recommendation and a problem of one report are: rare words in common, and their places.

Pairs of characters count by how rare they are on both sides; those that any sentence of the genre may hold
(`boilerplate` in rules/links.toml) do not count.
"""

from __future__ import annotations

import math
import operator
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np

from extract.draft import Draft
from extract.heads import Table
from extract.nodes import Node

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
#: Rare triples of characters in common up to this sum of weights count, in tenths.
_TRIPLES = 20.0


class Grams:
    """The pairs and triples of Chinese characters that begin at each offset of a text."""

    def __init__(self, text: str, boilerplate: frozenset[str]) -> None:
        self.pairs, self.triples = [""] * len(text), [""] * len(text)
        for run in _HAN.finditer(text):
            words, start, end = run[0], *run.span()
            self.pairs[start : end - 1] = map(operator.add, words, words[1:])
            self.triples[start : end - 2] = map(operator.add, self.pairs[start : end - 2], words[2:])
        self.nothing = {"", *boilerplate}

    def of(self, start: int, end: int) -> tuple[set[str], set[str]]:
        """The different pairs and triples within a range."""
        pairs = {*self.pairs[start : max(start, end - 1)]} - self.nothing
        return pairs, {*self.triples[start : max(start, end - 2)]} - {""}


def matching(draft: Draft, recommendations: list[Node], problems: list[Node]) -> dict[str, Table]:
    """By what a recommendation and a problem are alike; the larger, the more alike.

    `rare`: the share of the recommendation's words that the problem has; `triples`: longer words in common;
    `place`: do they stand at the same place in their lists? `…_here`: how far `rare` is below that of the
    recommendation's best problem; `…_there`: how far it, and the share of the headline's words, are below
    those of the problem's best recommendation.
    """
    grams = Grams(draft.text, draft.rules.boilerplate)
    asked, asked_long = zip(*(grams.of(r.start, r.end) for r in recommendations), strict=True)
    stated = [grams.of(p.start, p.end) for p in problems]
    heads = [grams.of(*(p.headline or (p.start, p.end)))[0] for p in problems]
    # of the many words of a problem only those that are looked at below
    looked_at, looked_at_long = {*chain(*asked, *heads)}, {*chain(*asked_long)}
    found = [pairs & looked_at for pairs, _ in stated]
    found_long = [triples & looked_at_long for _, triples in stated]
    in_asked, in_found, long_in_found = _rarity(asked), _rarity(found), _rarity(found_long)
    in_both = {word: in_asked[word] * in_found[word] for word in in_asked.keys() & in_found.keys()}

    rare = _shared(asked, found, in_both)
    rare /= np.array([_sum(words, in_both) for words in asked])[:, None]
    of_heads = _shared(asked, heads, in_both) / [_sum(words, in_found) for words in heads]
    places = [np.arange(size) / max(1, size - 1) for size in rare.shape]
    return {
        "rare": rare,
        "triples": np.minimum(_shared(asked_long, found_long, long_in_found), _TRIPLES) / 10,
        "place": 1 - np.abs(places[0][:, None] - places[1]),
        "rare_here": rare - rare.max(axis=1, keepdims=True),
        "rare_there": rare - rare.max(axis=0, keepdims=True),
        "headline_there": of_heads - of_heads.max(axis=0, keepdims=True),
    }


def _rarity(sets: Sequence[set[str]]) -> dict[str, float]:
    """Each word's weight by in how many of the sets it is."""
    return {w: math.log(1 + len(sets) / n) for w, n in Counter(chain.from_iterable(sets)).items()}


def _sum(words: set[str], weights: Mapping[str, float]) -> float:
    """What some words weigh together; 1 where none has a weight."""
    return math.fsum(weights[w] for w in words if w in weights) or 1.0


def _shared(rows: Sequence[set[str]], columns: Sequence[set[str]], weights: Mapping[str, float]) -> Table:
    """What the words that a row and a column share weigh together."""
    holders: dict[str, list[int]] = {}
    for i, words in enumerate(columns):
        for word in words & weights.keys():
            holders.setdefault(word, []).append(i)
    table = np.zeros((len(rows), len(columns)))
    for row, words in zip(table, rows, strict=True):
        for word in sorted(words & holders.keys()):  # in one order: sums of floats are the same in each run
            row[holders[word]] += weights[word]
    return table
