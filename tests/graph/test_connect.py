"""What is said, and how soon, when a Neo4j cannot be used."""

from __future__ import annotations

import socket

import pytest

from graph.store import StoreError, open_store
from tests.support.neo4j_server import Neo4jServer


def refused(uri: str) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(uri=uri)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_nobody_there(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    assert refused(f"{scheme}://127.0.0.1:{port}") == (
        f"{scheme}://127.0.0.1:{port}: no answer; is the database running? Check NEO4J_URI"
    )


def test_a_server_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        assert "no answer" in refused(f"bolt://127.0.0.1:{s.getsockname()[1]}")


def test_a_host_that_does_not_exist() -> None:
    assert "Check NEO4J_URI" in refused("bolt://nowhere.invalid:7687")


@pytest.mark.parametrize("uri", ["http://localhost:7474", "localhost:7687", "localhost", "bolt://", "bolt:x"])
def test_a_wrong_address(uri: str) -> None:
    assert refused(uri).startswith("NEO4J_URI: ")
    assert "must be like neo4j://host:7687" in refused(uri)


def test_a_wrong_address_shows_no_password() -> None:
    assert "secret" not in refused("http://neo4j:secret@localhost:7474")
    assert "secret" not in refused("bolt://neo4j:secret@localhost:port")


def test_the_environment_names_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "http://localhost")
    with pytest.raises(StoreError, match="NEO4J_URI"):
        open_store()


@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_wrong_password(neo4j_server: Neo4jServer, password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", password)
    monkeypatch.setenv("NEO4J_USER", neo4j_server.user)
    assert refused(neo4j_server.uri) == (
        f"{neo4j_server.uri}: the user or password is wrong; check NEO4J_USER and NEO4J_PASSWORD"
    )


def test_no_such_database(neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    monkeypatch.setenv("NEO4J_DATABASE", "nowhere")
    assert "check NEO4J_DATABASE" in refused(neo4j_server.uri)
