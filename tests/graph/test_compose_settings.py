"""A real Neo4j with the settings of docker-compose.yml: what Suyin does works, and it can be closed to writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import build_graph
from graph.load import load_many
from graph.queries import run_query
from graph.store import StoreError, open_store
from tests.graph.data import audit, feedback, notice
from tests.graph.test_load import statuses
from tests.support.commands import ENERGY, suyin
from tests.support.neo4j_server import start_neo4j
from tests.test_containers import READ_ONLY, neo4j_settings, setting

CLOSED = "the database is closed to writing; take it out of the server's setting server.databases.read_only"


@pytest.mark.full
@pytest.mark.usefixtures("own_neo4j")
def test_all_works_and_a_finished_graph_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = start_neo4j(tmp_path, neo4j_settings())
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    try:
        with open_store(uri=server.uri) as store:
            assert statuses(load_many([feedback(), notice()], store)) == ["loaded"] * 2
            digest = store.digest()
            assert run_query(store, "similar-problems", text="经费管理不规范").rows
            procedures = store.read(
                "SHOW PROCEDURES YIELD name RETURN collect(split(name, '.')[0]) AS spaces"
            )
            assert {*procedures[0]["spaces"]} == {"db", "dbms", "tx"}
        server.stop(orderly=True)
        server = server.start_again({setting(READ_ONLY): "neo4j"})
        server.await_answer()
        with open_store(uri=server.uri) as store:
            assert store.digest() == digest
            assert run_query(store, "similar-problems", text="经费管理不规范").rows
            with pytest.raises(StoreError, match=CLOSED):
                store.replace_report(build_graph(audit()))
            with pytest.raises(StoreError, match=CLOSED):
                store.delete_report("feedback")
        run = suyin("load", ENERGY, NEO4J_URI=server.uri, NEO4J_PASSWORD=server.password)
        assert run.returncode == 1
        assert [CLOSED in line for line in run.stderr.splitlines()].count(True) == 1
        assert "Traceback" not in run.stderr
    finally:
        server.stop()
