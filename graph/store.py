"""GraphStore: the graph in a database over Bolt, be it a Neo4j server or the embedded ArcadeDB."""

from __future__ import annotations

import hashlib
import json
import os
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

import neo4j
from neo4j.exceptions import ConstraintError, DriverError, Neo4jError, TransientError

from graph import places, write
from graph.check import check_graph
from graph.connect import Connection, connect_embedded, connect_neo4j
from graph.data import GraphData
from graph.embedded import check_room
from graph.errors import QueryError, StoreError
from graph.judgements import Judgements, read_judgements
from graph.reading import QueryResult, Reader, Reading, row
from graph.rows import Rows, rows_of
from graph.schema import Schema, load_schema

__all__ = ["GraphStore", "QueryError", "StoreError", "WriteSummary", "open_store"]

T = TypeVar("T")
#: Seconds after which a read-only query is stopped, and rows after which its answer is cut.
TIME_LIMIT, ROW_LIMIT = 30, 10_000
#: How often a write that met another transaction is tried again, and a store that another process ended is
#: looked for again.
_TRIES = 5


@dataclass(frozen=True, slots=True)
class WriteSummary:
    """What a write did: `status` is loaded, unchanged or replaced; nodes and edges of the report's graph."""

    report_id: str
    status: write.Status
    nodes: int
    edges: int


class GraphStore:
    """The graph in a database. Open it with `open_store`; one store may be used by many threads.

    All methods raise StoreError; where the query is at fault, QueryError.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        *,
        time_limit: float = TIME_LIMIT,
        row_limit: int = ROW_LIMIT,
        judgements: Path | None = None,
    ) -> None:
        self.schema: Schema = load_schema()
        self.time_limit, self.row_limit = time_limit, row_limit
        self.judgements_file = judgements
        self._connect, self._lock = connect, threading.Lock()
        self._connection: Connection | None = connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def uri(self) -> str:
        """Where the database is; without user or password."""
        return self._connected().uri

    @property
    def folder(self) -> Path | None:
        """Where the files of the embedded store lie; None of a server."""
        server = self._connected().server
        return server.run_file.parent if server else None

    @property
    def kind(self) -> Literal["embedded", "neo4j"]:
        """Which database it is."""
        return "embedded" if self._connected().server else "neo4j"

    @cached_property
    def judgements(self) -> Judgements:
        """What people judged to be one unit or policy, or not, when it was first asked for.

        Raises JudgementError.
        """
        return read_judgements(self.judgements_file) if self.judgements_file else Judgements()

    def connection(self) -> Connection:
        """The open way to the database, opened where there is none. For the gate of users' queries."""
        return self._connected()

    def forget(self, connection: Connection) -> None:
        """Close a connection that is of no more use; the next question opens another."""
        self._disconnect(connection)

    def close(self) -> None:
        """Close the connection; the embedded store ends if this process owns it."""
        if self._connection is not None:
            self._disconnect(self._connection)

    def read(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        """All rows of a query of our own, within the time limit; values as JSON knows them."""
        return self._run(self._within(lambda reading: reading.read(cypher, **params)))

    def write(self, cypher: str, /, **params: Any) -> None:
        """A statement of our own that changes what is no report's; it does nothing where it is done."""
        self._run(lambda s: s.execute_write(lambda tx: tx.run(cypher, params).consume()))

    def stream(self, cypher: str, /, *, ahead: int = 1000, **params: Any) -> Iterator[dict[str, Any]]:
        """The rows of a query of our own one at a time, however many; `ahead` of them are held.

        It is not tried again where the store goes away.
        """
        connection = self._connected()
        try:
            with (
                connection.driver.session(
                    database=connection.database, fetch_size=ahead, default_access_mode=neo4j.READ_ACCESS
                ) as session,
                session.begin_transaction() as tx,
            ):
                for record in tx.run(cypher, params):
                    yield row(record)
        except (Neo4jError, DriverError) as err:
            raise connection.explain(err) from err

    def read_only(self, cypher: str, /, **params: Any) -> QueryResult:
        """A question that the server itself keeps from writing, within the limits of time and rows."""
        return self.read_together(lambda reading: reading.read_only(cypher, **params))

    def read_together(self, work: Callable[[Reader], T]) -> T:
        """Do what asks several questions in one transaction, which the server itself keeps from writing.

        It is a round trip for each instead of two. The time limit is for all of them on a Neo4j, for each on
        the embedded store. `work` may be done twice, so it changes nothing but what it returns.
        """
        return self._run(self._within(work), reader=True)

    def _within(self, work: Callable[[Reader], T]) -> Callable[[neo4j.Session], T]:
        @neo4j.unit_of_work(timeout=self.time_limit)
        def within(tx: neo4j.ManagedTransaction) -> T:
            return work(Reading(tx, self.schema, self.row_limit))

        return lambda session: session.execute_read(within)

    def replace_report(self, data: GraphData, *, force: bool = False) -> WriteSummary:
        """Check and write one report's graph in one transaction, in the place of what the report had.

        Raises GraphError where the graph is not as the schema says; then nothing is written.
        """
        check_graph(data, self.schema)
        return self.replace_rows([rows_of(data)], force=force)[0]

    def replace_rows(self, reports: Sequence[Rows], *, force: bool = False) -> list[WriteSummary]:
        """Write the rows of several reports in one transaction: all of them or, where it raises, none.

        Each is of another report, and of a graph that has passed `check_graph`.
        """
        statuses = self._run(lambda s: s.execute_write(write.replace, reports, force))
        return [
            WriteSummary(report.report_id, status, report.node_count, report.edge_count)
            for report, status in zip(reports, statuses, strict=True)
        ]

    def delete_report(self, report_id: str) -> bool:
        """Take a report out, with what no other report holds; False where it is not there."""
        return self._run(lambda s: s.execute_write(write.delete, report_id))

    def counts(self) -> dict[str, dict[str, int]]:
        """How many nodes of each label and edges of each type: {"nodes": {"Problem": 24, …}, "edges": …}."""

        def count(pattern: str) -> int:
            return int(self.read(f"MATCH {pattern} RETURN count(x) AS n")[0]["n"])

        return {
            "nodes": {label: count(f"(x:{label})") for label in self.schema.labels},
            "edges": {
                name: sum(count(f"(:{source})-[x:{name}]->()") for source in edge.sources)
                for name, edge in self.schema.edges.items()
            },
        }

    def digest(self) -> str:
        """A hash of the whole graph by content: alike for whatever order of loading and on both databases."""
        queries = [
            f"MATCH (n:{label}) RETURN '{label}' AS kind, properties(n) AS p" for label in self.schema.labels
        ]
        queries += [
            f"MATCH (a:{source})-[e:{name}]->(b:{target}) "
            f"RETURN '{name} {source} {target}' AS kind, a.id AS a, b.id AS b, properties(e) AS p"
            for name, edge in self.schema.edges.items()
            for source in edge.sources
            for target in edge.targets
        ]

        def work(tx: neo4j.ManagedTransaction) -> list[bytes]:
            return [
                hashlib.sha256(json.dumps(record.data(), sort_keys=True).encode()).digest()
                for query in queries
                for record in tx.run(query)
            ]

        return hashlib.sha256(b"".join(sorted(self._run(lambda s: s.execute_read(work))))).hexdigest()

    def _run(self, work: Callable[[neo4j.Session], T], *, reader: bool = False) -> T:
        """Do the work in a session; once more where that helps.

        It may be done twice, as each write does nothing where it is done already. It helps where the embedded
        store went away with the process that owned it, as may its successor, and where several transactions
        made the same new node or changed the same old one: the losers find it at their next try.
        """
        moves = conflicts = 0
        while True:
            connection = self._connected()
            driver = connection.reader if reader else connection.driver
            try:
                with driver.session(database=connection.database) as session:
                    return work(session)
            except (Neo4jError, DriverError, OSError) as err:
                if self._connection is not connection:  # another thread has replaced it
                    continue
                if connection.has_gone(err) and moves < (_TRIES if connection.borrowed else 1):
                    moves += 1
                    self._disconnect(connection)
                elif isinstance(err, ConstraintError | TransientError) and conflicts < _TRIES:
                    conflicts += 1
                    time.sleep(
                        random.uniform(0, 0.05 * 2**conflicts)
                    )  # so that the same two do not meet again
                else:
                    if connection.server and not reader:  # a write may have failed for want of disk
                        check_room(connection.server.run_file.parent)
                    raise connection.explain(err) from err

    def _connected(self) -> Connection:
        with self._lock:
            if self._connection is None:
                self._connection = self._connect()
            return self._connection

    def _disconnect(self, connection: Connection) -> None:
        with self._lock:
            if self._connection is connection:  # else another thread has done it
                self._connection = None
                connection.close()


def open_store(
    *,
    uri: str | None = None,
    data_dir: Path | str | None = None,
    time_limit: float = TIME_LIMIT,
    row_limit: int = ROW_LIMIT,
    idle: float = 0,
    tell: Callable[[str], object] = lambda line: None,
) -> GraphStore:
    """The store at `uri`, in `data_dir`, or as the environment says. Raises StoreError.

    A Neo4j by NEO4J_URI, NEO4J_USER (neo4j), NEO4J_PASSWORD and NEO4J_DATABASE (neo4j); where NEO4J_URI is
    not set, the embedded store in SUYIN_DATA_DIR or ~/.local/share/suyin. `time_limit` in seconds and
    `row_limit` in rows hold for queries that may only read. The judgements are those of SUYIN_JUDGEMENTS, or
    of judgements.csv in the folder of the data. An embedded store that this starts ends with this process,
    or, where `idle` is more than 0, when nobody has used it for so many seconds. `tell` is given a line where
    it has to wait for another process to close it.
    """
    judgements = places.judgements_file(data_dir)
    address = uri or (os.environ.get("NEO4J_URI") if data_dir is None else None)
    if address:
        return GraphStore(
            lambda: connect_neo4j(address), time_limit=time_limit, row_limit=row_limit, judgements=judgements
        )
    folder = places.store_dir(data_dir)
    return GraphStore(
        lambda: connect_embedded(folder, time_limit, idle, tell),
        time_limit=time_limit,
        row_limit=row_limit,
        judgements=judgements,
    )
