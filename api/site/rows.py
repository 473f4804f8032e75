"""What a row of a list tells beside the thing itself: its report's date, units, causes, and its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from api.cypher import ask
from api.lookups.items import coded
from api.lookups.kind import Kind
from api.lookups.models import Item
from api.models import Named
from api.site.hits import Piece, excerpt
from graph.store import GraphStore

#: Characters of a headline and of a quote, units and linked problems of a row.
_HEADLINE, _QUOTE, _UNITS, _PROBLEMS = 160, 150, 3, 3
_STOPS = "。；;，,.：:、”’」』》）)] \t\r\n\u3000"


@dataclass(frozen=True, slots=True)
class Causes:
    """The causes of a problem that are of one type and equally stated or inferred."""

    type: Named | None
    method: str | None
    confidence: float | None
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: the thing, its words in pieces, and what belongs to it."""

    item: Any
    headline: list[Piece]
    quote: list[Piece]
    date: str | None = None
    units: list[tuple[str, str]] = field(default_factory=list)
    causes: list[Causes] = field(default_factory=list)
    problems: list[Any] = field(default_factory=list)


def read_rows(store: GraphStore, kind: Kind, items: Sequence[Item], words: Sequence[str]) -> list[Row]:
    """The rows of the things. `words`: what was looked up, folded. Raises StoreError."""
    things: list[Any] = list(items)
    said = bool(kind.report)
    reports = [item.report.id if said else item.id for item in things if said or kind.name == "reports"]
    about = _by_id(store, "list-reports", reports)
    ids = [item.id for item in things] if kind.name == "problems" else []
    concerned = _by_id(store, "list-concerns", ids)
    causes = read_causes(store, ids)
    rows = []
    for item in things:
        report = about.get(item.report.id if said else item.id) or {}
        headline, quote = _words(item)
        rows.append(
            Row(
                item,
                excerpt(headline, words, _HEADLINE),
                excerpt(quote, words, _QUOTE),
                report.get("date"),
                _units(concerned.get(item.id) or report),
                causes.get(item.id, []),
                getattr(item, "problems", [])[:_PROBLEMS] if said else [],
            )
        )
    return rows


def _by_id(store: GraphStore, name: str, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in ask(store, name, ids=list(dict.fromkeys(ids)))} if ids else {}


def _words(item: Any) -> tuple[str, str]:
    """What the row is headed by, and what the report says further; empty where that is all."""
    name = getattr(item, "title", None) or getattr(item, "name", None)
    if name:
        return name, "、".join(getattr(item, "aliases", []))
    headline = getattr(item, "headline", None)
    if not headline:
        return item.quote, ""
    at = item.quote.find(headline)
    behind = item.quote[at + len(headline) :] if 0 <= at < 20 else item.quote
    return headline, behind.lstrip(_STOPS).rstrip()


def _units(row: dict[str, Any]) -> list[tuple[str, str]]:
    return list(zip(row.get("units", []), row.get("names", []), strict=True))[:_UNITS]


def read_causes(store: GraphStore, ids: list[str]) -> dict[str, list[Causes]]:
    """The causes of problems, by the problem's id. Raises StoreError."""
    found: dict[str, list[Causes]] = defaultdict(list)
    for row in ask(store, "list-causes", ids=ids) if ids else []:
        found[row["id"]].append(
            Causes(coded("cause-type", row["type"]), row["method"], row["confidence"], row["causes"])
        )
    return found
