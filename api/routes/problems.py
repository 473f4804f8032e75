"""GET /problems and what hangs below one problem: its causes, its recommendations."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.cypher import ask
from api.errors import NotFound
from api.models import (
    Cause,
    Citation,
    MeasureOut,
    NodeRef,
    Page,
    Problem,
    ProblemRecommendations,
    ProblemSummary,
    ReportRef,
    Statement,
)
from api.paging import Limit, Offset
from api.related import Finder, own_recommendations
from api.shape import Row, named, node, place, problem, problem_summary
from api.stores import Store
from graph.names import named as named_in
from graph.names import notes_on_names
from graph.search import index_query, split_words
from graph.store import GraphStore, QueryError
from graph.vocabulary import check_choice

router = APIRouter(prefix="/problems", tags=["问题 Problems"])

#: Filters that are names: type of name by filter.
_NAMES = {"unit": "unit", "report": "report-id"}


@router.get("", summary="查找问题 · Find problems")
def problems(
    *,
    store: Store,
    category: Annotated[str, Query(description="问题类别的代码 · code of a category")] = "",
    report: Annotated[str, Query(description="报告 id · id of a report")] = "",
    unit: Annotated[str, Query(description="单位的 id、名称或别名 · id, name or alias of a unit")] = "",
    q: Annotated[str, Query(max_length=1000, description="问题中的文字，空格隔开几个词，每个都要有 · "
                            "words in it, as a reader sees them; a blank parts them")] = "",
    cause_type: Annotated[str, Query(description="原因类型的代码 · code of a type of cause")] = "",
    limit: Limit = 50, offset: Offset = 0,
) -> Page[ProblemSummary]:
    """按报告和位置排列；有 q 时标题中有的在先 · By report and place; with `q`, hits in headlines first."""
    for name, kind, value in (("category", "category", category), ("cause_type", "cause-type", cause_type)):
        if value:
            check_choice(name, kind, value)
    wanted = {"category": category, "report": report, "unit": unit, "cause_type": cause_type}
    words = split_words(q)
    if q.strip() and not words:
        raise QueryError("q: nothing to look up; give a character, a word or a number")
    if words:
        rows, total = _by_text(store, words, wanted, limit, offset)
    else:
        total = ask(store, "problem-count", **wanted)[0]["total"]
        rows = ask(store, "problems", **wanted, limit=limit, offset=offset)
    return Page(items=[problem_summary(row) for row in rows], total=total, limit=limit, offset=offset,
                notes=[] if total else list(notes_on_names(store, named_in(_NAMES, wanted))))


@router.get("/{problem_id:id}/causes", summary="问题的原因 · Why it happened")
def causes(problem_id: str, store: Store) -> list[Cause]:
    """报告明示的在先，推断的在后；也列出上级和分项问题的原因 · Stated causes first, then inferred ones;
    also those of what the problem is part of and of its items (`problem` says whose)."""
    report = _find(store, problem_id)["report_id"]
    rows = ask(store, "problem-causes", problem=problem_id)
    texts = ask(store, "report-text", report=report) if rows else []
    text = texts[0]["text"] if texts else None
    found = [Cause(cause=node("RootCause", r["cause"]), type=named(r["type"]), method=r["link"]["method"],
                   confidence=r["link"]["confidence"], statement=_statement(r["link"], text),
                   problem=node("Problem", r["holder"])) for r in rows]
    return sorted(found, key=lambda c: (c.method == "inferred", c.problem.id != problem_id, -c.confidence,
                                        c.cause.id, c.problem.id))


@router.get("/{problem_id:id}/recommendations", summary="问题的建议 · What is recommended for it")
def recommendations(problem_id: str, store: Store, finder: Finder,
                    limit: Limit = 20) -> ProblemRecommendations:
    """本报告的建议，以及别处对类似问题的建议；path 说明由来 · Its own, and those for problems like it
    elsewhere; `path` explains each."""
    row = _find(store, problem_id)
    asked, report = node("Problem", row["problem"]), ReportRef(id=row["report_id"], title=row["report_title"])
    return ProblemRecommendations(own=own_recommendations(store, asked, report)[:limit],
                                  related=finder.for_problem(asked, report, limit))


# below the longer addresses: an id may hold slashes
@router.get("/{problem_id:id}", summary="一个问题 · One problem")
def one_problem(problem_id: str, store: Store) -> Problem:
    """分项、依据、后果、整改措施、政策、单位 · With items, evidence, effects, measures, policies, units."""
    row = _find(store, problem_id)
    links = ask(store, "problem-links", problem=problem_id)

    def of(direction: str, *types: str) -> list[dict[str, Any]]:
        found = [r for r in links if r["direction"] == direction and r["type"] in types]
        return sorted(found, key=lambda r: (r["node"].get("start") or 0, r["node"]["id"], r["link"]["id"]))

    def nodes(direction: str, type_: str) -> list[NodeRef]:
        return [node(r["label"], r["node"]) for r in of(direction, type_)]

    units = {r["node"]["id"]: named(r["node"]) for r in of("out", "CONCERNS", "MENTIONS")}
    return Problem(
        **problem(row), text=row["problem"]["text"], items=nodes("in", "PART_OF"),
        evidence=nodes("in", "SUPPORTS"), effects=nodes("out", "LEADS_TO"),
        measures=[MeasureOut(**node("Measure", r["node"]).model_dump(), status=r["node"].get("status"))
                  for r in of("in", "RESOLVES")],
        policies=[Citation(policy=policy, article=r["link"].get("article"), place=place(r["link"]))
                  for r in of("out", "REFERENCES") if (policy := named(r["node"]))],
        units=[unit for unit in units.values() if unit])


def _find(store: GraphStore, problem_id: str) -> Row:
    rows = ask(store, "problems-by-id", ids=[problem_id])
    if not rows:
        raise NotFound(f"there is no problem {problem_id!r}; see /problems")
    return rows[0]


def _by_text(store: GraphStore, words: list[str], wanted: dict[str, str], limit: int,
             offset: int) -> tuple[list[dict[str, Any]], int]:
    query, filters = index_query(words), {"words": words, **wanted}
    ids = [r["id"] for r in (ask(store, "problems-by-text", query=query, **filters) if query else
                             ask(store, "problems-by-scan", **filters))]
    found = {r["problem"]["id"]: r for r in ask(store, "problems-by-id", ids=ids[offset:offset + limit])}
    return [found[i] for i in ids[offset:offset + limit] if i in found], len(ids)


def _statement(link: Row, text: str | None) -> Statement | None:
    stated = place(link)
    if stated is None:
        return None
    words = None if text is None else text[stated.start:stated.end]
    return Statement(cue=link.get("cue"), text=words, place=stated)
