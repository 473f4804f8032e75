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

from graph.data import GraphData, GraphError
from graph.resolve import merge_names, merge_places
from graph.schema import SEARCH, load_schema
from graph.search import search_text

Status = Literal["loaded", "unchanged", "replaced"]
Row = dict[str, Any]

_BATCH = 10_000  # rows of one UNWIND
_NAMED = load_schema().named
#: Nodes of one report alone, which are not there before it is: written without looking for them.
_OWN = load_schema().own


def replace(tx: ManagedTransaction, graphs: Sequence[GraphData], force: bool) -> list[Status]:
    """Write checked graphs, each of another report, in the place of what the reports had.

    Nothing where that is the same. Returns what became of each, in their order.
    """
    old = {
        row["id"]: row["digest"]
        for row in tx.run(
            "UNWIND $ids AS id MATCH (r:Report {id: id}) RETURN r.id AS id, r.digest AS digest",
            ids=[data.report_id for data in graphs],
        )
    }
    statuses: list[Status] = [
        "loaded"
        if data.report_id not in old
        else "replaced"
        if force or old[data.report_id] != data.nodes[0].properties["digest"]
        else "unchanged"
        for data in graphs
    ]
    changed = [data for data, status in zip(graphs, statuses, strict=True) if status != "unchanged"]
    left = _remove(tx, [data.report_id for data in changed if data.report_id in old])
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


def _write_nodes(tx: ManagedTransaction, graphs: Sequence[GraphData]) -> None:
    labels = load_schema().labels
    rows: dict[str, dict[str, Row]] = defaultdict(dict)
    for data in graphs:
        for node in data.nodes:
            unnamed = ("name", "aliases", "place") if node.label in _NAMED else ()
            row = {k: v for k, v in node.properties.items() if k not in unnamed}
            if node.label in _OWN and node.id in rows[node.label]:
                raise GraphError(
                    f"report {data.report_id}: node {node.label} {node.id}: "
                    "another report has a node of this id"
                )
            if (kind := labels[node.label]).fulltext:
                row[SEARCH] = search_text(kind, row)
            rows[node.label][node.id] = {"id": node.id, **row}
    # one order of locks for all writers, shared nodes first: no deadlocks
    for label in sorted(rows, key=lambda label: (label in _OWN, label)):
        # the SET locks a shared node, also where it changes nothing: `_name` then reads what others committed
        how = "CREATE (n:{0}) SET n = row" if label in _OWN else "MERGE (n:{0} {{id: row.id}}) SET n += row"
        for batch in _batches([rows[label][id_] for id_ in sorted(rows[label])]):
            tx.run(f"UNWIND $rows AS row {how.format(label)}", rows=batch).consume()


def _write_edges(tx: ManagedTransaction, graphs: Sequence[GraphData]) -> None:
    """All are new: each begins at a node of the report's own."""
    rows: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for edge in (edge for data in graphs for edge in data.edges):
        rows[edge.type, edge.source_label, edge.target_label].append(
            {"a": edge.source, "b": edge.target, "e": {"id": edge.id, **edge.properties}}
        )
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


def _name(tx: ManagedTransaction, left: Mapping[str, set[str]], graphs: Sequence[GraphData]) -> None:
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
        for node in (node for data in graphs for node in data.nodes):
            if node.label == label and node.id not in gone:
                called[node.id].append((node.properties["name"], node.properties.get("aliases") or ()))
                places[node.id].append(node.properties.get("place"))
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
        for id_, names in sorted(called.items()):
            name, aliases = merge_names(names)
            properties = {"name": name, "aliases": aliases or None, "place": merge_places(places[id_])}
            if properties != before.get(id_):
                rows.append({"id": id_, "properties": properties})
        for batch in _batches(rows):
            tx.run(
                f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n += row.properties", rows=batch
            ).consume()


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    return (rows[i : i + _BATCH] for i in range(0, len(rows), _BATCH))
