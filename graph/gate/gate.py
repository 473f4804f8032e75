"""The one way for users' Cypher: checked, limited in number, and asked without harm."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from neo4j.exceptions import DriverError, Neo4jError

from extract.model import SuyinError
from graph.connect import Connection
from graph.errors import StoreError
from graph.gate.answers import Answer
from graph.gate.check import check
from graph.gate.run import BYTE_LIMIT, Run, StillRunningError
from graph.notes import notes_on_words
from graph.store import GraphStore

#: Queries at a time, and seconds between looks at one that a server has not ended.
AT_ONCE, _PAUSE = 4, 1.0
_MEMORY = (
    "SHOW SETTINGS 'db.memory.transaction.max', 'dbms.memory.transaction.total.max' "
    "YIELD name, value RETURN name, value"
)


class BusyError(SuyinError):
    """As many queries are being answered as may be at a time."""


class Gate:
    """Lets so many queries through at a time; each has its place until the database is done with it."""

    def __init__(self, at_once: int = AT_ONCE, byte_limit: int = BYTE_LIMIT) -> None:
        self._places = threading.BoundedSemaphore(at_once)
        self._at_once, self._byte_limit = at_once, byte_limit
        self._safe: Connection | None = None  # whose limits of memory were seen

    def check_store(self, store: GraphStore) -> None:
        """Whether users may ask this store at all; looked at once for each connection. Raises StoreError."""
        connection = store.connection()
        if connection is not self._safe:
            check_memory(store)
            self._safe = connection

    def ask(self, store: GraphStore, text: str, parameters: Mapping[str, Any]) -> Answer:
        """The answer to a query that only reads; its `notes` tell of words that the schema lacks.

        Raises GateError, BusyError, QueryError, StoreError.
        """
        query = check(text, parameters)
        notes = tuple(notes_on_words(store.schema, query.tokens, parameters))
        if not self._places.acquire(blocking=False):
            raise BusyError(
                f"同时最多 {self._at_once} 个查询 · {self._at_once} queries are being answered, "
                "which is all that may be at a time; 稍后再试 · try again later"
            )
        release = True
        try:
            run = Run(store, query, dict(parameters), self._byte_limit)
            try:
                return replace(run.answer(), notes=notes)
            except StillRunningError:
                release = False
                threading.Thread(target=self._release_after, args=(run,), daemon=True).start()
                raise
        finally:
            if release:
                self._places.release()

    def _release_after(self, run: Run) -> None:
        with suppress(Neo4jError, DriverError, OSError):  # it is away, and its queries with it
            while run.is_running():
                time.sleep(_PAUSE)
        self._places.release()


def check_memory(store: GraphStore) -> None:
    """Raises StoreError where a Neo4j sets no limit to the memory of one query.

    The embedded store ends, and starts again, where a query takes all of it.
    """
    if store.connection().server is not None:
        return
    try:
        found = {row["name"]: row["value"] for row in store.read(_MEMORY)}
    except StoreError as err:
        raise StoreError(
            "查不到 Neo4j 的内存上限，不开放 Cypher · this Neo4j tells no limits of memory, so "
            "users' Cypher is off; see whether its user may SHOW SETTINGS"
        ) from err
    for name in ("db.memory.transaction.max", "dbms.memory.transaction.total.max"):
        if found.get(name, "0B").startswith("0"):
            raise StoreError(
                f"Neo4j 没有设内存上限，不开放 Cypher · {name} is not set in Neo4j, so users' "
                "Cypher is off; 见 docker-compose.yml · set it as docker-compose.yml does"
            )
