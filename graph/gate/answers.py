"""The answer to a user's query: as a table, and as the nodes and edges that stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import neo4j
from neo4j.graph import Node, Path, Relationship

from graph.exports.rows import ENDS
from graph.reading import QueryResult
from graph.values import plain


@dataclass(frozen=True, slots=True)
class Answer(QueryResult):
    """The table, and its nodes and edges, each once, in the order of the rows.

    `nodes`: `label`, `id` and properties. `edges`: `type`, `id`, properties, and the ENDS of
    `graph.exports.rows`, which are None where the answer does not hold that node.
    """

    nodes: tuple[dict[str, Any], ...] = ()
    edges: tuple[dict[str, Any], ...] = ()


class AnswerBuilder:
    """Takes the records of an answer one by one, up to `limit` of them."""

    def __init__(self, limit: int) -> None:
        self.columns: tuple[str, ...] = ()
        self._limit, self._rows = limit, list[dict[str, Any]]()
        self._nodes, self._edges = dict[str, dict[str, Any]](), dict[str, Relationship]()  # by element id
        self._truncated = False

    @property
    def is_empty(self) -> bool:
        return not self._rows

    def add(self, record: neo4j.Record) -> bool:
        """Take the record, if there is room for it; False where there was none."""
        if len(self._rows) >= self._limit:
            self._truncated = True
            return False
        self._rows.append({key: plain(record[key]) for key in self.columns})
        for key in self.columns:
            self._collect(record[key])
        return True

    def answer(self, *, truncated: bool = False) -> Answer:
        return Answer(
            self.columns,
            self._rows,
            truncated or self._truncated,
            nodes=tuple(self._nodes.values()),
            edges=tuple(map(self._edge, self._edges.values())),
        )

    def _edge(self, edge: Relationship) -> dict[str, Any]:
        ends = [(self._nodes.get(node.element_id) if node else None) or {} for node in edge.nodes]
        said = [end.get(key) for end in ends for key in ("label", "id")]
        return {**plain(edge), **dict(zip(ENDS, said, strict=True))}

    def _collect(self, value: Any) -> None:
        match value:
            case Node():
                self._nodes.setdefault(value.element_id, {"id": None, **plain(value)})
            case Relationship():
                self._edges.setdefault(value.element_id, value)
            case Path():
                for part in (*value.nodes, *value.relationships):
                    self._collect(part)
            case Mapping():
                for one in value.values():
                    self._collect(one)
            case list() | tuple():
                for one in value:
                    self._collect(one)
