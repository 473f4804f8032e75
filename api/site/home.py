"""The first page: what is in the graph, where causes lie, what comes up again. And the kinds' colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, PlainTextResponse

from api.lookups.find import Question, find
from api.lookups.items import coded
from api.lookups.kinds import BY_NAME
from api.models import Named
from api.site.addresses import query
from api.site.overview import Overview, read_overview, read_totals
from api.site.page import Pages, TheCounted
from api.stores import Store
from graph.schema import load_schema
from graph.vocabulary import TABLES, taxonomy

router = APIRouter(include_in_schema=False)
#: Years of a table, the newest ones; categories and types in a ranking; latest reports; shades of a cell.
_YEARS, _OFTEN, _LATEST, _SHADES = 6, 6, 6, 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table of years: a kind of report, or problems, causes. A cell: a number, its address."""

    name: Named | None
    what: str
    cells: list[tuple[int, str]]


@router.get("/")
def home(page: Pages, store: Store, counted: TheCounted) -> HTMLResponse:
    """What the graph holds; where it is empty, how it is filled."""
    totals = read_totals(store)
    title = page.words["home"]["title"]
    if not totals["reports"]:
        return page("empty.html", title=title)
    overview = counted.get("overview", totals, partial(read_overview, store))
    latest = find(store, BY_NAME["reports"], Question(order="date", limit=_LATEST)).items
    return page(
        "home.html",
        title=title,
        totals=totals,
        overview=overview,
        latest=latest,
        often=_OFTEN,
        kinds_of_report=taxonomy()["kinds"],
        coded=coded,
        **(_tables(overview) if overview else {}),
    )


@router.get("/browse/kinds.css")
def kinds() -> PlainTextResponse:
    """`.k-Problem { --c: … }`: the colour of each kind, as the schema has it."""
    rules = (f".k-{name} {{ --c: {label.color}; }}" for name, label in load_schema().labels.items())
    return PlainTextResponse("\n".join(rules), media_type="text/css")


def _tables(overview: Overview) -> dict[str, Any]:
    """The matrix of categories and types of causes, and the table of years."""
    found = {one.code for one in overview.categories}
    most = max((number for numbers in overview.causes.values() for number in numbers.values()), default=1)
    years = sorted({one.year for one in overview.reports if one.year}, reverse=True)[:_YEARS][::-1]
    return {
        "categories": _codes("category", found),
        "types": _codes(
            "cause-type", {type_ for _, type_ in overview.causes} | {one.code for one in overview.types}
        ),
        "in_category": {one.code: one.number for one in overview.categories},
        "shade": lambda number: min(_SHADES, 1 + int(_SHADES * number / (most + 1))),
        "years": years,
        "by_year": _by_year(overview, years),
    }


def _codes(kind: str, found: Iterable[str]) -> list[Named]:
    """Those of a vocabulary that were found, in its order."""
    wanted = set(found)
    return [named for code in taxonomy()[TABLES[kind]] if code in wanted and (named := coded(kind, code))]


def _by_year(overview: Overview, years: list[str]) -> list[Line]:
    """A line for each kind of report, then those for problems and causes; the last cell is of all years."""
    lines = []
    numbers: Counter[str | None]
    for named in _codes("kind", (one.kind for one in overview.reports if one.kind)):
        numbers = Counter({one.year: one.reports for one in overview.reports if one.kind == named.code})
        lines.append(Line(named, "reports", _cells("reports", numbers, years, ("kind", named.code))))
    for what in ("problems", "causes"):
        numbers = Counter()
        for one in overview.reports:
            numbers[one.year] += getattr(one, what)
        lines.append(Line(None, what, _cells(what, numbers, years)))
    return lines


def _cells(
    list_: str, numbers: Mapping[str | None, int], years: list[str], *given: tuple[str, object]
) -> list[tuple[int, str]]:
    cells = [
        (numbers[year], f"/browse/{list_}{query(*given, ('date_from', year), ('date_to', year))}")
        for year in years
    ]
    return [*cells, (sum(numbers.values()), f"/browse/{list_}{query(*given)}")]
