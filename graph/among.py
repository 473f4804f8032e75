"""The graph of some nodes: they, the edges between them, and the reports that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.data import GraphData, GraphEdge, GraphNode
from graph.read import own
from graph.store import GraphStore

#: The most nodes that are read; each label gets an equal share of it.
MOST = 1000
#: How a node of these labels is tied to a report; all others have STATED_IN.
_HOMES = {"Unit": "(n)<-[e:INSPECTS]-(r:Report)", "Policy": "(n)<-[e:REFERENCES]-(r:Report)"}
_NODES = "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n) AS properties"
_REPORTS = (
    "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) MATCH {home} "
    "RETURN DISTINCT properties(r) AS properties LIMIT 200"
)
_EDGES = """UNWIND $ids AS id
MATCH (a:{label} {{id: id}})
MATCH (a)-[e]->(b)
WHERE b.id IN $all
RETURN type(e) AS type, '{label}' AS source_label, a.id AS source, labels(b)[0] AS target_label,
       b.id AS target, properties(e) AS properties"""
_TEXTS = """UNWIND $ids AS id
MATCH (a:Report {id: id})-[e:HAS_TEXT]->(b:SourceText)
RETURN a.id AS source, properties(b) AS text, properties(e) AS properties"""


def graph_among(store: GraphStore, ids: Mapping[str, Iterable[str]], name: str) -> GraphData:
    """The graph of the nodes with these ids, by label; empty where none is in the graph.

    `name` takes the place of a report's id in GraphData: these nodes may be of several. Raises StoreError.
    """
    known = {label: found for label, found in ids.items() if label in store.schema.labels}
    wanted = {label: list(dict.fromkeys(found))[: MOST // len(known)] for label, found in known.items()}
    nodes: dict[tuple[str, str], GraphNode] = {}

    def add(label: str, query: str, given: list[str]) -> None:
        for row in store.read(query, ids=given):
            id_ = row["properties"]["id"]
            nodes.setdefault((label, id_), GraphNode(id_, label, own(row["properties"])))

    for label, given in wanted.items():
        add(label, _NODES.format(label=label), given)
        if label not in ("Report", "Category", "CauseType", "SourceText"):
            home = _HOMES.get(label, "(n)-[e:STATED_IN]->(r:Report)")
            add("Report", _REPORTS.format(label=label, home=home), given)
    edges = _edges(store, nodes)
    for row in store.read(_TEXTS, ids=[id_ for label, id_ in nodes if label == "Report"]):
        text = row["text"]
        nodes["SourceText", text["id"]] = GraphNode(text["id"], "SourceText", own(text))
        edges.append(
            GraphEdge("HAS_TEXT", row["source"], text["id"], "Report", "SourceText", own(row["properties"]))
        )
    return GraphData(name, tuple(nodes.values()), tuple({edge.id: edge for edge in edges}.values()))


def _edges(store: GraphStore, nodes: Iterable[tuple[str, str]]) -> list[GraphEdge]:
    by_label: dict[str, list[str]] = {}
    for label, id_ in nodes:
        by_label.setdefault(label, []).append(id_)
    everything = [id_ for ids in by_label.values() for id_ in ids]
    rows = [
        row
        for label, ids in by_label.items()
        for row in store.read(_EDGES.format(label=label), ids=ids, all=everything)
    ]
    return [
        GraphEdge(
            row["type"],
            row["source"],
            row["target"],
            row["source_label"],
            row["target_label"],
            own(row["properties"]),
        )
        for row in rows
        if row["target_label"] in by_label
    ]
