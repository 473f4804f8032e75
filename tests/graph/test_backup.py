"""Backup and restore as docs/operations.md says: the graph afterwards has the digest of the one before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph.load import load_many
from graph.store import open_store
from tests.graph.data import audit, feedback, notice
from tests.graph.test_load import statuses
from tests.support.neo4j_server import run_admin, start_neo4j

REPORTS = [feedback(), notice(), audit()]
DUMP, LOAD = (
    line
    for line in (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8").splitlines()
    if line.startswith("neo4j-admin ")
)


@pytest.mark.full
@pytest.mark.usefixtures("own_neo4j")
def test_neo4j_is_dumped_and_loaded_into_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = start_neo4j(tmp_path / "one")
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    try:
        with open_store(uri=server.uri) as store:
            assert statuses(load_many(REPORTS, store)) == ["loaded"] * 3
            digest = store.digest()
    finally:
        server.stop(orderly=True)
    (tmp_path / "backup").mkdir()
    run_admin(DUMP, tmp_path, tmp_path / "one")
    run_admin(LOAD, tmp_path, tmp_path / "other")
    server = start_neo4j(tmp_path / "other")
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    try:
        with open_store(uri=server.uri) as store:
            assert store.digest() == digest
            assert statuses(load_many(REPORTS, store)) == ["unchanged"] * 3
    finally:
        server.stop()


@pytest.mark.store
def test_the_folder_of_the_embedded_store_is_copied(tmp_path: Path) -> None:
    with open_store(data_dir=tmp_path / "data") as store:
        assert statuses(load_many(REPORTS, store)) == ["loaded"] * 3
        digest = store.digest()
    assert not (tmp_path / "data" / "arcadedb" / "run.json").exists()
    shutil.copytree(tmp_path / "data", tmp_path / "copy")
    shutil.rmtree(tmp_path / "data")
    with open_store(data_dir=tmp_path / "copy") as store:
        assert store.digest() == digest
        assert statuses(load_many(REPORTS, store)) == ["unchanged"] * 3
