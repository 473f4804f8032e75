"""Which recommendations answer a problem best: by its words and its meaning, on two sides.

A recommendation is compared with what was asked, and so are the problems that it addresses; and, where a
report recommends something for its problem itself, with that. See `Blend`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from api.cypher import ask
from api.meaning import Meaning
from api.shape import Row
from graph.search import search_terms
from graph.store import GraphStore
from graph.words import WordWeights

PROBLEM, RECOMMENDATION = "Problem", "Recommendation"
#: The characters of a long text that are looked at: its first.
MOST_CHARS = 400
#: Problems, and recommendations, that each index is asked for.
_NEAR = 150


@dataclass(frozen=True, slots=True)
class Blend:
    """How the parts make one score from 0 to 1.

    likeness of two texts = words * (shared words) + (1 - words) * (meaning); the words alone where there are
    no vectors. score = problems * (likest problem addressed, times its link) + (1 - problems) * (likeness of
    the recommendation itself); of that, `advice` gives way to how like the recommendation is to those of the
    problem's own report, where it has any. How they were chosen: docs/related.md.
    """

    words: float = 0.5
    problems: float = 0.4
    advice: float = 0.15
    #: What is left of a link for each step up to what a problem is part of, and of one of no confidence.
    step: float = 0.85
    doubtful: float = 0.6
    #: The least score that is shown, with vectors and by words alone.
    least: float = 0.14
    least_by_words: float = 0.15
    #: Recommendations that share so much of their words say the same.
    same: float = 0.7


class Likeness(NamedTuple):
    """How like two texts are, each from 0 to 1; `meaning` is None without vectors."""

    score: float
    words: float
    meaning: float | None


@dataclass(slots=True)
class Ranked:
    """A recommendation: its row, how like it is itself, to the advice of the problem's own report, and its
    best way over a problem.
    """

    row: Row
    itself: Likeness
    way: Row | None = None
    problem: Likeness | None = None
    link: float = 0.0
    advice: Likeness | None = None
    score: float = field(default=0.0)


class Asked(NamedTuple):
    """What recommendations are looked for: a text. `without`: "" or a report to leave out; `advice`: what
    that recommends for it itself, "" for nothing.
    """

    text: str
    without: str = ""
    advice: str = ""


def rank(
    store: GraphStore, asked: Asked, meaning: Meaning, weights: Mapping[str, WordWeights], blend: Blend
) -> list[Ranked]:
    """All recommendations that come into question, the best first; those that say the same once."""
    comparison = _Comparison(store, asked, meaning, weights, blend)
    own = Asked(asked.advice, asked.without)
    advised = _Comparison(store, own, meaning, weights, blend) if own.text else None
    ids = {label: comparison.find(label) for label in (PROBLEM, RECOMMENDATION)}
    if advised:
        ids[RECOMMENDATION] |= advised.find(RECOMMENDATION)
    ids[PROBLEM] |= {row["id"] for row in ask(store, "addressed-problems", ids=sorted(ids[RECOMMENDATION]))}
    problems = comparison.problems(ids[PROBLEM])
    ways = ask(store, "recommendations-of-problems", ids=sorted(problems))
    ids[RECOMMENDATION] |= {row["recommendation"] for row in ways}
    found = comparison.recommendations(ids[RECOMMENDATION])
    for way in ways:
        one, link = found.get(way["recommendation"]), _link(way, blend)
        if one is None:
            continue
        likeness = problems[way["id"]]
        if one.problem is None or (likeness.score * link, way["id"]) > (
            one.problem.score * one.link,
            (one.way or way)["id"],
        ):
            one.way, one.problem, one.link = way, likeness, link
    if advised:
        words = {id_: one.row["words"] for id_, one in found.items()}
        for id_, likeness in advised.compare(RECOMMENDATION, words).items():
            found[id_].advice = likeness
    for one in found.values():
        one.score = _score(one, blend)
    least = blend.least if comparison.vector is not None else blend.least_by_words
    best = sorted(
        (one for one in found.values() if one.score >= least), key=lambda one: (-one.score, one.row["id"])
    )
    return _without_repeats(best, blend.same)


def rank_problems(
    store: GraphStore, asked: Asked, meaning: Meaning, weights: Mapping[str, WordWeights], blend: Blend
) -> list[tuple[str, Likeness]]:
    """The ids of problems that are like what is asked, the likest first."""
    comparison = _Comparison(store, asked, meaning, weights, blend)
    found = comparison.problems(comparison.find(PROBLEM))
    least = blend.least if comparison.vector is not None else blend.least_by_words
    return sorted(
        ((id_, one) for id_, one in found.items() if one.score >= least),
        key=lambda pair: (-pair[1].score, pair[0]),
    )


class _Comparison:
    """Compares one question with nodes of the graph."""

    def __init__(
        self,
        store: GraphStore,
        asked: Asked,
        meaning: Meaning,
        weights: Mapping[str, WordWeights],
        blend: Blend,
    ) -> None:
        self.store, self.asked, self.weights, self.blend = store, asked, weights, blend
        text = asked.text[:MOST_CHARS]
        self.terms = search_terms(text)
        self.vector = meaning.of(text)
        self.meaning = meaning

    def find(self, label: str) -> set[str]:
        """The ids of those that come into question."""
        found: set[str] = set()
        if self.terms:
            query = " ".join(self.weights[label].heaviest(self.terms))
            index = self.store.schema.labels[label].fulltext_index
            rows = ask(self.store, "found-by-words", index=index, query=query, limit=_NEAR)
            found = {row["id"] for row in rows}
        if self.vector is not None:
            found |= self.meaning.nearest(label, self.vector, _NEAR)
        return found

    def problems(self, ids: Iterable[str]) -> dict[str, Likeness]:
        rows = ask(self.store, "problems-to-compare", ids=sorted(ids), without=self.asked.without)
        words = {row["id"]: row["words"].split("\n")[0] if row["has_items"] else row["words"] for row in rows}
        return self.compare(PROBLEM, words)

    def recommendations(self, ids: Iterable[str]) -> dict[str, Ranked]:
        rows = ask(self.store, "recommendations-to-compare", ids=sorted(ids), without=self.asked.without)
        likeness = self.compare(RECOMMENDATION, {row["id"]: row["words"] for row in rows})
        return {row["id"]: Ranked(row, likeness[row["id"]]) for row in rows}

    def compare(self, label: str, words: Mapping[str, str]) -> dict[str, Likeness]:
        """How like the nodes of a label are, by their ids. `words`: their folded texts, by id."""
        meanings = {} if self.vector is None else self.meaning.likeness(label, self.vector, [*words])
        found = {}
        for id_, folded in words.items():
            shared, meant = self.weights[label].likeness(self.terms, folded), meanings.get(id_)
            score = shared if meant is None else self.blend.words * shared + (1 - self.blend.words) * meant
            found[id_] = Likeness(score, shared, meant)
        return found


def _score(one: Ranked, blend: Blend) -> float:
    over = one.problem.score * one.link if one.problem else 0.0
    score = blend.problems * over + (1 - blend.problems) * one.itself.score
    return (1 - blend.advice) * score + blend.advice * one.advice.score if one.advice else score


def _link(way: Row, blend: Blend) -> float:
    """How sure it is that the recommendation is for the problem."""
    sure = (way["addresses"].get("confidence") or 0.5) * ((way["caused_by"] or {}).get("confidence") or 1.0)
    return float(blend.step ** way["up"] * (blend.doubtful + (1 - blend.doubtful) * sure))


def _without_repeats(ranked: Sequence[Ranked], same: float) -> list[Ranked]:
    kept: list[Ranked] = []
    said: list[set[str]] = []
    for one in ranked:
        terms = set(search_terms(one.row["words"]))
        if all(2 * len(terms & other) < same * (len(terms) + len(other)) for other in said):
            kept.append(one)
            said.append(terms)
    return kept
