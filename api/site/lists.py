"""The lists of all eight kinds: what the API's list answers, laid out to be read, narrowed and paged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from inspect import Parameter
from typing import Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from api.cypher import ask
from api.lookups.find import Question, count_values, find
from api.lookups.kind import Kind
from api.lookups.kinds import KINDS
from api.lookups.models import FacetValue, Item, Listing
from api.related import Finder, Recommender
from api.routes.lookups import list_parameters, signed
from api.site.addresses import query
from api.site.chosen import SHOWN, Chosen
from api.site.counted import Counted
from api.site.near import FEW, Near, near, without
from api.site.page import Page, Pages, TheCounted
from api.site.rows import read_rows
from api.site.twins import csv_of
from api.stores import Store
from graph.search import split_words
from graph.store import GraphStore
from graph.vocabulary import taxonomy

router = APIRouter(include_in_schema=False)
_LIMIT = 30
#: Counts that take long where much is left to count; from so many things on they are made when asked for.
_DEAR, _MANY = ("unit", "policy", "report", "level"), 2000
_DEAR_OF = {"units": ("category",), "policies": ("category",), "reports": ("category",)}
#: What is typed, in a form; other filters are chosen by links.
_TYPED = ("unit", "policy", "place", "date_from", "date_to", "confidence")


def _tidy(request: Request) -> None:
    """Lead to the address without the fields that a form left empty. Raises HTTPException 303."""
    given = request.query_params.multi_items()
    if any(value == "" for _, value in given):
        raise HTTPException(303, headers={"Location": f"{request.url.path}{query(*given)}"})


def _list_route(kind: Kind) -> Callable[..., HTMLResponse]:
    def route(
        *,
        page: Page,
        store: GraphStore,
        counted: Counted,
        finder: Recommender,
        sort: str | None,
        facet: list[str],
        limit: int,
        offset: int,
        cursor: str,
        **given: Any,
    ) -> HTMLResponse:
        question = Question(given, sort or "", limit, offset, cursor)
        listing = find(store, kind, question)
        kept = {"sort": sort, "facet": facet, "limit": None if limit == _LIMIT else limit}
        chosen = Chosen(page, kind, given, kept)
        counts = _count(counted, store, kind, replace(question, facets=tuple(facet)), listing.total)
        values = counts or {}
        loose = _is_loose(kind, chosen, listing)
        like = _near(store, finder, counted, chosen.given["q"], listing) if loose else None
        name = kind.zh if page.lang == "zh" else kind.en
        return page(
            "list.html",
            title=name,
            name=name,
            kind=kind,
            listing=listing,
            chosen=chosen,
            chips=chosen.chips(store, listing),
            facets=chosen.facets(values),
            shown=SHOWN,
            counting=counts is None,
            loose=loose,
            like=like,
            uncounted=[
                (one, chosen.address({"facet": [*facet, one]}))
                for one in kind.facets
                if one not in values and one != "level"
            ],
            rows=read_rows(store, kind, listing.items, split_words(given.get("q") or "")),
            orders=_orders(chosen, sort),
            typed=[one for one in _TYPED if one in kind.filters],
            hidden=[
                (one, value)
                for one, value in {**chosen.given, **{"sort": sort}}.items()
                if value and one not in (*_TYPED, "q")
            ],
            kinds_of_report=taxonomy()["kinds"],
            begun=bool(cursor or offset),
            twins=_twins(chosen, cursor, offset, limit, values),
        )

    return signed(
        route,
        f"browse_{kind.name}",
        {
            "page": (Pages, Parameter.empty),
            "store": (Store, Parameter.empty),
            "counted": (TheCounted, Parameter.empty),
            "finder": (Finder, Parameter.empty),
            **list_parameters(kind, _LIMIT),
        },
    )


def _count(
    counted: Counted, store: GraphStore, kind: Kind, question: Question, total: int
) -> Mapping[str, list[FacetValue]] | None:
    """The facets: all of a short list; of a long one those that are soon counted, and those asked for.

    None while those of a long one are being counted.
    """
    asked = question.facets
    dear = () if total < _MANY else (*_DEAR, *_DEAR_OF.get(kind.name, ()))
    # the level has no filter
    names = [one for one in kind.facets if (one not in dear or one in asked) and one != "level"]
    question = replace(question, facets=tuple(names))
    if total < _MANY:
        return count_values(store, kind, question)
    given = tuple(sorted((name, value) for name, value in question.given.items() if value is not None))
    return counted.get(
        (kind.name, given, question.facets), total, partial(count_values, store, kind, question)
    )


def _is_loose(kind: Kind, chosen: Chosen, listing: Listing[Item]) -> bool:
    """Are problems looked for by words alone, and few have them?"""
    return kind.name == "problems" and set(chosen.given) == {"q"} and listing.total < FEW


def _near(
    store: GraphStore, finder: Recommender, counted: Counted, words: str, listing: Listing[Item]
) -> Near | None:
    found = near(store, finder, counted, words, ask(store, "problem-total")[0]["total"])
    return without(found, {one.id for one in listing.items}) if found else None


def _orders(chosen: Chosen, sort: str | None) -> list[tuple[str, str, bool]]:
    """The orders that the list may have: name, address, whether it has it."""
    names = [name for name in chosen.kind.orders if name != "relevance" or "q" in chosen.given]
    own = "relevance" if "relevance" in names else names[0]
    return [
        (name, chosen.address({"sort": None if name == own else name}), name == (sort or own))
        for name in names
    ]


def _twins(
    chosen: Chosen, cursor: str, offset: int, limit: int, counted: Mapping[str, list[FacetValue]]
) -> dict[str, str]:
    """The same as JSON, from the API, and all of the list as CSV."""
    filters = list(chosen.given.items())
    sort = [("sort", chosen.kept["sort"])]
    place = [("limit", limit), ("cursor", cursor), ("offset", offset or None)]
    facets = [("facet", one) for one in counted]
    return {
        "json": f"/{chosen.kind.name}{query(*filters, *sort, *place, *facets)}",
        "csv": f"/browse/{chosen.kind.name}.csv{query(*filters, *sort)}",
    }


def _csv_route(kind: Kind) -> Callable[..., Response]:
    def route(*, store: GraphStore, sort: str | None, **given: Any) -> Response:
        lines = csv_of(store, kind, Question(given, sort or ""))
        return StreamingResponse(
            lines,
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{kind.name}.csv"'},
        )

    parameters = list_parameters(kind)
    wanted = {name: parameters[name] for name in (*kind.filters, "sort")}
    return signed(route, f"csv_{kind.name}", {"store": (Store, Parameter.empty), **wanted})


for _kind in KINDS:
    router.add_api_route(
        f"/browse/{_kind.name}",
        _list_route(_kind),
        response_class=HTMLResponse,
        dependencies=[Depends(_tidy)],
    )
    router.add_api_route(f"/browse/{_kind.name}.csv", _csv_route(_kind), response_class=Response)
