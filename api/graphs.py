"""The graph of one report, for an answer."""

from __future__ import annotations

from api.errors import NotFound
from graph import read
from graph.data import GraphData
from graph.store import GraphStore


def read_graph(store: GraphStore, report_id: str) -> GraphData:
    """All nodes and edges of a report. Raises NotFound, StoreError."""
    data = store.read_together(lambda reader: read.read_graph(reader, report_id))
    if data is None:
        raise NotFound(f"there is no report {report_id!r}; see /reports")
    return data
