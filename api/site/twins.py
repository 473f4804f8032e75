"""A whole list as CSV: the rows that its filters leave, in its order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from api.lookups.find import Question, find
from api.lookups.items import MODELS
from api.lookups.kind import Kind
from api.lookups.models import Item, Listing
from graph.exports.sheets import csv_head, csv_line
from graph.store import GraphStore

#: Rows that are asked for at once.
_AT_ONCE = 200
#: A field of an item -> the columns that it becomes.
_COLUMNS = {
    "place": ("start", "end"),
    "report": ("report", "report_title"),
    "category": ("category", "category_name"),
    "type": ("cause_type", "cause_type_name"),
}
_LEFT_OUT = ("label", "links")


def csv_of(store: GraphStore, kind: Kind, question: Question) -> Iterator[str]:
    """Lines of CSV, the head first. Raises QueryError, StoreError before the first one."""
    question = replace(question, limit=_AT_ONCE, offset=0, cursor="", facets=())
    return _lines(store, kind, question, find(store, kind, question))


def _lines(store: GraphStore, kind: Kind, question: Question, first: Listing[Item]) -> Iterator[str]:
    fields = MODELS[kind.label].model_fields
    names = [column for name in fields if name not in _LEFT_OUT for column in _columns(kind, name)]
    yield csv_head(names) + "\n"
    page = first
    while True:
        for item in page.items:
            yield (
                csv_line(
                    cell
                    for name in fields
                    if name not in _LEFT_OUT
                    for cell in _cells(getattr(item, name), len(_columns(kind, name)))
                )
                + "\n"
            )
        if page.next is None:
            return
        page = find(store, kind, replace(question, cursor=page.next))


def _columns(kind: Kind, name: str) -> tuple[str, ...]:
    """The `place` of reports and units is a county, say; that of all else stands in a text."""
    return (name,) if name == "place" and not kind.report else _COLUMNS.get(name, (name,))


def _cells(value: Any, number: int) -> list[Any]:
    """What stands in the columns of a value."""
    if number == 2:
        return _two(value)
    if isinstance(value, list) and value and isinstance(value[0], BaseModel):
        return [[one.id for one in value]]  # linked problems
    return [value]


def _two(value: Any) -> list[Any]:
    if value is None:
        return [None, None]
    if hasattr(value, "start"):
        return [value.start, value.end]
    if hasattr(value, "title"):
        return [value.id, value.title]
    return [value.code, value.name]
