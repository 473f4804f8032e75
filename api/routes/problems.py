"""What hangs below one problem: its causes, its recommendations."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.cypher import ask
from api.errors import NotFound
from api.formats import as_json
from api.judging import Signer, Signing
from api.models import (
    Cause,
    Judged,
    ProblemRecommendations,
    ReportRef,
    Statement,
)
from api.paging import Limit
from api.related import Finder, own_recommendations
from api.shape import Row, named, node, place
from api.stores import Store
from graph.reading import Reader
from graph.store import GraphStore

router = APIRouter(prefix="/problems", tags=["问题 Problems"])


@router.get("/{problem_id:id}/causes", summary="问题的原因 · Why it happened", response_model=list[Cause])
def problem_causes(problem_id: str, store: Store, signer: Signing) -> Response:
    """报告明示的在先，推断的在后；也列出上级和分项问题的原因 · Stated causes first, then inferred ones;
    also those of what the problem is part of and of its items (`problem` says whose)."""
    return as_json(causes_of(problem_id, store, signer))


def causes_of(problem_id: str, store: GraphStore, signer: Signer) -> list[Cause]:
    """The causes of a problem, as the route gives them. Raises NotFound, StoreError."""
    found = store.read_together(lambda reader: _causes(reader, problem_id))
    signer.sign(found)
    return found


def _causes(reader: Reader, problem_id: str) -> list[Cause]:
    report = _find(reader, problem_id)["report_id"]
    rows = ask(reader, "problem-causes", problem=problem_id)
    texts = ask(reader, "report-text", report=report) if rows else []
    text = texts[0]["text"] if texts else None
    found = [
        Cause(
            cause=node("RootCause", r["cause"]),
            type=named(r["type"]),
            method=r["link"]["method"],
            confidence=r["link"]["confidence"],
            judged=Judged.of(
                r["link"].get("judged"), report, ("CAUSED_BY", r["holder"]["id"], r["cause"]["id"])
            ),
            statement=_statement(r["link"], text),
            problem=node("Problem", r["holder"]),
        )
        for r in rows
    ]
    return sorted(
        found,
        key=lambda c: (
            c.method == "inferred",
            c.problem.id != problem_id,
            -c.confidence,
            c.cause.id,
            c.problem.id,
        ),
    )


@router.get("/{problem_id:id}/recommendations", summary="问题的建议 · What is recommended for it")
def problem_recommendations(
    problem_id: str, store: Store, finder: Finder, signer: Signing, limit: Limit = 20
) -> ProblemRecommendations:
    """本报告的建议，以及别处对类似问题的建议；path 说明由来 · Its own, and those for problems like it
    elsewhere; `path` explains each."""
    row = _find(store, problem_id)
    asked, report = node("Problem", row["problem"]), ReportRef(id=row["report_id"], title=row["report_title"])
    own = own_recommendations(store, asked, report)
    found = ProblemRecommendations(own=own[:limit], related=finder.for_problem(asked, report, own, limit))
    signer.sign([*found.own, *found.related])
    return found


def _find(reader: Reader, problem_id: str) -> Row:
    rows = ask(reader, "problems-by-id", ids=[problem_id])
    if not rows:
        raise NotFound(f"there is no problem {problem_id!r}; see /problems")
    return rows[0]


def _statement(link: Row, text: str | None) -> Statement | None:
    stated = place(link)
    if stated is None:
        return None
    words = None if text is None else text[stated.start : stated.end]
    return Statement(cue=link.get("cue"), text=words, place=stated)
