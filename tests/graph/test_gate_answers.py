"""The gate for users' Cypher lets honest queries through and answers them; what Neo4j does about it."""

from __future__ import annotations

import time

import pytest

from graph.errors import QueryError, StoreError
from graph.gate import run
from graph.gate.check import check
from graph.gate.gate import BusyError, Gate, check_memory
from graph.gate.limits import GateError
from graph.load import load
from graph.store import GraphStore
from tests.graph.data import audit, feedback, notice
from tests.graph.gate_honest import HONEST
from tests.graph.test_gate import unchecked
from tests.viz import water_report


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    for make in (feedback, notice, audit, water_report.findings):
        load(make(), store)
    return store


def test_honest_queries_pass(filled: GraphStore) -> None:
    wrong = {}
    for query, parameters in HONEST.items():
        try:
            answer = Gate().ask(filled, query, parameters)
        except StoreError as err:
            wrong[query] = str(err)
        else:
            if not answer.rows or answer.truncated:
                wrong[query] = str(answer)
    assert wrong == {}


def test_both_know_each_column_and_place() -> None:
    """Comments go, and nothing moves."""
    text = "MATCH (p:Problem) // 问题\n/* a\nb */ RETURN p.headline /* x */ ;"
    asked = check(text, {}).text
    assert asked == "MATCH (p:Problem)      \n    \n     RETURN p.headline"


def test_a_fault_is_told_where_it_stands(filled: GraphStore) -> None:
    with pytest.raises(QueryError, match="line 2"):
        Gate().ask(filled, "MATCH (p:Problem)\nRETURN p.headline AS AS x", {})
    with pytest.raises(GateError, match=r"第 2 行第 3 字.*line 2, character 3"):
        check("MATCH (p)\n  DELETE p", {})


def test_nodes_and_edges_of_an_answer(filled: GraphStore) -> None:
    answer = Gate().ask(
        filled, "MATCH p = (a:Problem)-[e:LEADS_TO]->(b:Effect) RETURN p, {a: [a]} AS m, e", {}
    )
    [edge] = [e for e in answer.edges if e["source"] in {n["id"] for n in answer.nodes}][:1]
    assert {n["label"] for n in answer.nodes} == {"Problem", "Effect"}
    assert (edge["type"], edge["source_label"], edge["target_label"]) == ("LEADS_TO", "Problem", "Effect")
    assert all("search" not in n for n in answer.nodes)
    alone = Gate().ask(filled, "MATCH (:Problem)-[e:LEADS_TO]->(:Effect) RETURN e LIMIT 1", {})
    assert [(e["source"], e["target"]) for e in alone.edges] == [(None, None)]


class TestNeo4j:
    def test_a_query_keeps_its_place_until_the_server_is_done(
        self, neo4j_store: GraphStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Within an expression no server stops, whatever we do."""
        monkeypatch.setattr(run, "GRACE", 1.0)
        monkeypatch.setattr(neo4j_store, "time_limit", 1.0)
        gate = Gate(at_once=1)
        slow = "RETURN size([x IN range(1, 800) WHERE all(y IN range(1, 100000) WHERE y > 0)]) AS n"
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

    def test_the_server_itself_says_that_a_query_reads(
        self, neo4j_store: GraphStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Were there a hole in the lists: EXPLAIN tells, and a READ session refuses."""
        monkeypatch.setattr("graph.gate.gate.check", lambda text, parameters: unchecked(text))
        with pytest.raises(GateError, match="only read"):
            Gate().ask(neo4j_store, "CREATE (n:Unit {id: 'x'}) RETURN n", {})
        assert neo4j_store.counts()["nodes"]["Unit"] == 0

    def test_no_limit_of_memory_is_told(
        self, neo4j_store: GraphStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        check_memory(neo4j_store)
        monkeypatch.setattr(
            neo4j_store, "read", lambda query: [{"name": "db.memory.transaction.max", "value": "0B"}]
        )
        with pytest.raises(StoreError, match=r"db\.memory\.transaction\.max is not set"):
            check_memory(neo4j_store)
