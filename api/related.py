"""Recommendations for a problem or for words, each with the path that explains it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from api.cypher import ask
from api.models import NodeRef, Recommended, ReportRef, Step
from api.shape import Row, named, node
from graph.search import fold, search_terms
from graph.store import GraphStore

#: The words of a long text that are looked up: its first.
MOST_CHARS = 400


def own_recommendations(store: GraphStore, asked: NodeRef, report: ReportRef) -> list[Recommended]:
    """What its own report recommends for a problem, for what it is part of, for its items or their causes."""
    found = []
    for row in ask(store, "problem-recommendations", problem=asked.id):
        path = [Step(relation=None, node=asked, report=report)]
        if row["holder"]["id"] != asked.id:
            path.append(Step(relation="PART_OF", node=node("Problem", row["holder"]), report=report))
        path += _to_recommendation(row, report)
        found.append(Recommended(recommendation=path[-1].node, report=report, likeness=None, path=path))
    return _best(found)


def related_to_text(store: GraphStore, text: str, limit: int) -> list[Recommended]:
    """What was recommended for problems that share words with the text, the most alike first."""
    asked = NodeRef(id="", label="Text", text=text)
    return _by_words(store, Step(relation=None, node=asked), text, without="")[:limit]


def related_to_problem(store: GraphStore, asked: NodeRef, report: ReportRef, limit: int) -> list[Recommended]:
    """What other reports recommend for problems like this one: by its words, then by its category."""
    first = Step(relation=None, node=asked, report=report)
    found = _by_words(store, first, asked.headline or asked.text or "", without=report.id)
    rows = ask(store, "category-recommendations", problem=asked.id, limit=limit * 4)
    return _best([*found, *(_by_category(first, row) for row in rows)])[:limit]


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


def _by_words(store: GraphStore, first: Step, text: str, *, without: str) -> list[Recommended]:
    text = text[:MOST_CHARS]
    terms = search_terms(text)
    if not terms:
        return []
    rows = ask(store, "related-recommendations", terms=terms, query=" ".join(terms), without=without)
    found = []
    for row in rows:
        report = ReportRef(id=row["report_id"], title=row["report_title"])
        path = [first, Step(relation="SHARES_WORDS", node=node("Problem", row["similar"]), report=report,
                            words=shared_words(text, row["found"]))]
        if row["holder"]["id"] != row["similar"]["id"]:
            path.append(Step(relation="PART_OF", node=node("Problem", row["holder"]), report=report))
        path += _to_recommendation(row, report)
        found.append(Recommended(recommendation=path[-1].node, report=report, path=path,
                                 likeness=round(len(row["found"]) / len(terms), 2)))
    return _best(found)


def _by_category(first: Step, row: Row) -> Recommended:
    report = ReportRef(id=row["report_id"], title=row["report_title"])
    category = named(row["category"])
    step = Step(relation="SAME_CATEGORY", node=node("Problem", row["similar"]), report=report,
                words=[category.name] if category else [])
    path = [first, step, *_to_recommendation(row, report)]
    return Recommended(recommendation=path[-1].node, report=report, likeness=None, path=path)


def _to_recommendation(row: Row, report: ReportRef) -> Iterator[Step]:
    """The last steps: over the cause where that is what is addressed."""
    if row.get("cause"):
        yield _step("CAUSED_BY", node("RootCause", row["cause"]), row["caused_by"], report)
    yield _step("ADDRESSES", node("Recommendation", row["recommendation"]), row["addresses"], report)


def _step(relation: str, reached: NodeRef, link: Row, report: ReportRef) -> Step:
    return Step(relation=relation, node=reached, report=report, method=link.get("method"),
                confidence=link.get("confidence"))


def _best(found: list[Recommended]) -> list[Recommended]:
    """One entry for each recommendation, by its best path: most alike, shortest, surest; in that order."""
    def rank(one: Recommended) -> tuple[Any, ...]:
        sure = min((step.confidence for step in one.path if step.confidence is not None), default=1.0)
        # the place of the paths' nodes, so that equals always come in the same order
        return (-(one.likeness or 0), len(one.path), -sure, one.report.id, one.recommendation.id,
                [step.node.id for step in one.path])
    best: dict[str, Recommended] = {}
    for one in sorted(found, key=rank):
        best.setdefault(one.recommendation.id, one)
    return list(best.values())
