"""The files of neo4j-admin's import, by the real import and a real server on what it made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extract.model import Findings
from graph.bulk import ARGUMENTS, ImportFiles
from graph.data import GraphError
from graph.dialect import neo4j_schema
from graph.load import load_many
from graph.store import GraphStore, open_store
from tests.graph.data import audit, feedback, notice
from tests.graph.test_load import statuses
from tests.support.neo4j_server import import_files, start_neo4j


def difficult() -> Findings:
    """Quotes, commas, semicolons and line ends in names, lists and the text; an empty string."""
    found = feedback("difficult")
    signs = ('a "quote", a;semicolon', "two\r\nlines", "\\", "", " 空 格 ")
    nodes = tuple(
        replace(n, properties={**n.properties, "aliases": [*n.properties["aliases"], '甲"乙,丙;丁']})
        if n.label == "Unit"
        else n
        for n in found.nodes
    )
    return replace(found, nodes=nodes, report=replace(found.report, warnings=signs, title='"', round=""))


@pytest.mark.usefixtures("own_neo4j")
def test_an_import_is_the_graph_of_a_load(
    embedded_store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [feedback(), notice(), audit(), difficult(), feedback("again")]
    with ImportFiles(tmp_path) as files:
        for report in reports:
            files.add(report)
    import_files(tmp_path, tmp_path / "home")
    server = start_neo4j(tmp_path / "home")
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    try:
        with open_store(uri=server.uri) as store:
            statuses(load_many(reports, embedded_store))
            assert store.digest() == embedded_store.digest()
            made = {row["name"] for row in store.read("SHOW INDEXES YIELD name RETURN name")}
            assert made >= neo4j_schema(store.schema).keys()
            assert statuses(load_many(reports, store)) == ["unchanged"] * 5
    finally:
        server.stop()


def test_a_report_given_twice_is_refused(tmp_path: Path) -> None:
    with ImportFiles(tmp_path) as files:
        files.add(feedback())
        with pytest.raises(GraphError, match="another of the files"):
            files.add(feedback())
    assert len((tmp_path / "Report.csv").read_text("utf-8").splitlines()) == 2


def test_what_would_part_a_list_is_refused(tmp_path: Path) -> None:
    with ImportFiles(tmp_path) as files, pytest.raises(GraphError, match=r"U\+001F"):
        files.add(replace(feedback(), report=replace(feedback().report, warnings=("a\x1fb",))))


def test_files_that_are_not_complete_have_no_arguments(tmp_path: Path) -> None:
    with ImportFiles(tmp_path) as files:
        files.add(feedback())
    assert (tmp_path / ARGUMENTS).exists()
    with pytest.raises(KeyboardInterrupt), ImportFiles(tmp_path):
        raise KeyboardInterrupt
    assert not (tmp_path / ARGUMENTS).exists()
