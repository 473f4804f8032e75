"""One report and what hangs below it: its text, its graph, its map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from api.cypher import ask, query_text
from api.errors import NotFound
from api.formats import as_json
from api.graphs import read_graph
from api.lookups.links import address, links
from api.lookups.models import Report, ReportText, Span
from api.models import (
    GraphEdgeOut,
    GraphNodeOut,
    Named,
    Place,
    ReportGraph,
    ReportRef,
    Standing,
)
from api.shape import Row, named
from api.stores import Store
from graph.queries import run_query
from graph.reading import Reader
from viz.maps import draw_graph

router = APIRouter(prefix="/reports", tags=["报告 Reports"])
_FACTS = ("kind", "place", "date", "level", "round", "url", "name", "sha256", "chars")
Lang = Annotated[Literal["zh", "en"], Query(description="语言 · language of the page")]


@router.get("/{report_id:id}/text", summary="报告的原文 · The text of a report", response_model=ReportText)
def report_text(report_id: str, store: Store) -> Response:
    """全文，以及每个节点和边所在的起止 · The whole text, and where each node and edge stands on it."""
    return as_json(store.read_together(lambda reader: _text(reader, report_id)))


def _text(reader: Reader, report_id: str) -> ReportText:
    ref = _find(reader, report_id)
    texts = ask(reader, "report-text", report=report_id)
    if not texts:
        raise NotFound(f"report {report_id!r} has no text in the graph; load it anew from its file")
    # no user's query: a long report may have more spans than the limit of rows
    rows = reader.read(query_text("report-spans"), report=report_id)
    return ReportText(
        report=ref,
        chars=len(texts[0]["text"]),
        text=texts[0]["text"],
        spans=[
            Span(
                what=row["what"],
                id=row["id"],
                label=row["label"],
                source=row["source"],
                target=row["target"],
                place=Place(start=row["start"], end=row["end"]),
                href=address(row["label"], row["id"]),
            )
            for row in rows
        ],
    )


@router.get("/{report_id:id}/graph", summary="报告的图 · The graph of a report")
def report_graph(report_id: str, store: Store) -> ReportGraph:
    """节点和边；明示与推断见边的 method · Nodes and edges; `method` tells stated edges from inferred ones."""
    data = read_graph(store, report_id)
    shown = {n.id for n in data.nodes if n.label != "SourceText"}
    return ReportGraph(
        report=report_id,
        nodes=[
            GraphNodeOut(id=n.id, label=n.label, properties=dict(n.properties))
            for n in data.nodes
            if n.id in shown
        ],
        edges=[
            GraphEdgeOut(
                id=e.id, type=e.type, source=e.source, target=e.target, properties=dict(e.properties)
            )
            for e in data.edges
            if e.source in shown and e.target in shown
        ],
    )


@router.get("/{report_id:id}/at", summary="原文某处有什么 · What stands at a place of its text")
def report_standing_at(
    report_id: str,
    store: Store,
    start: Annotated[int, Query(ge=0, description="从第几个字 · from this character")],
    end: Annotated[int, Query(ge=0, description="到第几个字，0 = 一个字 · up to; 0: one")] = 0,
) -> list[Standing]:
    """占有这里任何一个字的节点和边，最短的在前 · Nodes and edges that hold any of it, the shortest first."""

    def rows_at(reader: Reader) -> list[dict[str, Any]]:
        _find(reader, report_id)
        return run_query(reader, "standing-at", report=report_id, start=start, end=end, limit=10_000).rows

    return [
        Standing(
            what=row["what"],
            id=row["item_id"],
            label=row["label"],
            quote=row["quote"],
            place=Place(start=row["start"], end=row["end"]),
            source=row["source_id"],
            target=row["target_id"],
        )
        for row in store.read_together(rows_at)
    ]


@router.get(
    "/{report_id:id}/map",
    summary="报告的关系图网页 · The map of a report",
    response_model=None,
    responses={200: {"content": {"text/html": {}}, "description": "网页 · the page"}},
)
def report_map(report_id: str, store: Store, lang: Lang = "zh") -> HTMLResponse:
    """一个自足的网页，不联网 · One page that asks the network for nothing."""
    data = read_graph(store, report_id)
    title = next(str(n.properties["title"]) for n in data.nodes if n.label == "Report")
    return HTMLResponse(draw_graph(data, store.schema, title=title, lang=lang))


# below the longer addresses: an id may hold slashes
@router.get("/{report_id:id}", summary="一份报告 · One report", response_model=Report)
def get_report(report_id: str, store: Store) -> Response:
    """检查对象、出具单位、各类节点数 · Who was inspected, who issued it, how many nodes of each label."""
    return as_json(store.read_together(lambda reader: _whole(reader, report_id)))


def _whole(reader: Reader, report_id: str) -> Report:
    rows = ask(reader, "report-units", report=report_id)
    if not rows:
        raise _missing(report_id)
    own = rows[0]["report"]
    numbers = {row["label"]: row["number"] for row in ask(reader, "report-counts", report=report_id)}
    return Report(
        id=report_id,
        title=own["title"],
        label="Report",
        links=links("Report", report_id),
        **{name: own.get(name) for name in _FACTS},
        warnings=own.get("warnings") or [],
        inspects=_units(rows, "INSPECTS"),
        issued_by=_units(rows, "ISSUED_BY"),
        counts={"Report": numbers.pop("Report"), **numbers},
    )


def _find(reader: Reader, report_id: str) -> ReportRef:
    rows = ask(reader, "report", report=report_id)
    if not rows:
        raise _missing(report_id)
    return ReportRef(**rows[0])


def _missing(report_id: str) -> NotFound:
    return NotFound(f"there is no report {report_id!r}; see /reports")


def _units(rows: Sequence[Row], edge: str) -> list[Named]:
    return [one for row in rows if row["relation"] == edge and (one := named(row["unit"]))]
