"""Two reports, or two units, beside each other."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.errors import NotFound
from api.lookups.comparing import Side, compare, read_side
from api.lookups.find import Question, find
from api.lookups.kinds import BY_NAME
from api.site.page import Pages
from api.site.units import HOW
from api.stores import Store
from graph.store import GraphStore
from viz.words import STATUS

router = APIRouter(include_in_schema=False)
#: Reports, and units, that one can choose from: the newest, the most inspected. Others by their own pages.
_OFFERED = 100
Id = Annotated[str, Query(max_length=400)]


@router.get("/browse/compare")
def comparison(page: Pages, store: Store, a: Id = "", b: Id = "") -> HTMLResponse:
    """What to compare, and where both are chosen what both have, and what only one has."""
    left, right = _side(store, a), _side(store, b)
    offered = {
        name: find(store, BY_NAME[name], Question(order=order, limit=_OFFERED)).items
        for name, order in (("reports", "date"), ("units", "reports"))
    }
    found = compare(left.findings, right.findings) if left and right else None
    return page(
        "compare.html",
        title=page.words["units"]["compare"],
        sides=(left, right),
        offered=offered,
        found=found,
        how_numbers=HOW,
        statuses=STATUS,
    )


def _side(store: GraphStore, id_: str) -> Side | None:
    side = read_side(store, id_) if id_ else None
    if id_ and side is None:
        raise NotFound(f"there is no report or unit {id_!r}; see /browse/reports and /browse/units")
    return side
