"""Values of an answer as they are shown: a thing is a link, a number is written out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.lookups.kinds import BY_LABEL
from api.site.addresses import page_of

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows. `label` where it is a thing; `method` (with `confidence`) where it is a link."""

    text: str = ""
    href: str | None = None
    label: str | None = None
    method: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Of a column: what is shown, all that is said of it, and whether it holds numbers."""

    text: str
    says: str
    number: bool


@dataclass(frozen=True, slots=True)
class Table:
    """An answer laid out."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]


def plain_table(columns: Sequence[str], rows: Sequence[Row]) -> Table:
    """The answer to a query of a user's own, of which only the values are known."""
    return Table(
        tuple(Head(name, name, is_numeric(rows, name)) for name in columns),
        tuple(tuple(_cell(row[name]) for name in columns) for row in rows),
    )


def thing(label: str | None, id_: Any, text: str) -> Cell:
    """A cell that leads to the page of a thing, where it has one."""
    return Cell(text, page_of(label, str(id_)) if label else None, label if label in BY_LABEL else None)


def written(value: Any) -> str:
    """A value that is neither a thing nor a link of the graph."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool() | list() | dict():
            return json.dumps(value, ensure_ascii=False)
        case float():
            return f"{value:,.3f}".rstrip("0").rstrip(".")
    return f"{value:,}" if abs(value) >= 10_000 else str(value)


def is_numeric(rows: Sequence[Row], name: str) -> bool:
    """Has this column numbers, and nothing else?"""
    said = [row[name] for row in rows if row[name] is not None]
    return bool(said) and all(isinstance(one, int | float) and not isinstance(one, bool) for one in said)


def _cell(value: Any) -> Cell:
    match value:
        case {"label": str(label), "id": str(id_)}:
            names = (value.get(name) for name in ("headline", "title", "name", "text"))
            return thing(label, id_, str(next(filter(None, names), id_)))
        case {"type": str(type_), "source": _, "target": _}:
            return Cell(
                f"[:{type_}]", method=str(value.get("method") or ""), confidence=value.get("confidence")
            )
    return Cell(written(value))
