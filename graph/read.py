"""The graph of one report, read back from the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.data import GraphData, GraphEdge, GraphNode
from graph.reading import Reader
from graph.schema import SEARCH

_NODES = """
MATCH (n:Report {id: $report})
RETURN labels(n)[0] AS label, properties(n) AS properties
UNION
MATCH (:Report {id: $report})<-[:STATED_IN]-(n)
RETURN labels(n)[0] AS label, properties(n) AS properties
UNION
MATCH (:Report {id: $report})-->(n)
RETURN labels(n)[0] AS label, properties(n) AS properties
UNION
MATCH (:Report {id: $report})<-[:STATED_IN]-()-->(n)
RETURN labels(n)[0] AS label, properties(n) AS properties
"""
_EDGES = """
MATCH (a:Report {id: $report})-[e]->(b)
RETURN type(e) AS type, labels(a)[0] AS source_label, a.id AS source, labels(b)[0] AS target_label,
       b.id AS target, properties(e) AS properties
UNION ALL
MATCH (:Report {id: $report})<-[:STATED_IN]-(a)
MATCH (a)-[e]->(b)   // apart, so that e may be the STATED_IN itself
RETURN type(e) AS type, labels(a)[0] AS source_label, a.id AS source, labels(b)[0] AS target_label,
       b.id AS target, properties(e) AS properties
"""


def read_graph(reader: Reader, report_id: str) -> GraphData | None:
    """All nodes and edges of a report, ordered by id, the report first; None where it is not there.

    Of what other reports share with it only the nodes are here, under the names that all of them give.
    Raises StoreError.
    """
    nodes = [
        GraphNode(row["properties"]["id"], row["label"], own(row["properties"]))
        for row in reader.read(_NODES, report=report_id)
    ]
    if not nodes:
        return None
    edges = [
        GraphEdge(
            row["type"],
            row["source"],
            row["target"],
            row["source_label"],
            row["target_label"],
            own(row["properties"]),
        )
        for row in reader.read(_EDGES, report=report_id)
    ]
    nodes.sort(key=lambda n: (n.label != "Report", n.label, n.id))
    return GraphData(report_id, tuple(nodes), tuple(sorted(edges, key=lambda e: e.id)))


def own(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Without the id, and what is only there to be searched."""
    return {key: value for key, value in properties.items() if key not in ("id", SEARCH)}
