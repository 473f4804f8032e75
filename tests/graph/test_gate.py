"""Attacks on the gate for users' Cypher, on both stores: each ends in time, changes nothing, and stops nobody."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graph import cypher
from graph.errors import QueryError
from graph.gate import run
from graph.gate.check import Checked
from graph.gate.gate import BusyError, Gate
from graph.gate.limits import GateError
from graph.gate.run import Run
from graph.load import load
from graph.store import GraphStore, open_store
from tests.graph.data import audit, feedback, notice
from tests.graph.gate_attacks import CANARY, LIMITED, REFUSED
from tests.support.neo4j_server import Neo4jServer
from tests.viz import water_report

#: Seconds that a query may take here; seconds for what must happen at all.
LIMIT, LONGEST = 1.0, 120.0


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("embedded", marks=pytest.mark.store),
        pytest.param("neo4j", marks=pytest.mark.neo4j),
    ],
)
def hurried(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """A store with four reports that gives a query a second, once of either kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "GRACE", 1.0)
        if request.param == "embedded":
            store = open_store(data_dir=tmp_path_factory.mktemp("hurried"), time_limit=LIMIT)
        else:
            request.getfixturevalue("_neo4j_store")  # first, as it must find it empty
            server: Neo4jServer = request.getfixturevalue("neo4j_server")
            patch.setenv("NEO4J_USER", server.user)
            patch.setenv("NEO4J_PASSWORD", server.password)
            store = open_store(uri=server.uri, time_limit=LIMIT)
        with store:
            for make in (feedback, notice, audit, water_report.findings):
                load(make(), store)
            yield store
            for row in store.read("MATCH (r:Report) RETURN r.id AS id"):
                store.delete_report(row["id"])


@pytest.fixture(scope="module")
def digest(hurried: GraphStore) -> str:
    """Of the graph before any attack."""
    return hurried.digest()


@pytest.fixture
def canary() -> Iterator[tuple[str, list[object]]]:
    """An address that keeps who comes waiting, and who came."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def wait() -> None:
            try:
                while True:
                    came.append(listener.accept())
            except OSError:  # the test is over
                return

        threading.Thread(target=wait, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", came


def outcome(store: GraphStore, query: str) -> str:
    """How the query ended, in the words of gate_attacks."""
    try:
        return "cut" if Gate().ask(store, query, {}).truncated else "answer"
    except QueryError as err:
        found = {"超时": "time", "too long": "time", "memory": "memory", "字节": "large", "refused": "wrong"}
        return next((word for said, word in found.items() if said in str(err)), str(err))


def test_what_is_refused(hurried: GraphStore, digest: str, canary: tuple[str, list[object]]) -> None:
    address, came = canary
    told: list[str] = []
    for query in REFUSED.values():
        try:
            Gate().ask(hurried, query.replace(CANARY, address), {})
        except GateError as err:
            told.append(str(err))
    assert len(told) == len(REFUSED)
    assert all("; " in line for line in told)  # what to do
    assert came == []
    assert hurried.digest() == digest


@pytest.mark.parametrize("name", LIMITED)
def test_what_ends_in_time(hurried: GraphStore, digest: str, name: str) -> None:
    query, *expected = LIMITED[name]
    embedded = hurried.connection().server is not None
    ended = outcome(hurried, query)
    may = {expected[not embedded], "time"}  # on a machine that is busy all may take too long
    assert ended in may | ({"memory"} if may == {"time"} else set())
    assert hurried.digest() == digest  # and so the next ordinary question is answered


def test_so_many_at_a_time(hurried: GraphStore) -> None:
    gate, ended = Gate(at_once=2), list[str]()

    def ask() -> None:
        try:
            gate.ask(hurried, LIMITED["product"][0], {})
        except (QueryError, BusyError) as err:
            ended.append(type(err).__name__)

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ended.count("BusyError") == 3
    deadline = time.monotonic() + LONGEST  # Neo4j may still be ending what we left
    while True:
        try:
            assert gate.ask(hurried, "RETURN 1 AS one", {}).rows == [{"one": 1}]
            break
        except BusyError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


@pytest.mark.store
def test_the_store_ends_where_memory_does_and_nothing_is_lost(tmp_path: Path) -> None:
    """What `RETURN size(reduce(s = [1], i IN range(1, 40) | s + s))` did before: it went deaf with open sockets."""
    with open_store(data_dir=tmp_path) as store:
        load(feedback(), store)
        digest, server = store.digest(), store.connection().server
        assert server is not None
        with pytest.raises(QueryError, match="takes all memory"):
            Run(store, unchecked("RETURN size(reduce(s = [1], i IN range(1, 40) | s + s)) AS n"), {}).answer()
        assert store.digest() == digest
        assert (
            not psutil.pid_exists(server.info.pid)
            or psutil.Process(server.info.pid).create_time() != server.info.born
        )


def unchecked(text: str) -> Checked:
    """As if it had passed the gate."""
    return Checked(text, tuple(cypher.tokens(text)))
