"""The page of a report: its text and its map side by side, its problems below, and what people judged."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.access.callers import caller_of
from api.access.masking import is_masked
from api.access.names import mask
from api.findings import Outline, outline, words_of
from api.graphs import read_graph
from api.lookups.items import coded
from api.routes.downloads import PICTURES, DownloadForm, can_draw
from api.site import marked
from api.site.addresses import page_of, query
from api.site.page import Page, Pages
from api.stores import Store
from graph.data import GraphData, GraphNode
from graph.reviewed import Reviewed, reviewed
from graph.vocabulary import taxonomy
from viz.details import yuan
from viz.maps import id_on_page

router = APIRouter(include_in_schema=False)
#: The kinds whose marks in the text can be hidden, in the order of the legend.
_LEGEND = (
    "Problem",
    "RootCause",
    "Effect",
    "Evidence",
    "Recommendation",
    "Measure",
    "Policy",
    "Unit",
    "link",
)


@router.get("/browse/reports/{report_id:id}")
def report_page(report_id: str, page: Pages, store: Store, request: Request) -> HTMLResponse:
    """Everything that was read from one report, in its place."""
    data = read_graph(store, report_id)
    found, text = marked.marks(data), _text(data, request)
    rows, judged = outline(data), reviewed(store, data)
    many = Counter(mark.kind for mark in found)
    own = data.report.properties
    return page(
        "report.html",
        title=own["title"],
        report=data.report,
        facts=_facts(data, page),
        warnings=own.get("warnings") or [],
        paragraphs=marked.paragraphs(text, found) if text else [],
        legend=[(kind, many[kind]) for kind in _LEGEND if kind in many],
        signed=marked.SIGNED,
        rows=rows,
        of=_by_place(judged),
        aside=[one for one in judged if not one.stands or one.state != "fits"],
        choices=_choices(rows),
        id_on_page=id_on_page,
        words_of=words_of,
        yuan=yuan,
        said=_words_judged,
        forms=[str(form) for form in DownloadForm if form not in PICTURES or can_draw()],
        no_pictures=not can_draw(),
        me=caller_of(request.scope).name if caller_of(request.scope).key else "",
    )


def _text(data: GraphData, request: Request) -> str:
    """The report's text, without the names of persons for those who may not see them: a mark would cut them
    in two, so that they could not be found in the page.
    """
    text = next((str(n.properties["text"]) for n in data.nodes if n.label == "SourceText"), "")
    return mask(text) if is_masked(request) else text


def _facts(data: GraphData, page: Page) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """(what, [(words, where they lead)]) of what is known of the report."""
    own, words = data.report.properties, page.words["report"]
    units = {n.id: n for n in data.nodes if n.label == "Unit"}
    facts: list[tuple[str, list[tuple[str, str | None]]]] = []
    for name, edge in (("inspects", "INSPECTS"), ("issued_by", "ISSUED_BY")):
        facts.append(
            (
                words[name],
                [
                    (str(units[e.target].properties["name"]), page_of("Unit", e.target))
                    for e in data.edges
                    if e.type == edge
                ],
            )
        )
    kind = coded("kind", own.get("kind"))
    if kind:
        facts.append((words["kind"], [(page.named(kind), f"/browse/reports{query(('kind', kind.code))}")]))
    for name in ("date", "place", "level", "round", "name"):
        value = own.get(name)
        at = f"/browse/reports{query(('place', value))}" if name == "place" else None
        facts.append((words[name], [(str(value), at)] if value else []))
    return [(name, said) for name, said in facts if said]


def _by_place(judged: list[Reviewed]) -> dict[str, list[Reviewed]]:
    """The judgements of what stands in the graph, by the id of a problem or `source target` of a link."""
    found: dict[str, list[Reviewed]] = defaultdict(list)
    for one in judged:
        if one.stands and one.state == "fits":
            found[" ".join(one.stands)].append(one)
    return found


def _choices(rows: Outline) -> dict[str, Any]:
    """What may be given instead: the problems and causes of the report, categories, types of causes."""
    causes: dict[str, GraphNode] = {link.node.id: link.node for row in rows.rows for link in row.causes}
    causes |= {node.id: node for node in rows.loose if node.label == "RootCause"}
    return {
        "problems": [(row.node.id, row.headline) for row in rows.rows],
        "causes": [(id_, words_of(node)) for id_, node in causes.items()],
        "categories": taxonomy()["categories"],
        "types": taxonomy()["cause_types"],
    }


def _words_judged(one: Reviewed) -> str:
    """The words of what is judged."""
    said = one.review
    return " → ".join(quote.words for quote in (said.left, said.right) if quote)
