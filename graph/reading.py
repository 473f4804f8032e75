"""Asking a database what changes nothing: one question, or several within one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import neo4j

from graph.schema import Schema
from graph.values import check_values, plain


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Rows as dicts by column, of values that JSON knows. `truncated`: there were more than the limit.

    `notes`: a line each on words of the question that the schema or the graph does not know.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    truncated: bool = False
    notes: tuple[str, ...] = ()


class Reader(Protocol):
    """Whoever answers questions: a GraphStore, each in a transaction of its own, or a Reading, all in one."""

    @property
    def schema(self) -> Schema: ...

    def read(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]: ...

    def read_only(self, cypher: str, /, **params: Any) -> QueryResult: ...


class Reading:
    """A transaction that may only read. It ends with the function that it was made for."""

    def __init__(self, tx: neo4j.ManagedTransaction, schema: Schema, row_limit: int) -> None:
        self.schema = schema
        self._tx, self._row_limit = tx, row_limit

    def read(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        """All rows of a query of our own; values as JSON knows them (see `graph.values.plain`)."""
        return [row(record) for record in self._tx.run(cypher, params)]

    def read_only(self, cypher: str, /, **params: Any) -> QueryResult:
        """As many rows as the limit allows. Raises QueryError where a parameter is none that it takes."""
        check_values(params)
        result = self._tx.run(cypher, params)
        columns = tuple(result.keys())
        records = result.fetch(self._row_limit + 1)
        truncated = len(records) > self._row_limit
        if truncated:
            result.consume()  # else the next question would fetch the rest
        return QueryResult(columns, [row(record) for record in records[: self._row_limit]], truncated)


def row(record: neo4j.Record) -> dict[str, Any]:
    """A record by column, of values that JSON knows."""
    return dict(zip(record.keys(), map(plain, record.values()), strict=True))
