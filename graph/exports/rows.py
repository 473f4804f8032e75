"""The nodes and edges of a store, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extract.model import GROUNDED
from graph.errors import QueryError
from graph.schema import SEARCH
from graph.store import GraphStore

Row = Mapping[str, Any]
#: What each row of an edge has before its properties.
ENDS = ("source_label", "source", "target_label", "target")

_EDGE = (
    "RETURN '{source}' AS source_label, a.id AS source, '{target}' AS target_label, b.id AS target, "
    "properties(e) AS properties"
)


def check_report(store: GraphStore, report: str | None) -> None:
    """Raises QueryError where there is no such report; all of them, where it is None, are always there."""
    if report is not None and not store.read("MATCH (r:Report {id: $id}) RETURN r.id AS id", id=report):
        raise QueryError(f"there is no report {report!r}; suyin query reports-over-time --json gives the ids")


def nodes(store: GraphStore, label: str, report: str | None = None) -> Iterator[Row]:
    """The nodes of a label, in the whole graph or in a report: properties and `id`. Raises StoreError."""
    if report is None:
        query = f"MATCH (n:{label}) RETURN properties(n) AS properties"
    elif label == "Report":
        query = "MATCH (n:Report {id: $report}) RETURN properties(n) AS properties"
    elif label in GROUNDED:
        query = (
            f"MATCH (n:{label})-[:STATED_IN]->(:Report {{id: $report}}) RETURN properties(n) AS properties"
        )
    else:
        query = (
            f"MATCH (:Report {{id: $report}})-->(n:{label}) RETURN properties(n) AS properties UNION "
            f"MATCH (:Report {{id: $report}})<-[:STATED_IN]-()-->(n:{label}) "
            "RETURN properties(n) AS properties"
        )
    for row in store.stream(query, report=report, ahead=10 if label == "SourceText" else 1000):
        yield {name: value for name, value in row["properties"].items() if name != SEARCH}


def edges(store: GraphStore, type_: str, report: str | None = None) -> Iterator[Row]:
    """The edges of a type: ENDS, `id` and their properties. Raises StoreError."""
    kind = store.schema.edges[type_]
    for source in kind.sources:
        for target in kind.targets:
            if not kind.joins(source, target):
                continue
            if report is None:
                pattern = f"MATCH (a:{source})-[e:{type_}]->(b:{target}) "
            elif source == "Report":
                pattern = f"MATCH (a:Report {{id: $report}})-[e:{type_}]->(b:{target}) "
            else:  # apart, so that e may be the STATED_IN itself
                pattern = (
                    f"MATCH (:Report {{id: $report}})<-[:STATED_IN]-(a:{source}) "
                    f"MATCH (a)-[e:{type_}]->(b:{target}) "
                )
            for row in store.stream(pattern + _EDGE.format(source=source, target=target), report=report):
                yield {**{name: row[name] for name in ENDS}, **row["properties"]}
