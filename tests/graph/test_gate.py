"""The gate for users' Cypher on both stores: attacks end in time and change nothing, honest queries pass."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graph import cypher
from graph.errors import QueryError, StoreError
from graph.gate import run
from graph.gate.check import Checked, check
from graph.gate.gate import BusyError, Gate, check_memory
from graph.gate.limits import GateError
from graph.gate.run import Run
from graph.load import load
from graph.store import GraphStore, open_store
from tests.graph.data import audit, feedback, notice
from tests.graph.gate_attacks import CANARY, LIMITED, REFUSED
from tests.graph.gate_honest import HONEST
from tests.support.neo4j_server import Neo4jServer
from tests.viz import water_report

LIMIT, SLACK = 2.0, 10.0


@pytest.fixture(scope="module", params=[pytest.param("embedded", marks=pytest.mark.store),
                                        pytest.param("neo4j", marks=pytest.mark.neo4j)])
def hurried(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """A store with four reports that gives a query a second, once of either kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "GRACE", 1.5)
        if request.param == "embedded":
            store = open_store(data_dir=tmp_path_factory.mktemp("hurried"), time_limit=LIMIT)
        else:
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


@pytest.fixture
def canary() -> Iterator[tuple[str, list[object]]]:
    """An address that keeps who comes waiting, and who came."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        def wait() -> None:
            try:
                while True:
                    came.append(listener.accept())
            except OSError:                                 # the test is over
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


def test_what_is_refused(hurried: GraphStore, canary: tuple[str, list[object]]) -> None:
    address, came = canary
    before, told = hurried.digest(), list[str]()
    for query in REFUSED.values():
        try:
            Gate().ask(hurried, query.replace(CANARY, address), {})
        except GateError as err:
            told.append(str(err))
    assert len(told) == len(REFUSED)
    assert all("; " in line for line in told)               # what to do
    assert came == []
    assert hurried.digest() == before


@pytest.mark.parametrize("name", LIMITED)
def test_what_ends_in_time(hurried: GraphStore, name: str) -> None:
    query, *expected = LIMITED[name]
    before = hurried.digest()
    embedded = hurried.connection().server is not None
    began = time.monotonic()
    ended = outcome(hurried, query)
    assert time.monotonic() - began < LIMIT + SLACK
    assert ended in expected[not embedded].split()
    assert hurried.read("MATCH (p:Problem) RETURN count(p) > 0 AS there") == [{"there": True}]
    assert hurried.digest() == before


@pytest.mark.parametrize("query", HONEST)
def test_honest_queries_pass(hurried: GraphStore, query: str) -> None:
    answer = Gate().ask(hurried, query, HONEST[query])
    assert answer.rows
    assert not answer.truncated


def test_both_know_each_column_and_place() -> None:
    """Comments go, and nothing moves."""
    text = "MATCH (p:Problem) // 问题\n/* a\nb */ RETURN p.headline /* x */ ;"
    asked = check(text, {}).text
    assert asked == "MATCH (p:Problem)      \n    \n     RETURN p.headline"


def test_a_fault_is_told_where_it_stands(hurried: GraphStore) -> None:
    with pytest.raises(QueryError, match="line 2"):
        Gate().ask(hurried, "MATCH (p:Problem)\nRETURN p.headline AS AS x", {})
    with pytest.raises(GateError, match=r"第 2 行第 3 字.*line 2, character 3"):
        check("MATCH (p)\n  DELETE p", {})


def test_nodes_and_edges_of_an_answer(hurried: GraphStore) -> None:
    answer = Gate().ask(hurried, "MATCH p = (a:Problem)-[e:LEADS_TO]->(b:Effect) RETURN p, {a: [a]} AS m, e", {})
    [edge] = [e for e in answer.edges if e["source"] in {n["id"] for n in answer.nodes}][:1]
    assert {n["label"] for n in answer.nodes} == {"Problem", "Effect"}
    assert (edge["type"], edge["source_label"], edge["target_label"]) == ("LEADS_TO", "Problem", "Effect")
    assert all("search" not in n for n in answer.nodes)
    alone = Gate().ask(hurried, "MATCH (:Problem)-[e:LEADS_TO]->(:Effect) RETURN e LIMIT 1", {})
    assert [(e["source"], e["target"]) for e in alone.edges] == [(None, None)]


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
    deadline = time.monotonic() + SLACK                     # Neo4j may still be ending what we left
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
        assert not psutil.pid_exists(server.info.pid) or psutil.Process(server.info.pid).create_time() != server.info.born


class TestNeo4j:
    def test_a_query_keeps_its_place_until_the_server_is_done(self, neo4j_store: GraphStore,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
        """Within an expression no server stops, whatever we do."""
        monkeypatch.setattr(run, "GRACE", 1.0)
        monkeypatch.setattr(neo4j_store, "time_limit", 1.0)
        gate = Gate(at_once=1)
        slow = "RETURN size([x IN range(1, 2000) WHERE all(y IN range(1, 100000) WHERE y > 0)]) AS n"
        with pytest.raises(run.StillRunningError):
            gate.ask(neo4j_store, slow, {})
        with pytest.raises(BusyError):
            gate.ask(neo4j_store, "RETURN 1 AS one", {})
        assert neo4j_store.read("RETURN 1 AS one") == [{"one": 1}]
        for _ in range(600):
            try:
                assert gate.ask(neo4j_store, "RETURN 1 AS one", {}).rows == [{"one": 1}]
                return
            except BusyError:
                time.sleep(0.1)
        pytest.fail("the place was not given back")

    def test_the_server_itself_says_that_a_query_reads(self, neo4j_store: GraphStore,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
        """Were there a hole in the lists: EXPLAIN tells, and a READ session refuses."""
        monkeypatch.setattr("graph.gate.gate.check", lambda text, parameters: unchecked(text))
        with pytest.raises(GateError, match="only read"):
            Gate().ask(neo4j_store, "CREATE (n:Unit {id: 'x'}) RETURN n", {})
        assert neo4j_store.counts()["nodes"]["Unit"] == 0

    def test_no_limit_of_memory_is_told(self, neo4j_store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
        check_memory(neo4j_store)
        monkeypatch.setattr(neo4j_store, "read", lambda query: [{"name": "db.memory.transaction.max", "value": "0B"}])
        with pytest.raises(StoreError, match=r"db\.memory\.transaction\.max is not set"):
            check_memory(neo4j_store)


def unchecked(text: str) -> Checked:
    """As if it had passed the gate."""
    return Checked(text, tuple(cypher.tokens(text)))
