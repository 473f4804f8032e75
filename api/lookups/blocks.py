"""A page of a long list in the order of its reports: only as many reports are looked at as it takes.

A database that first sorts all that there is takes seconds for the first page of 100,000 things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from api.lookups import cypher
from api.lookups.kind import Kind, Order
from graph.reading import Reader

#: Reports that are looked at first; twice as many each time that it is not enough.
_FIRST = 40
#: Shorter lists are sorted by the database at once.
_MANY = 2000
#: Filters with which the database itself begins at few things.
_BEGUN_WITH = frozenset(("q", "unit", "report"))
#: The reports of a block, in the order of their ids, and in another.
_SPAN, _AMONG = "r.id >= $low AND r.id <= $high", "r.id IN $reports"
_OF_REPORT = re.compile(r"(coalesce\()?r\.")
#: The key that tells reports apart: of an order of reports the last of theirs.
_ID = ("r.id", False)


def goes_by_report(kind: Kind, order: Order, values: Mapping[str, Any], total: int) -> bool:
    """Is it such a list, in an order of reports?"""
    return bool(kind.report and _keys(order)) and total >= _MANY and not _BEGUN_WITH & set(values)


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
    keys = _keys(order)
    names = [f"k{i}" for i in range(len(keys))]
    edge = {name: last[name] for name in names} if last else {}
    again, many = True, _FIRST  # the report of the last one may have more
    text = cypher.page_query(
        kind, values, order, after=bool(last), back=back, within=_SPAN if keys == (_ID,) else _AMONG
    )
    while len(found) < limit:
        asked = cypher.reports_query(keys, after=bool(edge), again=again, back=back)
        reports = reader.read_only(asked, many=many, **edge).rows
        if not reports:
            break
        ids = [report["id"] for report in reports]
        low, high = (ids[-1], ids[0]) if back else (ids[0], ids[-1])
        block = {"reports": ids, "low": low, "high": high}
        found += reader.read_only(text, **values, **last, **block, offset=0, limit=limit - len(found)).rows
        edge = {name: reports[-1][name] for name in names}
        again, many = False, 2 * many
    return found


def _keys(order: Order) -> tuple[tuple[str, bool], ...]:
    """Those of an order that are of reports, the id last; none where it does not begin with such."""
    own = order.keys[: order.keys.index(_ID) + 1] if _ID in order.keys else ()
    return own if all(_OF_REPORT.match(key) for key, _ in own) else ()
