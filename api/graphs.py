"""The graph of one report, read back from the store."""

from __future__ import annotations

from api.cypher import ask_all
from api.errors import NotFound
from graph.data import GraphData, GraphEdge, GraphNode
from graph.store import GraphStore


def read_graph(store: GraphStore, report_id: str) -> GraphData:
    """All nodes and edges of a report, ordered by id. Raises NotFound, StoreError.

    Of what other reports share with it only the nodes are here, not their other edges.
    """
    rows = ask_all(store, "report-nodes", report=report_id)
    if not rows:
        raise NotFound(f"there is no report {report_id!r}; see /reports")
    nodes = [GraphNode(r["properties"]["id"], r["label"], _without_id(r["properties"])) for r in rows]
    found = ask_all(store, "report-edges", report=report_id)
    edges = [GraphEdge(r["type"], r["source"], r["target"], r["source_label"], r["target_label"],
                       _without_id(r["properties"])) for r in found]
    return GraphData(report_id, tuple(sorted(nodes, key=lambda n: (n.label, n.id))),
                     tuple(sorted(edges, key=lambda e: e.id)))


def _without_id(properties: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in properties.items() if key != "id"}
