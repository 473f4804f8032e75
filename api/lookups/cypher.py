"""The Cypher of a list: put together from the table of kinds; all that a user writes is in parameters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from api.lookups.kind import Facet, Kind, Order
from api.lookups.kinds import PROBLEMS_OF

#: The most values of a facet.
MOST_VALUES = 50


def page_query(
    kind: Kind, given: Collection[str], order: Order, *, after: bool, back: bool = False, within: str = ""
) -> str:
    """Ids of a page with the keys of their order: id, k0, k1, …; `after`: those behind $k0, $k1, …, $id.

    `back`: the other way round, from the last to the first. `within`: a condition on the reports.
    `given`: the names of the filters that have a value, with `q_query` where the index can be asked.
    """
    keys = [key for key, _ in order.keys]
    down = [*(falls != back for _, falls in order.keys), back]
    named = [f"{key} AS k{i}" for i, key in enumerate(keys)]
    columns = [*(f"k{i}" for i in range(len(keys))), "id"]
    walk = within or _walk(order, after=after, back=back)
    lines = [
        matching(kind, given, shown=" ".join(keys), walk=walk),
        f"WITH {', '.join(['n.id AS id', *named])}",
    ]
    if after:
        lines.append(f"WHERE {_behind(columns, columns, down)}")
    shown = ", ".join(["id", *columns[:-1]])
    return "\n".join(
        [*lines, f"RETURN {shown}", f"ORDER BY {_ordered(columns, down)}", "SKIP $offset LIMIT $limit"]
    )


def reports_query(keys: Sequence[tuple[str, bool]], *, after: bool, again: bool, back: bool) -> str:
    """The next $many reports in the order of `keys`, the last of which is their id: id, k0, k1, …

    `after`: those behind $k0, $k1, …; `again`: that one too.
    """
    columns = [f"k{i}" for i in range(len(keys))]
    down = [falls != back for _, falls in keys]
    said = _behind([key for key, _ in keys], columns, down, again=again) if after else "r.id > ''"
    named = ", ".join(f"{key} AS {name}" for (key, _), name in zip(keys, columns, strict=True))
    ordered = _ordered(columns, down)
    return f"MATCH (r:Report) WHERE {said}\nRETURN r.id AS id, {named}\nORDER BY {ordered} LIMIT $many"


def count_query(kind: Kind, given: Collection[str]) -> str:
    """How many there are: `total`."""
    return f"{matching(kind, given, shown='')}\nRETURN count(n) AS total"


def part_queries(kind: Kind, given: Collection[str], facet: Facet) -> list[str]:
    """The queries whose numbers together are those of a facet with `parts`: value, name, number."""
    return [_then(kind, given, part, part) for part in facet.parts]


def facet_query(kind: Kind, given: Collection[str], facet: Facet) -> str:
    """How many have each value, the most frequent first: value, name, number."""
    used = f"{facet.clause} {facet.value} {facet.name}"
    return "\n".join(
        [
            _then(kind, given, facet.clause, used),
            f"WITH n, {facet.value} AS value, {facet.name} AS name",
            "WHERE value IS NOT NULL",
            "RETURN value, name, count(DISTINCT n) AS number",
            f"ORDER BY number DESC, value LIMIT {MOST_VALUES}",
        ]
    )


def _then(kind: Kind, given: Collection[str], clause: str, used: str) -> str:
    """What the filters leave, then a clause. Where nothing is given the first of both is one pattern.

    The embedded store begins one pattern at its rarer end, and two at each of the things.
    """
    if given:
        return f"{matching(kind, given, shown=used)}\n{clause}"
    own = f"(n:{kind.label})"
    if _has(kind.report and "r", [used]):
        return f"{kind.report.replace('(n)', own, 1)}\n{clause}"
    return clause.replace("(n)", own, 1) if clause.startswith("MATCH (n)") else f"MATCH {own}\n{clause}"


def matching(kind: Kind, given: Collection[str], *, shown: str, walk: str = "") -> str:
    """What binds `n` to each thing that the filters leave, once; and `r` where `shown` speaks of it.

    `walk`: one more condition.
    """
    from_unit = "unit" in given and kind.by_problem
    conditions = [kind.conditions[name] for name in kind.conditions if name in given]
    joined = [kind.joined[name] for name in kind.joined if name in given]
    conditions += [condition for _, condition in joined] + ([walk] if walk else [])
    linked = [kind.linked[name] for name in kind.linked if name in given]
    speaks_of_report = _has(kind.report and "r", [*conditions, shown])
    lines = []
    if from_unit:
        lines += [
            "MATCH (v:Unit) WHERE v.id IN $unit",
            PROBLEMS_OF.format(unit="v"),
            f"WITH DISTINCT p{' AS n' if kind.label == 'Problem' else ''}",
        ]
    elif "q_query" in given:
        lines += [f"CALL db.index.fulltext.queryNodes('{kind.index}', $q_query) YIELD node", "WITH node AS n"]
    if not from_unit or kind.label != "Problem":
        lines += [kind.link] if from_unit else []
        lines.append(f"MATCH (n:{kind.label})")
    if speaks_of_report:
        lines.append(kind.report)
    lines += [clause for clause, _ in joined]
    if linked and (not from_unit or kind.label == "Problem"):
        lines.append(kind.link)
    if conditions or linked:
        lines.append(
            ("WITH *\n" if linked and kind.link.startswith("CALL") else "")
            + "WHERE "
            + "\n  AND ".join([*conditions, *linked])
        )
    once = "DISTINCT " if from_unit or linked or joined else ""  # they may lead to a thing more than once
    return "\n".join([*lines, f"WITH {once}n{', r' if speaks_of_report else ''}"])


def _walk(order: Order, *, after: bool, back: bool) -> str:
    """A condition that all meet: by it Neo4j goes along an index in this order, to the end of the page."""
    first, falls = order.keys[0] if order.keys else ("n.id", False)
    if falls or first not in ("n.id", "n.name", "r.id"):
        return ""
    return f"{first} {'<=' if back else '>='} {('$k0' if order.keys else '$id') if after else repr('')}"


def _has(name: str, texts: Iterable[str]) -> bool:
    return bool(name) and any(re.search(rf"\b{name}\b", text) for text in texts)


def _ordered(columns: Sequence[str], down: Sequence[bool]) -> str:
    """What stands behind ORDER BY; `down`: which of the columns fall."""
    return ", ".join(f"{name} DESC" if falls else name for name, falls in zip(columns, down, strict=True))


def _behind(keys: list[str], edge: list[str], down: list[bool], *, again: bool = False) -> str:
    """Behind the parameters `edge` in a lexicographic order; `again`: or just there."""
    said = f"{keys[-1]} {'<' if down[-1] else '>'}{'=' if again else ''} ${edge[-1]}"
    for key, at, falls in reversed(list(zip(keys[:-1], edge, down, strict=False))):
        said = f"({key} {'<' if falls else '>'} ${at} OR ({key} = ${at} AND {said}))"
    return said
