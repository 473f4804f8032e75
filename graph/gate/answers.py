"""The answer to a user's query: as a table, and as the nodes and edges that stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import neo4j
from neo4j.graph import Node, Path, Relationship

from graph.store import QueryResult
from graph.values import plain


@dataclass(frozen=True, slots=True)
class Answer(QueryResult):
    """The table, and `nodes` and `edges` as `graph.values.plain` gives them, each once, in the order of rows.

    An edge whose ends the answer does not hold has None for them.
    """

    nodes: tuple[dict[str, Any], ...] = ()
    edges: tuple[dict[str, Any], ...] = ()


class AnswerBuilder:
    """Takes the records of an answer one by one, up to `limit` of them."""

    def __init__(self, limit: int) -> None:
        self.columns: tuple[str, ...] = ()
        self._limit, self._rows = limit, list[dict[str, Any]]()
        self._nodes, self._edges = dict[str, dict[str, Any]](), dict[str, Relationship]()
        self._ids: dict[str, Any] = {}
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
        edges = []
        for edge in self._edges.values():
            ends = [None if node is None else self._ids.get(node.element_id) for node in edge.nodes]
            edges.append({**plain(edge), "source": ends[0], "target": ends[1]})
        return Answer(self.columns, self._rows, truncated or self._truncated,
                      nodes=tuple(self._nodes.values()), edges=tuple(edges))

    def _collect(self, value: Any) -> None:
        match value:
            case Node():
                if value.element_id not in self._nodes:
                    self._nodes[value.element_id] = plain(value)
                    self._ids[value.element_id] = value.get("id")
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
