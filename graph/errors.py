"""What can go wrong with a store, and the driver's exceptions in one line that names what to change."""

from __future__ import annotations

import neo4j.exceptions as driver

from extract.model import SuyinError


class StoreError(SuyinError):
    """The store cannot be reached or used; the message names the setting to change."""


class StoreAwayError(StoreError):
    """No database answers, so whatever it is asked fails; the message names the setting to change."""


class QueryError(StoreError):
    """The store is well but will not run this query; the message says why."""


def explain(err: Exception, uri: str) -> StoreError:
    """The driver's exception as ours. `uri`: the store's, without credentials."""
    code = getattr(err, "code", None) or ""
    said = " ".join((getattr(err, "message", None) or str(err)).split())
    if isinstance(err, driver.AuthError):
        return StoreError(f"{uri}: the user or password is wrong; check NEO4J_USER and NEO4J_PASSWORD")
    if code.endswith("DatabaseNotFound"):
        return StoreError(f"{uri}: there is no such database; check NEO4J_DATABASE")
    if code.endswith("DatabaseUnavailable"):
        return StoreAwayError(
            f"{uri}: the database is not available; wait until it has started, or see the "
            "server's log (is its disk full?)"
        )
    if is_away(err):
        return StoreAwayError(f"{uri}: no answer; is the database running? Check NEO4J_URI")
    if code.endswith("ReadOnlyAccessDatabase"):
        return StoreError(
            f"{uri}: the database is closed to writing; take it out of the server's setting "
            "server.databases.read_only (NEO4J_READ_ONLY_DATABASES in .env) and start it again"
        )
    if "TimedOut" in code or "Terminated" in code:
        return QueryError("the query took too long and was stopped; narrow it or give it a LIMIT")
    if isinstance(err, driver.Forbidden) or code.endswith("AccessMode"):
        return QueryError(f"refused, queries may only read: {said}")
    if code.endswith("OutOfMemoryError") or code.startswith("Neo.TransientError.General"):
        return QueryError(f"the query needs too much memory: {said}")
    if code.startswith("Neo.ClientError"):
        return QueryError(f"the query is refused: {said}")
    return StoreError(f"{uri}: {said or type(err).__name__}")


def is_away(err: Exception) -> bool:
    """Is the server gone, or its database closed, rather than displeased?"""
    return isinstance(err, driver.ServiceUnavailable | driver.SessionExpired | OSError) or (
        getattr(err, "code", None) or ""
    ).endswith("DatabaseUnavailable")
