"""suyin delete: reports by id, name of file or title; all that are named or none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.deleting import delete_reports
from graph.load import load
from graph.store import GraphStore
from tests.graph.data import audit, feedback, notice
from tests.support.commands import ENERGY, SIX_UNITS, UNIVERSITY, done, held, suyin

pytestmark = [pytest.mark.store, pytest.mark.usefixtures("stores_stay")]


def test_what_is_left_is_what_a_clean_load_makes(tmp_path: Path) -> None:
    env, clean = {"SUYIN_DATA_DIR": tmp_path / "a"}, {"SUYIN_DATA_DIR": tmp_path / "b"}
    loaded = json.loads(done("load", ENERGY, SIX_UNITS, UNIVERSITY, "--json", **env))
    done("load", SIX_UNITS, **clean)
    energy = next(row["report"] for row in loaded if row["file"] == str(ENERGY))
    title = json.loads(
        done("query", "MATCH (r:Report {name: 'university.txt'}) RETURN r.title AS t", "--json", **env)
    )[0]["t"]
    said = done("delete", energy, title, UNIVERSITY.name, **env).splitlines()  # one of them twice
    assert [line.split(":")[0] for line in said] == ["已删除 deleted"] * 2
    assert energy in said[0]
    assert said[1].endswith(f"《{title}》 university.txt")
    assert held(**env) == held(**clean)
    again = suyin("delete", energy, **env)
    assert (again.returncode, again.stdout) == (1, "")


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    for make in (feedback, notice, audit):
        load(make(), store)
    return store


def test_by_path_of_its_file_as_json(filled: GraphStore, capsys: pytest.CaptureFixture[str]) -> None:
    title = feedback().report.title
    assert delete_reports(filled, ["reports/feedback.txt"], as_json=True) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"report": "feedback", "title": title, "file": "feedback.txt", "status": "deleted"}
    ]
    assert filled.counts()["nodes"]["Report"] == 2


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("feedbak", "feedback 《"),
        ("县农业农村局", "feedback 《"),
        ("", "report-overview lists them"),
        ("完全不是", "report-overview lists them"),
        ("notice.docx", "notice 《"),
        ("'; MATCH (n) DETACH DELETE n", "lists them"),
    ],
)
def test_one_unknown_and_none_goes(
    filled: GraphStore, capsys: pytest.CaptureFixture[str], name: str, nearest: str
) -> None:
    assert delete_reports(filled, ["audit", name]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    first, last = told.err.splitlines()
    assert f"{name}: there is no such report; " in first
    assert nearest in first
    assert last == "suyin: nothing was deleted"
    assert filled.counts()["nodes"]["Report"] == 3


def test_two_files_of_one_name(tmp_path: Path) -> None:
    env = {"SUYIN_DATA_DIR": tmp_path / "data"}
    for folder, report in (("甲", ENERGY), ("乙", SIX_UNITS)):
        (tmp_path / folder).mkdir()
        shutil.copy(report, tmp_path / folder / "报告.txt")
    ids = {
        row["report"] for row in json.loads(done("load", tmp_path / "甲", tmp_path / "乙", "--json", **env))
    }
    run = suyin("delete", tmp_path / "甲" / "报告.txt", **env)
    assert run.returncode == 1
    assert "2 reports are called so; give an id: " in run.stderr
    assert all(id_ in run.stderr for id_ in ids)
    done("delete", *ids, **env)
    assert not any(held(**env)["nodes"].values())
