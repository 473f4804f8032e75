"""The writes of a store, each the work of one transaction: replace a report, delete a report.

Nodes that several reports share (Unit, Policy, Category, CauseType, SourceText) stay as long as an edge holds
them. Their names are drawn from the NAMES edges of the reports that are there. So whatever was loaded,
replaced or deleted before, and in whatever order, the graph is the one that a clean load would make.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from neo4j import ManagedTransaction

from extract.model import GROUNDED
from graph.data import GraphData
from graph.resolve import merge_names, merge_places

Status = Literal["loaded", "unchanged", "replaced"]
Row = dict[str, Any]

_BATCH = 5000                                               # rows of one UNWIND
_NAMED = ("Unit", "Policy")


def replace(tx: ManagedTransaction, data: GraphData, force: bool) -> Status:
    """Write a checked graph in the place of what the report had; nothing where that is the same."""
    old = tx.run("MATCH (r:Report {id: $id}) RETURN r.digest AS digest", id=data.report_id).single()
    if old is not None and old["digest"] == data.digest and not force:
        return "unchanged"
    left = _remove(tx, data.report_id) if old is not None else {}
    _write_nodes(tx, data)
    _write_edges(tx, data)
    _drop_orphans(tx, left)
    _name(tx, {label: sorted(left.get(label, ())) for label in _NAMED}, data)
    return "loaded" if old is None else "replaced"


def delete(tx: ManagedTransaction, report_id: str) -> bool:
    """Take a report out; False where it is not there."""
    if tx.run("MATCH (r:Report {id: $id}) RETURN r.id AS id", id=report_id).single() is None:
        return False
    left = _remove(tx, report_id)
    _drop_orphans(tx, left)
    _name(tx, {label: sorted(left.get(label, ())) for label in _NAMED}, None)
    return True


def _remove(tx: ManagedTransaction, report_id: str) -> Mapping[str, set[str]]:
    """Delete a report with all that stands in it. Returns the shared nodes it held, as ids by label."""
    left: dict[str, set[str]] = defaultdict(set)
    for pattern in ("(r:Report {id: $id})-->(n)", "(r:Report {id: $id})<-[:STATED_IN]-()-->(n)"):
        for row in tx.run(f"MATCH {pattern} RETURN DISTINCT labels(n)[0] AS label, n.id AS id", id=report_id):
            if row["label"] not in (*GROUNDED, "Report"):
                left[row["label"]].add(row["id"])
    tx.run("MATCH (r:Report {id: $id})<-[:STATED_IN]-(n) DETACH DELETE n", id=report_id).consume()
    tx.run("MATCH (r:Report {id: $id}) DETACH DELETE r", id=report_id).consume()
    return left


def _write_nodes(tx: ManagedTransaction, data: GraphData) -> None:
    rows: dict[str, list[Row]] = defaultdict(list)
    for node in sorted(data.nodes, key=lambda n: n.id):     # one order of locks for all writers: no deadlocks
        unnamed = ("name", "aliases", "place") if node.label in _NAMED else ()
        rows[node.label].append({"id": node.id, "properties": {
            k: v for k, v in node.properties.items() if k not in unnamed}})
    for label in sorted(rows):
        for batch in _batches(rows[label]):
            tx.run(f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row.properties",
                   rows=batch).consume()


def _write_edges(tx: ManagedTransaction, data: GraphData) -> None:
    rows: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for edge in sorted(data.edges, key=lambda e: e.id):
        rows[edge.type, edge.source_label, edge.target_label].append(
            {"id": edge.id, "source": edge.source, "target": edge.target,
             "properties": dict(edge.properties)})
    for (type_, source, target), group in sorted(rows.items()):
        for batch in _batches(group):
            tx.run(f"UNWIND $rows AS row MATCH (a:{source} {{id: row.source}}) "
                   f"MATCH (b:{target} {{id: row.target}}) "
                   f"MERGE (a)-[e:{type_} {{id: row.id}}]->(b) SET e += row.properties", rows=batch).consume()


def _drop_orphans(tx: ManagedTransaction, left: Mapping[str, set[str]]) -> None:
    """Delete those of the shared nodes that no edge holds any more."""
    for label in sorted(left):
        for ids in _batches(sorted(left[label])):
            # the SET locks the node, so that no other transaction ties an edge to it in between
            tx.run(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) SET n.id = id", ids=ids).consume()
            tx.run(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE NOT (n)--() DELETE n",
                   ids=ids).consume()


def _name(tx: ManagedTransaction, left: Mapping[str, list[str]], data: GraphData | None) -> None:
    """Draw the names, aliases and places of units and policies from what the reports call them.

    Where a report has gone (`left`), from all NAMES edges; where one was only added, its own names are merged
    with the node's, which costs the same however many reports name it.
    """
    for label in _NAMED:
        called: dict[str, list[tuple[str, Sequence[str]]]] = defaultdict(list)
        places: dict[str, list[str | None]] = defaultdict(list)
        for ids in _batches(left[label]):
            for row in tx.run(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})<-[c:NAMES]-(:Report) "
                              "RETURN id, c.name AS name, c.aliases AS aliases, c.place AS place", ids=ids):
                called[row["id"]].append((row["name"], row["aliases"] or ()))
                places[row["id"]].append(row["place"])
        added = {n.id: n.properties for n in data.nodes if n.label == label} if data else {}
        for ids in _batches(sorted(added.keys() - set(left[label]))):
            for row in tx.run(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) "
                              "RETURN id, n.name AS name, n.aliases AS aliases, n.place AS place", ids=ids):
                own = added[row["id"]]
                called[row["id"]].append((own["name"], own.get("aliases") or ()))
                places[row["id"]] += [own.get("place"), row["place"]]
                if row["name"] is not None:
                    called[row["id"]].append((row["name"], row["aliases"] or ()))
        rows = []
        for id_, names in sorted(called.items()):
            name, aliases = merge_names(names)
            rows.append({"id": id_, "properties": {"name": name, "aliases": aliases or None,
                                                   "place": merge_places(places[id_])}})
        for batch in _batches(rows):
            tx.run(f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n += row.properties",
                   rows=batch).consume()


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    return (rows[i:i + _BATCH] for i in range(0, len(rows), _BATCH))
