"""What one report gives to the graph: nodes and edges as plain frozen data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extract.model import SuyinError


class GraphError(SuyinError):
    """A graph that must not be written; the message names the report and the node or edge."""


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A node as it is stored. `id` is unique within its label."""

    id: str
    label: str
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """An edge as it is stored; `source` and `target` are ids of nodes of the given labels."""

    type: str
    source: str
    target: str
    source_label: str
    target_label: str
    properties: Mapping[str, Any] = field(default_factory=dict)
    #: By ends and place, so that one report may mention a unit twice and the same mention stays one.
    id: str = field(init=False)

    def __post_init__(self) -> None:
        start, end = self.properties.get("start"), self.properties.get("end")
        own_ids = self.properties.get("own_ids", ())  # of a judgement: judge.py
        made = "\0".join(
            (
                self.type,
                self.source_label,
                self.source,
                self.target_label,
                self.target,
                f"{start} {end}",
                *own_ids,
            )
        )
        made = hashlib.sha256(made.encode("utf-8", "surrogatepass")).hexdigest()[:20]
        object.__setattr__(self, "id", made)


@dataclass(frozen=True, slots=True)
class GraphData:
    """All nodes and edges of one report, those it shares with others (Unit, Policy, …) included."""

    report_id: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]

    @property
    def report(self) -> GraphNode:
        """The node of the report itself."""
        return next(n for n in self.nodes if (n.label, n.id) == ("Report", self.report_id))

    @property
    def digest(self) -> str:
        """A hash of the content: the same findings give the same, in whatever order they come."""
        nodes = sorted(
            ([n.label, n.id, {**n.properties, "digest": None}] for n in self.nodes), key=lambda node: node[:2]
        )
        edges = sorted(([e.id, dict(e.properties)] for e in self.edges), key=lambda edge: edge[:1])
        return _hash([nodes, edges])


_encode = json.JSONEncoder(sort_keys=True).encode


def _hash(value: list[Any]) -> str:
    return hashlib.sha256(_encode(value).encode()).hexdigest()
