"""Loaders that disturb each other or are killed: the graph is that of a clean load in the end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from graph.load import load_many
from graph.store import GraphStore
from tests.graph.test_load import reports, statuses
from tests.graph.test_store import loaded
from tests.support.neo4j_server import Neo4jServer

ROOT = Path(__file__).parents[2]
_CODE = """
import sys
from graph.load import load_many
from graph.store import open_store
from tests.graph.test_load import reports
with open_store() as store:
    print("ready", flush=True)
    sys.stdin.readline()
    chosen = reports(24)[::int(sys.argv[1])]
    for outcome in load_many(chosen, store, rows=int(sys.argv[2])):
        print(getattr(outcome, "status", outcome), flush=True)
"""


@pytest.fixture(scope="module")
def address(neo4j_server: Neo4jServer) -> dict[str, str]:
    """The environment of a loader."""
    return os.environ | {
        "NEO4J_URI": neo4j_server.uri,
        "NEO4J_USER": neo4j_server.user,
        "NEO4J_PASSWORD": neo4j_server.password,
    }


@contextmanager
def loader(address: Mapping[str, str], step: int, rows: int) -> Iterator[subprocess.Popen[str]]:
    """Another process that is ready to load every so many reports, forwards or backwards."""
    process = subprocess.Popen(
        [sys.executable, "-c", _CODE, str(step), str(rows)],
        cwd=ROOT,
        text=True,
        env=address,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def begin(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_several_loaders_at_once(address: dict[str, str], neo4j_store: GraphStore) -> None:
    """Of the same reports, in both orders, in transactions of all sizes."""
    clean = loaded(neo4j_store, *reports(24))
    loaded(neo4j_store)
    with ExitStack() as stack:
        loaders = [
            stack.enter_context(loader(address, step, rows))
            for step, rows in ((1, 2000), (-1, 2000), (-1, 200), (2, 1))
        ]
        for process in loaders:
            begin(process)
        said = [process.communicate(timeout=120)[0].split() for process in loaders]
    assert {word for words in said for word in words} == {"loaded", "unchanged"}
    assert [len(words) for words in said] == [24, 24, 24, 12]
    assert neo4j_store.digest() == clean


@pytest.mark.parametrize("lines", [0, 1, 8])
def test_a_loader_is_killed(address: dict[str, str], neo4j_store: GraphStore, lines: int) -> None:
    """What it wrote is whole reports; loading again completes it."""
    clean = loaded(neo4j_store, *reports(24))
    loaded(neo4j_store)
    with loader(address, 1, 100) as process:
        begin(process)
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        process.kill()
        process.wait()
    there = {row["id"] for row in neo4j_store.read("MATCH (r:Report) RETURN r.id AS id")}
    left = neo4j_store.digest()
    assert lines <= len(there) < 24
    assert statuses(load_many(reports(24), neo4j_store)).count("unchanged") == len(there)
    assert neo4j_store.digest() == clean
    assert left == loaded(neo4j_store, *(r for r in reports(24) if r.report.id in there))
