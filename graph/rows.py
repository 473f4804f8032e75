"""What one report gives to a store, as rows that are written as they stand: made in any process.

Plain lists, texts and numbers, so that they go from one process to another at little cost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graph.data import GraphData
from graph.schema import SEARCH, load_schema
from graph.search import search_text

Row: TypeAlias = dict[str, Any]
#: A type of edge, with the labels of its source and its target.
Ends: TypeAlias = tuple[str, str, str]
#: What all reports that name a unit or a policy say together, and none alone.
_NAMES = ("name", "aliases", "place")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a report whose graph has been checked.

    `nodes`: by label, the properties with the id. `names`: by label, what this report calls the units and
    policies among them: id, name, aliases, place. `edges`: ids of the ends (a, b) and the properties (e).
    """

    report_id: str
    digest: str
    nodes: Mapping[str, Sequence[Row]]
    names: Mapping[str, Sequence[Row]]
    edges: Mapping[Ends, Sequence[Row]]

    @property
    def node_count(self) -> int:
        return sum(map(len, self.nodes.values()))

    @property
    def edge_count(self) -> int:
        return sum(map(len, self.edges.values()))


def rows_of(data: GraphData) -> Rows:
    """The rows of a graph that has passed `check_graph`, with the texts by which its nodes are searched."""
    schema = load_schema()
    nodes: dict[str, list[Row]] = defaultdict(list)
    names: dict[str, list[Row]] = defaultdict(list)
    edges: dict[Ends, list[Row]] = defaultdict(list)
    for node in data.nodes:
        row = {"id": node.id, **node.properties}
        if node.label in schema.named:
            names[node.label].append({"id": node.id} | {key: row.pop(key, None) for key in _NAMES})
        if (label := schema.labels[node.label]).fulltext:
            row[SEARCH] = search_text(label, row)
        nodes[node.label].append(row)
    for edge in data.edges:
        row = {"a": edge.source, "b": edge.target, "e": {"id": edge.id, **edge.properties}}
        edges[edge.type, edge.source_label, edge.target_label].append(row)
    digest = data.report.properties["digest"]
    return Rows(data.report_id, digest, dict(nodes), dict(names), dict(edges))
