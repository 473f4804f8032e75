"""`suyin extract --cluster`: from a folder to the same graph as without a cluster; mistakes in one line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extract.documents import read_document
from extract.runs.batch import Reader
from extract.runs.items import find_items_to_load
from graph.load import load_many
from graph.store import GraphStore, WriteSummary
from tests.support.commands import REPORTS, suyin
from tests.support.extras import need_extra

need_extra("cluster", "distributed")


def test_the_same_graph(embedded_store: GraphStore, tmp_path: Path) -> None:
    folder, table, out = tmp_path / "in", tmp_path / "table.csv", tmp_path / "out"
    folder.mkdir()
    for sample in sorted(REPORTS.glob("*.txt"))[:4]:
        shutil.copy(sample, folder)
    files = sorted(folder.iterdir())
    table.write_text(f"file,place\n{files[0].name},青岳县\n", encoding="utf-8")
    (folder / "empty.txt").touch()
    command = ("extract", folder, "--out", out, "--cluster", "local", "--jobs", 2, "--metadata", table)
    run = suyin(*command, "--reader", "rules", SUYIN_DATA_DIR=tmp_path)
    assert run.returncode == 1
    assert run.stderr.splitlines() == [
        f"suyin: {folder / 'empty.txt'}: the file is empty; give a report with text in it",
        f"suyin: 1 failed, listed in {out}/failures; the same command tries them again",
    ]
    assert f"suyin load {out}" in run.stdout
    clustered = [read_document(item.file) for item in find_items_to_load([out])]
    assert {findings.report.place for findings in clustered} >= {"青岳县"}
    assert [_status(outcome) for outcome in load_many(clustered, embedded_store)] == ["loaded"] * 4
    digest, reader = embedded_store.digest(), Reader(table, by="rules")
    again = load_many(map(reader.report, files), embedded_store)
    assert [_status(outcome) for outcome in again] == ["unchanged"] * 4
    assert embedded_store.digest() == digest


def _status(outcome: WriteSummary | Exception) -> str:
    assert isinstance(outcome, WriteSummary), outcome
    return outcome.status


@pytest.mark.parametrize("more", [(), ("--out", "x", "--id", "one"), ("--out", "x", "--explain")])
def test_what_does_not_go_with_it(more: tuple[str, ...]) -> None:
    run = suyin("extract", REPORTS, "--cluster", "local", *more)
    assert run.returncode == 2
    assert "--cluster" in run.stderr
    assert run.stderr.count("\n") == 1
