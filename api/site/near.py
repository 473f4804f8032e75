"""What is like the words of somebody who looks for a problem: nobody writes as the next one does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from api.lookups.items import read_items
from api.lookups.kinds import BY_NAME
from api.models import Recommended
from api.related import Recommender
from api.site.counted import Counted
from api.site.rows import Row, read_rows
from graph.search import search_terms, split_words
from graph.store import GraphStore

#: Where fewer problems than these have the words, those that are like them are shown too.
FEW = 5
#: So many problems, and recommendations, at most.
_PROBLEMS, _ADVICE = 10, 5


@dataclass(frozen=True, slots=True)
class Near:
    """`problems`: each with its likeness from 0 to 1, the likest first. `advice`: what was recommended."""

    problems: list[tuple[Row, float]]
    advice: list[Recommended]


def near(store: GraphStore, finder: Recommender, counted: Counted, words: str, state: object) -> Near | None:
    """What is like the words; None while the words of a big graph are counted. Raises StoreError.

    `state`: of the graph, such as how many problems it has.
    """
    if not search_terms(words):
        return Near([], [])
    found = counted.get(("near", words), state, partial(_find, finder, words))
    if found is None:
        return None
    scores, advice = found
    kind = BY_NAME["problems"]
    rows = read_rows(store, kind, read_items(store, kind, [*scores]), split_words(words))
    return Near([(row, scores[row.item.id]) for row in rows], advice)


def without(found: Near, ids: Collection[str]) -> Near:
    """The same without problems that stand in the list already."""
    return Near([(row, score) for row, score in found.problems if row.item.id not in ids], found.advice)


def _find(finder: Recommender, words: str) -> tuple[dict[str, float], list[Recommended]]:
    return dict(finder.problems_like_text(words, _PROBLEMS)), finder.for_text(words, _ADVICE)
