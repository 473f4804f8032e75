"""Free Cypher for those who may: the query, the schema beside it, its answer as table, map and files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic_core import from_json

from api.access.audit import note
from api.access.callers import Needs
from api.cypher_access import need_research
from api.cypher_models import CypherIn
from api.formats import Form as FileForm
from api.routes.cypher import answer_question
from api.settings import Settings
from api.site.cells import plain_table
from api.site.forms import Form
from api.site.page import Page, Pages
from api.site.questions import has_parquet, map_of
from api.stores import Store
from graph.errors import QueryError
from graph.gate.answers import Answer
from graph.gate.gate import BusyError, Gate
from graph.schema import load_schema
from graph.store import GraphStore

router = APIRouter(include_in_schema=False)
_RESEARCH = Needs("research")
#: Where a fault stands, as the gate and both databases say it.
_PLACE = re.compile(r"\(line (\d+), (?:character|column) (\d+)|line (\d+):(\d+)")
_EXAMPLES = (
    (
        "example_causes",
        "MATCH (p:Problem)-[e:CAUSED_BY]->(c:RootCause)\nWHERE e.method = 'explicit'\n"
        "RETURN p, e, c\nLIMIT 50",
    ),
    (
        "example_search",
        "MATCH (p:Problem)-[:STATED_IN]->(r:Report)\nWHERE p.search CONTAINS '资金'\n"
        "RETURN p, r.date AS date, r\nORDER BY date DESC\nLIMIT 50",
    ),
    (
        "example_units",
        "MATCH (u:Unit)<-[:INSPECTS]-(r:Report)\nRETURN u, count(r) AS reports\n"
        "ORDER BY reports DESC\nLIMIT 20",
    ),
    (
        "example_path",
        "MATCH path = (m:Measure)-[:RESOLVES]->(:Problem)-[:CAUSED_BY]->(:RootCause)\nRETURN path\nLIMIT 20",
    ),
    (
        "example_policies",
        "MATCH (k:Policy)<-[e:REFERENCES]-(p:Problem)\nRETURN k, p.category AS category, "
        "count(e) AS citations\nORDER BY citations DESC\nLIMIT 30",
    ),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no answer. `line` and `column` from 1, where it says so."""

    status: int
    message: str
    fix: str
    line: str = ""
    column: str = ""


async def _may(request: Request) -> None:
    """Raises HTTPException where the caller lacks the scope; a service that is closed says so on its page."""
    settings: Settings = request.app.state.settings
    if settings.cypher:
        await _RESEARCH(request)


@router.get("/browse/cypher", dependencies=[Depends(_may)])
def cypher_page(
    page: Pages,
    query: Annotated[str, Query(max_length=20_000)] = "",
    parameters: Annotated[str, Query(max_length=20_000)] = "",
) -> HTMLResponse:
    """The form, filled with what the address gives, but nothing is asked."""
    settings: Settings = page.request.app.state.settings
    if not settings.cypher:
        return page("cypher-closed.html", title=page.words["cypher"]["title"])
    return _page(page, query, parameters)


@router.post("/browse/cypher", dependencies=[Depends(need_research)])
def answer_page(page: Pages, form: Form, store: Store) -> HTMLResponse:
    """The answer, or what is wrong with the query and where. Raises StoreError."""
    text, parameters = form.get("query", ""), form.get("parameters", "")
    note(page.request, cypher=text)
    try:
        return _page(page, text, parameters, answer=_ask(page.request, store, text, parameters))
    except BusyError as err:
        fault = Fault(429, *_halves(str(err)))
    except QueryError as err:
        message, fix = _halves(str(err))
        place = _PLACE.search(str(err))
        line, column = [part for part in place.groups() if part] if place else ("", "")
        fault = Fault(422, message, fix, line, column)
    return _page(page, text, parameters, fault=fault)


@router.post("/browse/cypher/map", dependencies=[Depends(need_research)])
def answer_map(page: Pages, form: Form, store: Store) -> HTMLResponse:
    """The nodes of the answer as a map. Raises NotFound, QueryError, StoreError, BusyError."""
    found = _ask(page.request, store, form.get("query", ""), form.get("parameters", ""))
    ids: dict[str, list[str]] = {}
    for node in found.nodes:
        if node["id"]:
            ids.setdefault(node["label"], []).append(node["id"])
    return map_of(store, ids, page.words["cypher"]["answer"], page.lang)


@router.post("/browse/cypher.{kind}", dependencies=[Depends(need_research)])
def answer_file(kind: FileForm, request: Request, form: Form, store: Store) -> Response:
    """The answer as a file. Raises QueryError, StoreError."""
    # of the right types, and the gate looks at the rest
    asked = CypherIn.model_construct(
        query=form.get("query", ""), parameters=_read(form.get("parameters", ""))
    )
    note(request, cypher=asked.query)
    answer = answer_question(asked, request, store, kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="answer.{kind}"'
    return answer


def _ask(request: Request, store: GraphStore, text: str, parameters: str) -> Answer:
    gate: Gate = request.app.state.gate
    gate.check_store(store)
    return gate.ask(store, text, _read(parameters))


def _page(
    page: Page, query: str, parameters: str, *, answer: Answer | None = None, fault: Fault | None = None
) -> HTMLResponse:
    schema = load_schema()
    return page(
        "cypher.html",
        status=fault.status if fault else 200,
        title=page.words["cypher"]["title"],
        text=query,
        parameters=parameters,
        fault=fault,
        answer=answer,
        parquet=has_parquet(page.request),
        examples=_EXAMPLES,
        table=plain_table(answer.columns, answer.rows) if answer else None,
        labels=schema.labels.values(),
        edges=schema.edges.values(),
    )


def _read(parameters: str) -> dict[str, Any]:
    """The parameters, which are written as one object of JSON. Raises QueryError."""
    if not parameters.strip():
        return {}
    try:
        value = from_json(parameters, allow_inf_nan=False)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise QueryError(
            '参数须为 JSON 对象 · the parameters must be an object of JSON; write {"name": "value"}'
        )
    return value


def _halves(said: str) -> tuple[str, str]:
    message, _, fix = said.partition("; ")
    return message, fix
