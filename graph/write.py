"""The writes of a store, each the work of one transaction: replace reports, delete a report.

Nodes that several reports share (Unit, Policy, Category, CauseType, SourceText) stay as long as an edge holds
them. Their names are drawn from the NAMES edges of the reports that are there. So whatever was loaded,
replaced or deleted before, and in whatever order, the graph is the one that a clean load would make.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from neo4j import ManagedTransaction

from graph.data import GraphError
from graph.resolve import merge_names, merge_places
from graph.rows import Ends, Row, Rows
from graph.schema import load_schema

Status = Literal["loaded", "unchanged", "replaced"]

_BATCH = 10_000  # rows of one UNWIND
_NAMED = load_schema().named
#: Nodes of one report alone, which are not there before it is: written without looking for them.
_OWN = load_schema().own


def replace(tx: ManagedTransaction, reports: Sequence[Rows], force: bool) -> list[Status]:
    """Write the rows of reports, each of another, in the place of what the reports had.

    Nothing where that is the same. Returns what became of each, in their order.
    """
    old = {
        row["id"]: row["digest"]
        for row in tx.run(
            "UNWIND $ids AS id MATCH (r:Report {id: id}) RETURN r.id AS id, r.digest AS digest",
            ids=[report.report_id for report in reports],
        )
    }
    statuses: list[Status] = [
        "loaded"
        if report.report_id not in old
        else "replaced"
        if force or old[report.report_id] != report.digest
        else "unchanged"
        for report in reports
    ]
    changed = [report for report, status in zip(reports, statuses, strict=True) if status != "unchanged"]
    left = _remove(tx, [report.report_id for report in changed if report.report_id in old])
    _write_nodes(tx, changed)
    _write_edges(tx, changed)
    _drop_orphans(tx, left)
    _name(tx, left, changed)
    return statuses


def delete(tx: ManagedTransaction, report_id: str) -> bool:
    """Take a report out; False where it is not there."""
    if tx.run("MATCH (r:Report {id: $id}) RETURN r.id AS id", id=report_id).single() is None:
        return False
    left = _remove(tx, [report_id])
    _drop_orphans(tx, left)
    _name(tx, left, [])
    return True


def _remove(tx: ManagedTransaction, report_ids: Sequence[str]) -> Mapping[str, set[str]]:
    """Delete reports with all that stands in them. Returns the shared nodes they held, as ids by label."""
    left: dict[str, set[str]] = defaultdict(set)
    for report_id in report_ids:
        for pattern in ("(r:Report {id: $id})-->(n)", "(r:Report {id: $id})<-[:STATED_IN]-()-->(n)"):
            for row in tx.run(
                f"MATCH {pattern} RETURN DISTINCT labels(n)[0] AS label, n.id AS id", id=report_id
            ):
                if row["label"] not in _OWN:
                    left[row["label"]].add(row["id"])
        tx.run("MATCH (r:Report {id: $id})<-[:STATED_IN]-(n) DETACH DELETE n", id=report_id).consume()
        tx.run("MATCH (r:Report {id: $id}) DETACH DELETE r", id=report_id).consume()
    return left


def _write_nodes(tx: ManagedTransaction, reports: Sequence[Rows]) -> None:
    rows: dict[str, dict[str, Row]] = defaultdict(dict)
    for report in reports:
        for label, some in report.nodes.items():
            for row in some:
                if label in _OWN and row["id"] in rows[label]:
                    raise GraphError(
                        f"report {report.report_id}: node {label} {row['id']}: "
                        "another report has a node of this id"
                    )
                rows[label][row["id"]] = row
    # one order of locks for all writers, shared nodes first: no deadlocks
    for label in sorted(rows, key=lambda label: (label in _OWN, label)):
        # the SET locks a shared node, also where it changes nothing: `_name` then reads what others committed
        how = "CREATE (n:{0}) SET n = row" if label in _OWN else "MERGE (n:{0} {{id: row.id}}) SET n += row"
        for batch in _batches([rows[label][id_] for id_ in sorted(rows[label])]):
            tx.run(f"UNWIND $rows AS row {how.format(label)}", rows=batch).consume()


def _write_edges(tx: ManagedTransaction, reports: Sequence[Rows]) -> None:
    """All are new: each begins at a node of the report's own."""
    rows: dict[Ends, list[Row]] = defaultdict(list)
    for report in reports:
        for ends, some in report.edges.items():
            rows[ends] += some
    for (type_, source, target), group in sorted(rows.items()):
        for batch in _batches(sorted(group, key=lambda row: (row["b"], row["a"]))):
            tx.run(
                f"UNWIND $rows AS row MATCH (a:{source} {{id: row.a}}) MATCH (b:{target} {{id: row.b}}) "
                f"CREATE (a)-[e:{type_}]->(b) SET e = row.e",
                rows=batch,
            ).consume()


def _drop_orphans(tx: ManagedTransaction, left: Mapping[str, set[str]]) -> None:
    """Delete those of the shared nodes that no edge holds any more."""
    for label in sorted(left):
        for ids in _batches(sorted(left[label])):
            # the SET locks the node, so that no other transaction ties an edge to it in between
            tx.run(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) SET n.id = id", ids=ids).consume()
            tx.run(
                f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE NOT (n)--() DELETE n", ids=ids
            ).consume()


def _name(tx: ManagedTransaction, left: Mapping[str, set[str]], reports: Sequence[Rows]) -> None:
    """Draw the names, aliases and places of units and policies from what the reports call them.

    Where a report has gone (`left`), from all NAMES edges; where one was only added, its own names are merged
    with the node's, which costs the same however many reports name it.
    """
    for label in _NAMED:
        called: dict[str, list[tuple[str, Sequence[str]]]] = defaultdict(list)
        places: dict[str, list[str | None]] = defaultdict(list)
        before: dict[str, Row] = {}  # what those are called that no report has left: they are locked
        gone = left.get(label, set())
        for ids in _batches(sorted(gone)):
            for row in tx.run(
                f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})<-[c:NAMES]-(:Report) "
                "RETURN id, c.name AS name, c.aliases AS aliases, c.place AS place",
                ids=ids,
            ):
                called[row["id"]].append((row["name"], row["aliases"] or ()))
                places[row["id"]].append(row["place"])
        for names in (names for report in reports for names in report.names.get(label, ())):
            if (id_ := names["id"]) not in gone:
                called[id_].append((names["name"], names["aliases"] or ()))
                places[id_].append(names["place"])
        for ids in _batches(sorted(called.keys() - gone)):
            # no condition on the name: Neo4j may take its index for it, and read all of that for each id
            for row in tx.run(
                f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) "
                "RETURN id, n.name AS name, n.aliases AS aliases, n.place AS place",
                ids=ids,
            ):
                if row["name"] is not None:
                    before[row["id"]] = {key: row[key] for key in ("name", "aliases", "place")}
                    called[row["id"]].append((row["name"], row["aliases"] or ()))
                    places[row["id"]].append(row["place"])
        rows = []
        for id_, all_names in sorted(called.items()):
            name, aliases = merge_names(all_names)
            properties = {"name": name, "aliases": aliases or None, "place": merge_places(places[id_])}
            if properties != before.get(id_):
                rows.append({"id": id_, "properties": properties})
        for batch in _batches(rows):
            tx.run(
                f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n += row.properties", rows=batch
            ).consume()


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    return (rows[i : i + _BATCH] for i in range(0, len(rows), _BATCH))
