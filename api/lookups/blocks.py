"""A page of a long list in the order of its reports: only as many reports are looked at as it takes.

A database that first sorts all that there is takes seconds for the first page of 100,000 things.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.lookups import cypher
from api.lookups.kind import Kind, Order
from graph.reading import Reader

#: Reports that are looked at first; twice as many each time that it is not enough.
_FIRST = 40
_REPORTS = "MATCH (r:Report){where} RETURN r.id AS id ORDER BY id{falls} LIMIT $many"


#: Shorter lists are sorted by the database at once.
_MANY = 2000
#: Filters with which the database itself begins at few things.
_BEGUN_WITH = frozenset(("q", "unit", "report"))


def goes_by_report(kind: Kind, order: Order, values: Mapping[str, Any], total: int) -> bool:
    """Is it such a list, in the order of reports?"""
    return (
        bool(kind.report)
        and order.keys[:1] == (("r.id", False),)
        and total >= _MANY
        and not _BEGUN_WITH & set(values)
    )


def rows_by_report(
    reader: Reader,
    kind: Kind,
    order: Order,
    values: Mapping[str, Any],
    *,
    last: Mapping[str, Any],
    limit: int,
    back: bool,
) -> list[dict[str, Any]]:
    """The rows of `cypher.page_query`. `last`: the one before them, empty at the start. Raises StoreError."""
    found: list[dict[str, Any]] = []
    edge, beyond, many = last.get("k0"), "=", _FIRST
    text = cypher.page_query(kind, values, order, after=bool(last), back=back, within=True)
    while len(found) < limit:
        where = "" if edge is None else f" WHERE r.id {'<' if back else '>'}{beyond} $edge"
        reports = [
            row["id"]
            for row in reader.read_only(
                _REPORTS.format(where=where, falls=" DESC" if back else ""),
                many=many,
                **({} if edge is None else {"edge": edge}),
            ).rows
        ]
        if not reports:
            break
        low, high = (reports[-1], reports[0]) if back else (reports[0], reports[-1])
        found += reader.read_only(
            text, **values, **last, low=low, high=high, offset=0, limit=limit - len(found)
        ).rows
        edge, beyond, many = reports[-1], "", 2 * many
    return found
