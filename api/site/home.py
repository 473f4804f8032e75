"""The first page, and the colours of the kinds."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, PlainTextResponse

from api.lookups.find import Question, find
from api.lookups.kinds import KINDS
from api.site.page import Pages
from api.stores import Store
from graph.schema import load_schema

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(page: Pages, store: Store) -> HTMLResponse:
    """How much there is of each kind."""
    totals = {kind.name: find(store, kind, Question(limit=1)).total for kind in KINDS}
    return page("home.html", title=page.words["home"]["title"], totals=totals)


@router.get("/browse/kinds.css")
def kinds() -> PlainTextResponse:
    """`.k-Problem { --c: … }`: the colour of each kind, as the schema has it."""
    rules = (f".k-{name} {{ --c: {label.color}; }}" for name, label in load_schema().labels.items())
    return PlainTextResponse("\n".join(rules), media_type="text/css")
