"""Maps of what many reports say on a category, a policy or a unit, drawn from the graph when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from api.graphs import read_graph
from api.lookups.kinds import BY_LABEL
from api.routes.downloads import can_draw
from api.site.addresses import page_of, query
from api.site.page import Pages
from api.site.things import thing_of
from api.stores import Store
from graph.data import GraphData
from graph.gather import DRAWN, Gathered, beyond, gather_around, gather_category, gather_known, join
from graph.store import GraphStore
from viz.maps import Served, draw_graph

router = APIRouter(include_in_schema=False)
#: Before the pages of reports: an id may hold slashes.
of_report = APIRouter(include_in_schema=False)
#: Boxes of which one map has the surroundings at most.
MOST_ASKED = 12


class Drawing:
    """A map as it is wanted: round which of its boxes there is to be more, and whether it is to be a file."""

    def __init__(
        self,
        page: Pages,
        store: Store,
        *,
        around: Annotated[list[str] | None, Query(max_length=MOST_ASKED)] = None,
        save: bool = False,
    ) -> None:
        self.page, self.store, self.around, self.save = page, store, around or [], save

    def known(self, label: Literal["Policy", "Unit"], id_: str) -> HTMLResponse:
        """The map of a policy or a unit. Raises NotFound, QueryError, StoreError."""
        name = getattr(thing_of(self.store, BY_LABEL[label], id_), "name", id_)
        return self.of(gather_known(self.store, label, id_, name), page_of(label, id_) or "/")

    def of(self, found: Gathered, back: str) -> HTMLResponse:
        """The map. What is served has ways back and out of it, a file has none."""
        lang = self.page.lang
        data = _with(self.store, found.data, self.around)
        served = None if self.save else Served(self._ways(back), self._beyond(data))
        title = found.zh if lang == "zh" else found.en
        answer = HTMLResponse(
            draw_graph(data, self.store.schema, title=title, lang=lang, more=found.more, served=served)
        )
        if self.save:
            answer.headers["Content-Disposition"] = 'attachment; filename="map.html"'
        return self.page.remember(answer)

    def _here(self, *more: tuple[str, object]) -> str:
        return query(("lang", self.page.chosen), *(("around", id_) for id_ in self.around), *more)

    def _ways(self, back: str) -> list[tuple[str, str]]:
        words = self.page.words
        return [
            (words["site"]["name"], "/"),
            (words["maps"]["back"], back),
            (words["maps"]["save"], self._here(("save", "true"))),
        ]

    def _beyond(self, data: GraphData) -> dict[str, tuple[int, str]]:
        if len(self.around) >= MOST_ASKED:
            return {}
        return {
            id_: (count, self._here(("around", id_)))
            for id_, count in beyond(self.store, data).items()
            if id_ not in self.around
        }


Wanted = Annotated[Drawing, Depends()]


@of_report.get("/browse/reports/{report_id:id}/map")
def report_map(report_id: str, page: Pages, store: Store) -> HTMLResponse:
    """The map of one report, with the way back to it and the files to hand on."""
    data = read_graph(store, report_id)
    words, files = page.words["maps"], f"/reports/{quote(report_id, safe='')}/download"
    forms = [("save", "html"), *((form, form) for form in ("pdf", "png") if can_draw())]
    ways = [
        (page.words["site"]["name"], "/"),
        (words["report"], page_of("Report", report_id) or "/"),
        *((words[name], f"{files}/{form}?lang={page.lang}") for name, form in forms),
    ]
    return page.remember(
        HTMLResponse(
            draw_graph(
                data,
                store.schema,
                title=str(data.report.properties["title"]),
                lang=page.lang,
                served=Served(ways),
            )
        )
    )


@router.get("/browse/maps/category/{code:id}")
def category_map(code: str, drawing: Wanted) -> HTMLResponse:
    """The problems of a category, by date of their report."""
    return drawing.of(gather_category(drawing.store, code), f"/browse/problems{query(('category', code))}")


@router.get("/browse/maps/policy/{thing_id:id}")
def policy_map(thing_id: str, drawing: Wanted) -> HTMLResponse:
    """The problems that cite a policy, or whose evidence, cause or measure does."""
    return drawing.known("Policy", thing_id)


@router.get("/browse/maps/unit/{thing_id:id}")
def unit_map(thing_id: str, drawing: Wanted) -> HTMLResponse:
    """A unit's problems over time."""
    return drawing.known("Unit", thing_id)


def _with(store: GraphStore, data: GraphData, around: Sequence[str]) -> GraphData:
    """The graph with what is round these of its nodes; one that is not among them leads nowhere."""
    for id_ in around:
        label = next((node.label for node in data.nodes if node.id == id_ and node.label in DRAWN), None)
        if label:
            data = join([data, gather_around(store, label, id_)], data.report_id)
    return data
