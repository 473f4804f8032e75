"""A graph keeps the version of the schema that made it; another version is refused in one line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.load import load
from graph.schema import load_schema
from graph.store import GraphStore, StoreError
from graph.version import ID
from tests.graph.data import feedback
from tests.support.neo4j_server import Neo4jServer

SET = "MERGE (m:Meta {id: $id}) SET m.version = $version"


@pytest.fixture
def marked(
    store: GraphStore, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[GraphStore]:
    """A store whose version the test changes, and which can be opened again."""
    if request.node.get_closest_marker("neo4j"):
        server: Neo4jServer = request.getfixturevalue("neo4j_server")
        monkeypatch.setenv("NEO4J_USER", server.user)
        monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    yield store
    set_version(store, load_schema().version)


def set_version(store: GraphStore, version: int) -> None:
    store._run(lambda s: s.execute_write(lambda tx: tx.run(SET, id=ID, version=version).consume()))


def open_again(store: GraphStore) -> GraphStore:
    return GraphStore(store._connect)


def test_a_graph_without_one_gets_ours_and_is_the_same_graph(marked: GraphStore) -> None:
    load(feedback(), marked)
    marked._run(lambda s: s.execute_write(lambda tx: tx.run("MATCH (m:Meta) DELETE m").consume()))
    counts, digest = marked.counts(), marked.digest()
    marked.close()  # it opens again by itself
    with open_again(marked) as second:
        assert second.read("MATCH (m:Meta) RETURN m.id AS id, m.version AS version") == [
            {"id": ID, "version": load_schema().version}
        ]
        assert (second.counts(), second.digest()) == (counts, digest)


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (
            1,
            r"made by a newer Suyin \(schema {graph}, this one has {own}\); install the newer Suyin, or use another database",
        ),
        (
            -1,
            r"made by an older Suyin \(schema {graph}, this one has {own}\); load the reports anew into an empty database",
        ),
    ],
)
def test_another_version_is_refused_and_left_alone(marked: GraphStore, step: int, says: str) -> None:
    load(feedback(), marked)
    digest = marked.digest()
    own = load_schema().version
    set_version(marked, own + step)
    with pytest.raises(StoreError, match=says.format(graph=own + step, own=own)) as caught:
        open_again(marked)
    assert "\n" not in str(caught.value)
    assert marked.digest() == digest
