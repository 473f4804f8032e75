"""The page of a unit: what reports have found there over time, what came back, what was done about it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.lookups import alike
from api.lookups.history import MOST_PROBLEMS, MOST_REPORTS, read_history
from api.lookups.kinds import BY_NAME
from api.lookups.neighbours import read_neighbours
from api.site.page import Pages
from api.site.things import show, thing_of
from api.stores import Store
from graph.vocabulary import taxonomy

router = APIRouter(include_in_schema=False)
#: What `how_says` tells of.
HOW = (alike.WORDS, alike.CATEGORY, alike.LEAST)


@router.get("/browse/units/{thing_id:id}")
def unit(thing_id: str, page: Pages, store: Store) -> HTMLResponse:
    """Reports by date with their problems by category; what recurs; what is open."""
    kind = BY_NAME["units"]
    thing = thing_of(store, kind, thing_id)
    near = read_neighbours(store, kind, thing_id)
    return show(
        page,
        "unit.html",
        thing,
        history=read_history(store, thing_id),
        how_numbers=HOW,
        limits=(MOST_REPORTS, MOST_PROBLEMS),
        mentioned=near.get("mentioned_in", []),
        report_kinds=taxonomy()["kinds"],
    )
