"""Opens the way to a database: a Neo4j server by its address, or the embedded store by its folder."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import neo4j
from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError

from graph.dialect import arcadedb_schema, neo4j_schema
from graph.embedded import EmbeddedServer, start_or_attach
from graph.embedded_server import DATABASE, READER
from graph.errors import StoreAwayError, StoreError, explain, is_away
from graph.schema import load_schema
from graph.version import is_marked, mark

# A server that is away must show in seconds; the driver's own limits are a minute and more.
DRIVER: Mapping[str, Any] = {
    "connection_timeout": 5,
    "connection_acquisition_timeout": 5,
    "max_transaction_retry_time": 2,
    "notifications_min_severity": "OFF",
    "telemetry_disabled": True,
}
# The driver logs every retry; in a program that has set up no logging that would go to the terminal.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
#: How often to look again for an embedded store that ended just after it was found.
_TRIES = 5
#: What ArcadeDB answers to any request of a user who is not, or no more, logged on.
_LOGGED_OFF = "Neo.ClientError.Request.Invalid"
_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


@dataclass(frozen=True, slots=True)
class Connection:
    """An open way to a database. `uri` has no user or password.

    `reader` is for queries that may only read: on the embedded store its user may not write, on Neo4j it is
    the same driver, as there a READ session cannot. `reader_auth`: its user and password.
    """

    uri: str
    database: str
    driver: neo4j.Driver
    reader: neo4j.Driver
    server: EmbeddedServer | None = None
    reader_auth: tuple[str, str] | None = field(default=None, repr=False)

    @property
    def borrowed(self) -> bool:
        """Is it an embedded store that may end before this process: another's, or nobody's?"""
        return self.server is not None and self.server.process is None

    def has_gone(self, err: Exception) -> bool:
        """Is the embedded store away? While it closes it forgets its users, also those that are logged on."""
        return self.server is not None and (
            is_away(err) or isinstance(err, AuthError) or getattr(err, "code", None) == _LOGGED_OFF
        )

    def explain(self, err: Exception) -> StoreError:
        """The driver's exception as ours."""
        if self.server and self.has_gone(err):
            return StoreAwayError(
                f"{self.server.run_file.parent}: the store has gone with the process that had it; try again"
            )
        return explain(err, self.uri)

    def close(self) -> None:
        """Close it; the embedded store stops if this process owns it."""
        self.reader.close()
        self.driver.close()
        if self.server:
            self.server.stop()


def connect_neo4j(uri: str) -> Connection:
    """A Neo4j server with its schema; by NEO4J_USER, NEO4J_PASSWORD, NEO4J_DATABASE.

    Raises StoreError, also where another version of the schema made the graph.
    """
    parts = urlsplit(uri)
    shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else uri
    wrong = StoreError(f"NEO4J_URI: {shown!r} must be like neo4j://host:7687 or bolt://host:7687")
    if parts.scheme not in _SCHEMES or not parts.netloc:
        raise wrong
    password = os.environ.get("NEO4J_PASSWORD")
    auth = (os.environ.get("NEO4J_USER") or "neo4j", password) if password else None
    try:
        driver = neo4j.GraphDatabase.driver(uri, auth=auth, **DRIVER)
    except (ConfigurationError, ValueError) as err:
        raise wrong from err  # the driver's own words would show the password
    database = os.environ.get("NEO4J_DATABASE") or "neo4j"
    try:
        driver.verify_connectivity()  # without the retries of a transaction
        with driver.session(database=database) as session:
            marked = is_marked(session, load_schema().version, shown)
            _ensure_schema(session)
            if not marked:
                mark(session, load_schema().version)
    except StoreError:
        driver.close()
        raise
    except (Neo4jError, DriverError, OSError) as err:
        driver.close()
        raise explain(err, shown) from err
    return Connection(shown, database, driver, driver, reader_auth=auth)


def _ensure_schema(session: neo4j.Session) -> None:
    """Make the constraints and indexes that are missing. As a rule none is, as one question shows."""

    def missing(tx: neo4j.ManagedTransaction) -> list[str]:
        there = {row["name"] for row in tx.run("SHOW INDEXES YIELD name RETURN name")}
        return [statement for name, statement in neo4j_schema(load_schema()).items() if name not in there]

    def make(tx: neo4j.ManagedTransaction) -> None:
        for statement in statements:
            tx.run(statement).consume()

    if statements := session.execute_read(missing):
        session.execute_write(make)
        session.execute_read(lambda tx: tx.run("CALL db.awaitIndexes(600)").consume())


def connect_embedded(
    folder: Path, time_limit: float, idle: float = 0, tell: Callable[[str], object] = lambda line: None
) -> Connection:
    """The embedded store in `folder`; `time_limit`: seconds that a query may take; others: see `embedded`.

    Raises StoreError, also where another version of the schema made the graph.
    """
    for tries_left in reversed(range(_TRIES)):
        server = start_or_attach(
            folder, arcadedb_schema(load_schema()), time_limit=time_limit, idle=idle, tell=tell
        )
        connection = _drivers(server)
        try:
            with connection.driver.session(database=DATABASE) as session:
                marked = is_marked(session, load_schema().version, str(folder))
                if server.process and not marked:  # the process that started it does it otherwise
                    mark(session, load_schema().version)
            server.keep()
        except StoreError:
            connection.close()
            raise
        except (Neo4jError, DriverError, OSError) as err:
            connection.close()
            if not (tries_left and connection.borrowed and connection.has_gone(err)):
                raise connection.explain(err) from err
        else:
            return connection
    raise AssertionError("the last try returns or raises")


def _drivers(server: EmbeddedServer) -> Connection:
    info = server.info
    root, reader = (
        neo4j.GraphDatabase.driver(info.uri, auth=auth, **DRIVER)
        for auth in (("root", info.password), (READER, info.reader_password))
    )
    return Connection(info.uri, DATABASE, root, reader, server, (READER, info.reader_password))
