"""What the first page counts: reports by kind and year, causes of each category, what comes up again.

It reads the whole graph: see `counted`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.cypher import query_text
from api.lookups.cypher import count_query
from api.lookups.kinds import KINDS
from graph.store import GraphStore

#: Units that are listed.
_UNITS = 8


@dataclass(frozen=True, slots=True)
class Recurring:
    """What comes up in several reports: `code` of the category or type; of a unit also its id and name."""

    code: str
    number: int
    reports: int
    unit: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reports:
    """Reports of a kind and a year, None where they say none, and how much stands in them."""

    kind: str | None
    year: str | None
    reports: int
    problems: int
    causes: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`causes`: (category, type) -> method -> problems."""

    reports: list[Reports]
    causes: Mapping[tuple[str, str], Mapping[str, int]]
    categories: list[Recurring]
    types: list[Recurring]
    units: list[Recurring]


def read_totals(store: GraphStore) -> dict[str, int]:
    """How many there are of each kind, by its name. Raises StoreError."""
    return {kind.name: store.read_only(count_query(kind, ())).rows[0]["total"] for kind in KINDS}


def read_overview(store: GraphStore) -> Overview:
    """Counts it. Raises StoreError."""
    causes: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in _rows(store, "overview-causes"):
        causes[row["category"], row["type"]][row["method"]] = row["problems"]
    return Overview(
        [Reports(**row) for row in _rows(store, "overview-reports")],
        causes,
        [Recurring(**row) for row in _rows(store, "overview-categories")],
        [Recurring(**row) for row in _rows(store, "overview-types")],
        _units(store),
    )


def _rows(store: GraphStore, name: str) -> list[dict[str, Any]]:
    return store.read(query_text(name))  # a big graph takes longer than a look-up may


def _units(store: GraphStore) -> list[Recurring]:
    reports: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    numbers = Counter[tuple[str, str, str]]()
    for row in store.stream(query_text("overview-units")):
        key = row["unit"], row["name"], row["category"]
        reports[key].add(row["report"])
        numbers[key] += row["number"]
    often = sorted(
        (key for key in reports if len(reports[key]) > 1),
        key=lambda key: (-len(reports[key]), -numbers[key], key),
    )
    return [
        Recurring(category, numbers[unit, name, category], len(reports[unit, name, category]), unit, name)
        for unit, name, category in often[:_UNITS]
    ]
