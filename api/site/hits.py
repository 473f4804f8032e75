"""Where the words that were looked up stand in a text as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from graph.search import fold

#: A piece of a text, and whether it is what was looked for.
Piece = tuple[str, bool]
#: Characters that stay before a hit where a text is cut.
_BEFORE = 24


@lru_cache(maxsize=65_536)
def _folded(character: str) -> str:
    return fold(character)


def excerpt(text: str, words: Sequence[str], most: int) -> list[Piece]:
    """`most` characters of a text, from its start or shortly before the first hit, in pieces.

    `words`: folded (graph.search.split_words). A hit may run over a line's end.
    """
    hits = _hits(text, words)
    start = max(0, min(hits[0][0] - _BEFORE, len(text) - most)) if hits and hits[0][1] > most else 0
    end = min(len(text), start + most)
    pieces: list[Piece] = [("…", False)] if start else []
    at = start
    for first, last in hits:
        if first < end and last > at:
            pieces += [(text[at : max(at, first)], False), (text[max(at, first) : min(last, end)], True)]
            at = min(last, end)
    pieces.append((text[at:end] + ("…" if end < len(text) else ""), False))
    return [(piece, hit) for piece, hit in pieces if piece]


def _hits(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Places of the words, in order; they may overlap."""
    if not words:
        return []
    folded: list[str] = []
    places: list[int] = []  # of each folded character, in the text
    for place, character in enumerate(text):
        for one in _folded(character):
            folded.append(one)
            places.append(place)
    whole = "".join(folded)
    found = []
    for word in words:
        at = whole.find(word)
        while at >= 0:
            found.append((places[at], places[at + len(word) - 1] + 1))
            at = whole.find(word, at + len(word))
    return sorted(found)
