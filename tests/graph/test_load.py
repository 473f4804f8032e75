"""Many reports at once: shared transactions, what a bad report among them does, a database that goes away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extract.model import Findings, SuyinError
from graph.data import GraphError
from graph.errors import StoreAwayError
from graph.load import Outcome, load, load_many
from graph.patience import Patience
from graph.store import GraphStore, WriteSummary, open_store
from tests.graph.data import audit, feedback, notice, revised
from tests.graph.test_store import document, loaded
from tests.support.neo4j_server import Neo4jServer, start_neo4j


def reports(count: int) -> list[Findings]:
    """So many short reports that share units and policies."""
    return [(feedback, notice, audit)[i % 3](f"report-{i:02}") for i in range(count)]


def statuses(outcomes: Iterator[Outcome]) -> list[str]:
    """What became of each; the kind of error where it failed."""
    return [o.status if isinstance(o, WriteSummary) else type(o).__name__ for o in outcomes]


class TestMany:
    @pytest.mark.parametrize("rows", [1, 200, 100_000])
    def test_is_the_graph_of_one_after_the_other(self, store: GraphStore, rows: int) -> None:
        clean = loaded(store, *reports(9))
        loaded(store)
        assert statuses(load_many(reports(9), store, rows=rows)) == ["loaded"] * 9
        assert store.digest() == clean
        assert statuses(load_many(reports(9), store, rows=rows)) == ["unchanged"] * 9

    def test_a_bad_report_fails_alone(self, store: GraphStore) -> None:
        """Only the database can see that one of its nodes is another report's."""
        good = reports(30)
        stolen = next(good[0].by_label("Problem")).id
        own = next(good[15].by_label("Problem")).id
        bad = replace(
            good[15],
            nodes=tuple(replace(n, id=stolen) if n.id == own else n for n in good[15].nodes),
            edges=tuple(
                replace(
                    e,
                    source=stolen if e.source == own else e.source,
                    target=stolen if e.target == own else e.target,
                )
                for e in good[15].edges
            ),
        )
        clean = loaded(store, *good[:15], *good[16:])
        loaded(store)
        outcomes = list(load_many([*good[:15], bad, *good[16:]], store))
        assert statuses(iter(outcomes)) == ["loaded"] * 15 + [type(outcomes[15]).__name__] + ["loaded"] * 14
        assert isinstance(outcomes[15], SuyinError)
        assert "\n" not in str(outcomes[15])
        assert store.digest() == clean

    def test_a_wrong_graph_and_an_exception_keep_their_places(self, store: GraphStore) -> None:
        first, second, third = reports(3)
        wrong = replace(second, edges=(*second.edges, replace(second.edges[0], target="nowhere")))
        outcomes = list(load_many([first, OSError("unread"), wrong, third], store))
        assert statuses(iter(outcomes)) == ["loaded", "OSError", "GraphError", "loaded"]

    def test_the_later_of_two_replaces(self, store: GraphStore) -> None:
        clean = loaded(store, revised(feedback()), notice())
        loaded(store)
        twice = [feedback(), notice(), feedback(), revised(feedback())]
        assert statuses(load_many(twice, store)) == ["loaded", "loaded", "unchanged", "replaced"]
        assert store.digest() == clean

    def test_documents_keep_the_texts_that_are_there(self, store: GraphStore) -> None:
        clean = loaded(store, *reports(4))
        assert statuses(load_many(map(document, reports(4)), store)) == ["unchanged"] * 4
        assert store.digest() == clean

    def test_one_raises_what_is_wrong(self, store: GraphStore) -> None:
        with pytest.raises(GraphError, match="nowhere"):
            load(replace(feedback(), edges=(replace(feedback().edges[0], target="nowhere"),)), store)


class TestPatience:
    def test_waits_and_goes_on(self) -> None:
        told: list[str] = []
        answers = iter([StoreAwayError("no answer"), StoreAwayError("no answer"), None])

        def work() -> str:
            if error := next(answers):
                raise error
            return "done"

        assert Patience(30, told.append).insist(work) == "done"
        assert told == ["no answer; waiting for it, up to 30 s"]

    @pytest.mark.parametrize("seconds", [0, 0.2])
    def test_ends(self, seconds: float) -> None:
        def work() -> None:
            raise StoreAwayError("no answer")

        with pytest.raises(StoreAwayError, match="no answer"):
            Patience(seconds).insist(work)

    def test_a_closed_one_does_not_wait(self) -> None:
        def work() -> None:
            patience.close()
            raise StoreAwayError("no answer")

        patience = Patience(3600)
        with pytest.raises(StoreAwayError):
            patience.insist(work)


@pytest.fixture
def own_server(own_neo4j: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Neo4jServer]:
    """A Neo4j that may be stopped."""
    server = start_neo4j(tmp_path)
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    yield server
    server.stop()


def test_neo4j_is_killed_and_comes_back_and_goes_for_good(
    own_server: Neo4jServer, embedded_store: GraphStore
) -> None:
    servers, told = [own_server], list[str]()

    def read() -> Iterator[Findings]:
        for i, report in enumerate(reports(12)):
            if i == 6:
                own_server.stop()
            yield report

    def tell(line: str) -> None:
        told.append(line)
        servers.append(own_server.start_again())

    try:
        with open_store(uri=own_server.uri) as store:
            # unchanged: it was committed, but the answer was lost
            assert {*statuses(load_many(read(), store, rows=100, tell=tell))} <= {"loaded", "unchanged"}
            assert store.digest() == loaded(embedded_store, *reports(12))
            assert [line.endswith("waiting for it, up to 60 s") for line in told] == [True]
            servers[-1].stop()
            outcomes = list(load_many(reports(4), store, rows=100, patience=1))
    finally:
        servers[-1].stop()
    assert statuses(iter(outcomes)) == ["StoreAwayError"] * 4
    assert str(outcomes[0]) == f"{own_server.uri}: no answer; is the database running? Check NEO4J_URI"
