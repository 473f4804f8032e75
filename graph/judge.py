"""Puts judgements on the graph of a report and takes them off again.

They are a layer over what the report gives. An edge that leads elsewhere because of one keeps in `own_ids`
the ids of the nodes that it leads to without: several where two edges became one. What people judged of the
findings (review.py) comes first, on the nodes that the report itself gives.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from itertools import islice
from typing import Any

from graph.check import check_graph
from graph.data import GraphData, GraphEdge, GraphNode
from graph.judgements import Judgements
from graph.read import read_graph
from graph.resolve import merge_names, merge_places
from graph.review import review, unreview
from graph.rows import rows_of
from graph.schema import load_schema
from graph.store import GraphStore, WriteSummary

_NAMED = load_schema().named
#: Reports of one transaction.
_TOGETHER = 100
_MOVED = (
    "MATCH (r:Report)-[c:NAMES]->(n:{0}) WHERE c.own_ids IS NOT NULL "
    "RETURN r.id AS report, n.id AS id, c.own_ids AS own_ids"
)
_REVIEWED = (
    "MATCH (r:Report) WHERE r.judgements IS NOT NULL OR r.id IN $ids OR r.title IN $titles "
    "RETURN r.id AS id, r.title AS title, r.judgements AS judgements ORDER BY id"
)
_TO_MOVE = (
    "UNWIND $ids AS id MATCH (n:{0} {{id: id}})<-[c:NAMES]-(r:Report) WHERE c.own_ids IS NULL "
    "RETURN DISTINCT r.id AS report"
)


def judge(data: GraphData, judgements: Judgements) -> GraphData:
    """The graph of a report under the judgements: with one node for what is judged to be one, and with its
    findings as people judged them; itself where nothing is judged.
    """
    reviewed = review(data, judgements.of_report(data.report_id, data.report.properties.get("title")))
    moved = {n.id for n in reviewed.nodes if n.label in _NAMED and judgements.node_of(n.id) != n.id}
    if not moved:
        return data if reviewed is data else _sealed(data.report_id, reviewed.nodes, reviewed.edges)
    nodes = (replace(n, id=judgements.node_of(n.id)) if n.label in _NAMED else n for n in reviewed.nodes)
    return _sealed(data.report_id, _merged(nodes), _moved(reviewed.edges, moved, judgements))


def unjudge(data: GraphData) -> GraphData:
    """The graph that a report gives without judgements, from what a store has of it (`read_graph`).

    Its units and policies have the names that this report gives them: those of its NAMES edges.
    """
    edges = [
        replace(e, target=own_id, properties={k: v for k, v in e.properties.items() if k != "own_ids"})
        for e in data.edges
        for own_id in e.properties.get("own_ids", [e.target])
    ]
    named = [GraphNode(e.target, e.target_label, dict(e.properties)) for e in edges if e.type == "NAMES"]
    nodes = [n for n in data.nodes if n.label not in (*_NAMED, "Report")]
    report, nodes, edges = unreview(data.report, [*nodes, *named], edges)
    return _sealed(data.report_id, [report, *nodes], edges)


def apply_judgements(store: GraphStore, reports: Iterable[str] | None = None) -> list[WriteSummary]:
    """Write anew the reports (of `reports`, where they are named) that the store holds under other judgements
    than its file has now.

    Then the graph is the one that a clean load gives with this file. Raises JudgementError, StoreError.
    """
    summaries: list[WriteSummary] = []
    graphs = _rejudged(store, reports)
    while some := list(islice(graphs, _TOGETHER)):
        for data in some:
            check_graph(data, store.schema)
        summaries += store.replace_rows([rows_of(data) for data in some])
    return summaries


def stale_reports(store: GraphStore) -> list[str]:
    """The ids of the reports that are in the store under other judgements than its file has now, sorted."""
    return [data.report_id for data in _rejudged(store, None)]


def _rejudged(store: GraphStore, reports: Iterable[str] | None) -> Iterator[GraphData]:
    """The graphs of the reports that are not as the judgements say, as they say."""
    for report_id in sorted(set(_perhaps_stale(store) if reports is None else reports)):
        if (stored := read_graph(store, report_id)) is not None:
            data = judge(unjudge(stored), store.judgements)
            if data.report.properties["digest"] != stored.report.properties["digest"]:
                yield data


def _perhaps_stale(store: GraphStore) -> set[str]:
    """The ids of reports in which an edge would lead elsewhere now, or a finding may be judged otherwise."""
    found: set[str] = set()
    for label in _NAMED:
        found.update(
            row["report"]
            for row in store.read(_MOVED.format(label))
            if any(store.judgements.node_of(own_id) != row["id"] for own_id in row["own_ids"])
        )
        if moved := store.judgements.moved:
            found.update(row["report"] for row in store.read(_TO_MOVE.format(label), ids=moved))
    for row in reviewed_reports(store):
        said = store.judgements.of_report(row["id"], row["title"])
        if [one.key for one in said] != row["judgements"]:
            found.add(row["id"])
    return found


def reviewed_reports(store: GraphStore) -> list[dict[str, Any]]:
    """The reports that the file's reviews may be of, or that hold some: id, title, and the `judgements` that
    they hold.
    """
    reviews = store.judgements.reviews
    rows = store.read(
        _REVIEWED,
        ids=sorted({one.report for one in reviews if one.report}),
        titles=sorted({one.title for one in reviews if one.title}),
    )
    return [{**row, "judgements": row["judgements"] or []} for row in rows]


def _moved(edges: Iterable[GraphEdge], moved: Set[str], judgements: Judgements) -> list[GraphEdge]:
    """The edges, those to `moved` nodes led to the judged ones; edges that then say the same become one."""
    groups: dict[str, list[GraphEdge]] = defaultdict(list)
    for edge in edges:
        target = judgements.node_of(edge.target) if edge.target_label in _NAMED else edge.target
        says = [edge.type, edge.source, target, dict(edge.properties)]
        groups[json.dumps(says, sort_keys=True)].append(edge)
    made = []
    for group in groups.values():
        own_ids = sorted(edge.target for edge in group)
        edge = group[0]
        if not moved.isdisjoint(own_ids):
            edge = replace(
                edge,
                target=judgements.node_of(edge.target),
                properties={**edge.properties, "own_ids": own_ids},
            )
        made.append(edge)
    return made


def _merged(nodes: Iterable[GraphNode]) -> list[GraphNode]:
    """Nodes that have one id now, as one, named by all."""
    groups: dict[tuple[str, str], list[GraphNode]] = defaultdict(list)
    for node in nodes:
        groups[node.label, node.id].append(node)
    return [group[0] if len(group) == 1 else _one(group) for group in groups.values()]


def _one(group: list[GraphNode]) -> GraphNode:
    name, aliases = merge_names((n.properties["name"], n.properties.get("aliases") or ()) for n in group)
    place = merge_places(n.properties.get("place") for n in group)
    properties = {"name": name, "aliases": aliases, "place": place}
    return replace(group[0], properties={k: v for k, v in properties.items() if v})


def _sealed(report_id: str, nodes: Iterable[GraphNode], edges: Iterable[GraphEdge]) -> GraphData:
    """With the digest of the content in the report's node, which comes first."""
    data = GraphData(report_id, tuple(nodes), tuple(edges))
    first = next(n for n in data.nodes if n.label == "Report")
    rest = [n for n in data.nodes if n is not first]
    first = replace(first, properties={**first.properties, "digest": data.digest})
    return replace(data, nodes=(first, *rest))
