"""GET /queries and /queries/{name}: the named questions."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request

from api.errors import NotFound
from api.models import QueryInfo, QueryRows
from api.stores import Store
from graph.queries import list_queries, run_query

router = APIRouter(prefix="/queries", tags=["命名查询 Named queries"])


@router.get("", summary="有哪些命名查询 · The named queries")
def named_queries() -> list[QueryInfo]:
    """问题、参数、列和 Cypher · Question, parameters, columns and Cypher."""
    return [QueryInfo(**asdict(query)) for query in list_queries()]


@router.get("/{name}", summary="运行命名查询 · Run a named query")
def answer_query(name: str, request: Request, store: Store) -> QueryRows:
    """参数写在地址里：/queries/causes-of-category?category=finance · Its parameters stand in the address."""
    if all(query.name != name for query in list_queries()):
        raise NotFound(f"there is no query {name!r}; see /queries")
    result = run_query(store, name, **dict(request.query_params))
    return QueryRows(
        name=name,
        columns=list(result.columns),
        rows=result.rows,
        truncated=result.truncated,
        notes=list(result.notes),
    )
