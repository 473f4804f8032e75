"""Recommendations for a problem or for words, each with the path that explains it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

from fastapi import Depends, Request

from api.cypher import ask
from api.meaning import Meaning
from api.models import Judged, LikenessParts, NodeRef, Recommended, ReportRef, Step
from api.ranking import (
    MOST_CHARS,
    PROBLEM,
    RECOMMENDATION,
    Asked,
    Blend,
    Ranked,
    rank,
    rank_problems,
)
from api.shape import Row, node
from api.stores import Store
from graph.places import encoder_dir
from graph.reading import Reader
from graph.search import fold, index_terms, search_terms
from graph.store import GraphStore
from graph.words import WordWeights, count_words

#: So much may the graph grow or shrink before the weights of words are counted anew.
_CHANGED = 0.1


class Recommender:
    """Finds recommendations in one store. May be used by many threads."""

    def __init__(self, store: GraphStore, blend: Blend | None = None) -> None:
        self.store, self.blend = store, blend or Blend()
        self._meaning = Meaning(store, encoder_dir())
        self._lock = threading.Lock()
        self._weights: dict[str, tuple[int, WordWeights]] = {}

    def for_text(self, text: str, limit: int) -> list[Recommended]:
        """What was recommended for problems like a text, the best first."""
        first = Step(relation=None, node=NodeRef(id="", label="Text", text=text))
        return self._find(first, Asked(text), limit)

    def for_problem(
        self, asked: NodeRef, report: ReportRef, own: Sequence[Recommended], limit: int
    ) -> list[Recommended]:
        """What other reports recommend for problems like this one, the best first.

        `own`: what its own report recommends for it.
        """
        first = Step(relation=None, node=asked, report=report)
        advice = join_advice(one.recommendation.text or "" for one in own)
        return self._find(first, Asked(asked.text or asked.headline or "", report.id, advice), limit)

    def problems_like(self, asked: NodeRef, report: ReportRef, limit: int) -> list[tuple[str, float]]:
        """Problems of other reports that are like this one: (id, likeness from 0 to 1), the likest first."""
        return self._like(Asked(asked.text or asked.headline or "", report.id), limit)

    def problems_like_text(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Problems that are like a text, in the same way."""
        return self._like(Asked(text), limit)

    def _like(self, about: Asked, limit: int) -> list[tuple[str, float]]:
        ranked = rank_problems(self.store, about, self._meaning, {PROBLEM: self._count(PROBLEM)}, self.blend)
        return [(id_, round(one.score, 3)) for id_, one in ranked[:limit]]

    def _find(self, first: Step, asked: Asked, limit: int) -> list[Recommended]:
        weights = {label: self._count(label) for label in (PROBLEM, RECOMMENDATION)}
        ranked = rank(self.store, asked, self._meaning, weights, self.blend)
        return [_explained(first, asked.text[:MOST_CHARS], one) for one in ranked[:limit]]

    def _count(self, label: str) -> WordWeights:
        """The weights of words, counted once and again where the graph has become another."""
        size = ask(self.store, f"{label.lower()}-total")[0]["total"]
        with self._lock:
            counted, weights = self._weights.get(label, (-1, None))
            if weights is None or abs(size - counted) > _CHANGED * counted:
                weights = count_words(self.store, label)
                self._weights[label] = size, weights
            return weights


def join_advice(texts: Iterable[str]) -> str:
    """What recommendations say, as one text of MOST_CHARS in which each has as much room as the others."""
    said = [text for text in texts if text]
    return "\n".join(text[: MOST_CHARS // len(said)] for text in said)


def own_recommendations(reader: Reader, asked: NodeRef, report: ReportRef) -> list[Recommended]:
    """What its own report recommends for a problem, for what it is part of, for its items or their causes."""
    found = []
    for row in ask(reader, "problem-recommendations", problem=asked.id):
        path = [Step(relation=None, node=asked, report=report)]
        if row["holder"]["id"] != asked.id:
            path.append(Step(relation="PART_OF", node=node("Problem", row["holder"]), report=report))
        path += _to_recommendation(row, row["recommendation"], report)
        found.append(
            Recommended(recommendation=path[-1].node, report=report, likeness=None, parts=None, path=path)
        )
    return _best(found)


def shared_words(text: str, pairs: Iterable[str]) -> list[str]:
    """The runs of a text that pairs of characters cover: 违规, 规发 and 发放 make 违规发放."""
    known, folded = set(pairs), fold(text)
    runs: list[str] = []
    for term in search_terms(text):
        if term not in known:
            continue
        if runs and runs[-1][-1] == term[0] and runs[-1] + term[1:] in folded:
            runs[-1] += term[1:]
        else:
            runs.append(term)
    return runs


def _explained(first: Step, text: str, one: Ranked) -> Recommended:
    """With its path: over the problem that it addresses, where that is more like what was asked."""
    report = ReportRef(id=one.row["report_id"], title=one.row["report_title"])
    reached = node("Recommendation", one.row["recommendation"])
    if one.way and one.problem and one.problem.score * one.link >= one.itself.score:
        path = [first, _alike(text, node("Problem", one.way["problem"]), report)]
        if one.way["up"]:
            path.append(Step(relation="PART_OF", node=node("Problem", one.way["holder"]), report=report))
        path += _to_recommendation(one.way, one.row["recommendation"], report)
    else:
        path = [first, _alike(text, reached, report)]
    return Recommended(
        recommendation=reached,
        report=report,
        likeness=round(one.score, 3),
        path=path,
        parts=_parts(one),
    )


def _parts(one: Ranked) -> LikenessParts:
    itself, problem, advice = one.itself, one.problem, one.advice

    def shown(value: float | None) -> float | None:
        return None if value is None else round(value, 3)

    return LikenessParts(
        words=round(itself.words, 3),
        meaning=shown(itself.meaning),
        problem_words=shown(problem and problem.words),
        problem_meaning=shown(problem and problem.meaning),
        link=shown(one.link) if problem else None,
        advice_words=shown(advice and advice.words),
        advice_meaning=shown(advice and advice.meaning),
    )


def _alike(text: str, reached: NodeRef, report: ReportRef) -> Step:
    """The step from what was asked to what is like it: by the words that both have, else by meaning alone."""
    words = shared_words(text, index_terms(fold(f"{reached.headline or ''}\n{reached.text or ''}")))
    relation = "SHARES_WORDS" if words else "SAME_MEANING"
    return Step(relation=relation, node=reached, report=report, words=words)


def _to_recommendation(row: Row, recommendation: Row, report: ReportRef) -> Iterator[Step]:
    """The last steps: over the cause where that is what is addressed."""
    problem, addressed, advice = row["holder"]["id"], row["holder"]["id"], recommendation["id"]
    if row.get("cause"):
        addressed = row["cause"]["id"]
        ends = (problem, addressed)
        yield _step("CAUSED_BY", ends, node("RootCause", row["cause"]), row["caused_by"], report)
    yield _step(
        "ADDRESSES", (advice, addressed), node("Recommendation", recommendation), row["addresses"], report
    )


def _step(relation: str, ends: tuple[str, str], reached: NodeRef, link: Row, report: ReportRef) -> Step:
    """Along a link. `ends`: the ids of its source and target."""
    return Step(
        relation=relation,
        node=reached,
        report=report,
        method=link.get("method"),
        confidence=link.get("confidence"),
        judged=Judged.of(link.get("judged"), report.id, (relation, *ends)),
    )


def _best(found: list[Recommended]) -> list[Recommended]:
    """One entry for each recommendation, by its best path: shortest, surest; in that order."""

    def order(one: Recommended) -> tuple[Any, ...]:
        sure = min((step.confidence for step in one.path if step.confidence is not None), default=1.0)
        # the place of the paths' nodes, so that equals always come in the same order
        return (len(one.path), -sure, one.recommendation.id, [step.node.id for step in one.path])

    best: dict[str, Recommended] = {}
    for one in sorted(found, key=order):
        best.setdefault(one.recommendation.id, one)
    return list(best.values())


def _recommender(request: Request, store: Store) -> Recommender:
    """One for the store that the service has open."""
    held: Recommender | None = getattr(request.app.state, "recommender", None)
    if held is None or held.store is not store:
        held = request.app.state.recommender = Recommender(store)
    return held


#: The finder of recommendations, as a parameter of a route.
Finder = Annotated[Recommender, Depends(_recommender)]
