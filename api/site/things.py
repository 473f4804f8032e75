"""The page of one problem, cause, recommendation, measure, piece of evidence or policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from api.errors import NotFound
from api.judging import Signing
from api.lookups.find import Question, find
from api.lookups.items import read_items
from api.lookups.kind import Kind
from api.lookups.kinds import BY_NAME, KINDS
from api.lookups.models import Item, Neighbour, ProblemSummary
from api.lookups.neighbours import read_neighbours
from api.models import NodeRef
from api.related import Finder, Recommender
from api.routes.downloads import can_draw
from api.routes.problems import causes_of, problem_recommendations
from api.routes.quotes import quotes
from api.site.page import Page, Pages
from api.site.rows import Causes, read_causes
from api.stores import Store
from graph.exports.answers import to_csv
from graph.store import GraphStore
from viz.details import yuan
from viz.maps import id_on_page
from viz.quotes import flow
from viz.words import LINKS, STATUS

router = APIRouter(include_in_schema=False)
#: Characters that are shown before and after a quote.
_AROUND = 90
#: Recommendations of other reports, and problems like one, on its page.
_RELATED, _SIMILAR = 8, 6
#: Problems on the page of a policy.
_LATEST = 12
#: What the facts of a page say already, or a part of its own.
_TOLD = {"STATED_IN", "IN_CATEGORY", "OF_TYPE"}
_COLUMNS = (
    "relation",
    "direction",
    "label",
    "id",
    "name",
    "quote",
    "start",
    "end",
    "method",
    "confidence",
    "cue",
    "article",
    "status",
)


def thing_of(store: GraphStore, kind: Kind, id_: str) -> Item:
    """The thing with this id. Raises NotFound, StoreError."""
    found = read_items(store, kind, [id_])
    if not found:
        raise NotFound(f"there is no {kind.one} {id_!r}; see /browse/{kind.name}")
    return found[0]


def groups_of(near: Mapping[str, list[Neighbour]], *, without: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The neighbours by the edge that leads to them: key in LINKS, `name` as in the links, `things`."""
    left = {*_TOLD, *without}
    return [
        {"edge": edge, "name": name, "things": list(things)}
        for name, found in near.items()
        for edge, things in groupby(found, lambda one: (one.relation, one.direction))
        if edge[0] not in left
    ]


def show(page: Page, template: str, thing: Item, **values: Any) -> HTMLResponse:
    """The page of a thing, with the words that maps have for edges and states."""

    def has(key: str) -> Any:
        return getattr(thing, key, None)

    named = next((said for key in ("headline", "name", "quote") if (said := has(key))), thing.id)
    return page(
        template,
        title=named,
        name=named,
        thing=thing,
        has=has,
        links=LINKS,
        statuses=STATUS,
        yuan=yuan,
        flow=flow,
        can_draw=can_draw(),
        on_map=id_on_page(thing.id),
        **values,
    )


@router.get("/browse/problems/{thing_id:id}")
def problem(thing_id: str, page: Pages, store: Store, finder: Finder, signer: Signing) -> HTMLResponse:
    """What was found, why, what is recommended for it here and elsewhere, what is like it."""
    kind = BY_NAME["problems"]
    thing = thing_of(store, kind, thing_id)
    assert isinstance(thing, ProblemSummary)
    near = read_neighbours(store, kind, thing_id)
    return show(
        page,
        "problem.html",
        thing,
        context=quotes(thing_id, store, "", _AROUND, 1)[0],
        causes=causes_of(thing_id, store, signer),
        advice=problem_recommendations(thing_id, store, finder, signer, _RELATED),
        groups=groups_of(near, without=("CAUSED_BY", "ADDRESSES")),
        similar=_similar(store, finder, thing),
    )


def _similar(
    store: GraphStore, finder: Recommender, thing: ProblemSummary
) -> list[tuple[Item, float, list[Causes]]]:
    """Problems that are like this one, how like, and the types of their causes."""
    asked = NodeRef(id=thing.id, label="Problem", headline=thing.headline, text=thing.quote)
    scores = dict(finder.problems_like(asked, thing.report, _SIMILAR))
    causes = read_causes(store, [*scores])
    return [
        (one, scores[one.id], causes.get(one.id, []))
        for one in read_items(store, BY_NAME["problems"], [*scores])
    ]


def _said(kind: Kind) -> Callable[..., HTMLResponse]:
    """The route of a kind of which all there is to say stands round it."""

    def thing_page(thing_id: str, page: Pages, store: Store) -> HTMLResponse:
        thing = thing_of(store, kind, thing_id)
        return show(
            page,
            "thing.html",
            thing,
            context=quotes(thing_id, store, "", _AROUND, 1)[0],
            groups=groups_of(read_neighbours(store, kind, thing_id)),
        )

    return thing_page


for _name in ("causes", "recommendations", "measures", "evidence"):
    router.add_api_route(f"/browse/{_name}/{{thing_id:id}}", _said(BY_NAME[_name]), methods=["GET"])


@router.get("/browse/policies/{thing_id:id}")
def policy(thing_id: str, page: Pages, store: Store) -> HTMLResponse:
    """What problems it is cited for, and where."""
    kind = BY_NAME["policies"]
    thing = thing_of(store, kind, thing_id)
    problems = find(
        store,
        BY_NAME["problems"],
        Question({"policy": thing_id}, order="date", limit=_LATEST, facets=("category", "report")),
    )
    return show(
        page,
        "policy.html",
        thing,
        problems=problems,
        cited=read_neighbours(store, kind, thing_id).get("cited_in", []),
    )


def _table(kind: Kind) -> Callable[..., Response]:
    """The route of the same neighbours as CSV."""

    def table(thing_id: str, store: Store) -> Response:
        thing_of(store, kind, thing_id)
        found = read_neighbours(store, kind, thing_id).values()
        nowhere = {"start": None, "end": None}
        rows = [
            {**one.model_dump(), **(one.place.model_dump() if one.place else nowhere)}
            for group in found
            for one in group
        ]
        return Response(
            to_csv(_COLUMNS, rows) + "\n",
            media_type="text/csv",
            headers={"Content-Disposition": f'attachment; filename="{kind.one}.csv"'},
        )

    return table


#: Before the pages themselves: an id may hold slashes.
tables = APIRouter(include_in_schema=False)
for _kind in KINDS:
    tables.add_api_route(
        f"/browse/{_kind.name}/{{thing_id:id}}/neighbours.csv", _table(_kind), methods=["GET"]
    )
