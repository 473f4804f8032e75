"""`--log` and `--metrics`: what a run did, for programs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.run_log import kind_of
from tests.support.commands import ENERGY, UNIVERSITY, done, suyin
from tests.support.extras import need_extra


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two reports and one that fails."""
    folder = tmp_path / "in"
    folder.mkdir()
    for sample in (ENERGY, UNIVERSITY):
        shutil.copy(sample, folder)
    (folder / "empty.txt").touch()
    return folder


def events(log: Path) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert all(line["timestamp"] and line["level"] for line in lines)
    return lines


@pytest.mark.parametrize("jobs", [1, 2])
def test_extract(folder: Path, tmp_path: Path, jobs: int) -> None:
    log, metrics = tmp_path / "run.jsonl", tmp_path / "suyin.prom"
    command = (
        "extract",
        folder,
        "--out",
        tmp_path / "out",
        "--jobs",
        jobs,
        "--log",
        log,
        "--metrics",
        metrics,
    )
    run = suyin(*command, SUYIN_DATA_DIR=tmp_path, SUYIN_READER="rules")
    assert run.returncode == 1
    lines = events(log)
    assert [line["event"] for line in lines] == ["began", "failed", "read", "read", "done"]
    failed, read, last = lines[1], lines[2], lines[-1]
    assert (failed["file"], failed["kind"]) == (str(folder / "empty.txt"), "the file is empty")
    document = json.loads((tmp_path / "out" / f"{ENERGY.stem}.json").read_text("utf-8"))
    assert read["file"] == str(folder / ENERGY.name)
    assert (read["nodes"], read["edges"]) == (len(document["nodes"]), len(document["edges"]))
    assert last["documents"] == 2
    assert last["characters"] == sum(len(file.read_text("utf-8")) for file in (ENERGY, UNIVERSITY))
    assert last["failures"] == {"the file is empty": 1}
    assert last["seconds"].keys() == {"reading", "writing", "all"}
    figures = metrics.read_text("utf-8")
    assert 'suyin_run_documents{command="extract"} 2.0' in figures
    assert 'suyin_run_failures{command="extract",reason="the file is empty"} 1.0' in figures
    problems = last["nodes"]["Problem"]
    assert f'suyin_run_nodes{{command="extract",label="Problem"}} {problems}.0' in figures


@pytest.mark.usefixtures("stores_stay")
def test_load(folder: Path, tmp_path: Path) -> None:
    log = tmp_path / "run.jsonl"
    for status in ("loaded", "unchanged"):
        suyin("load", folder, "--log", log, SUYIN_DATA_DIR=tmp_path, SUYIN_READER="rules")
        lines = events(log)[-7:]
        assert sorted(line["event"] for line in lines) == [
            "began", "done", "failed", "read", "read", "written", "written",
        ]  # fmt: skip
        assert [line["status"] for line in lines if line["event"] == "written"] == [status] * 2
        assert lines[-1]["seconds"].keys() == {"reading", "building", "writing", "all"}


def test_cluster(folder: Path, tmp_path: Path) -> None:
    need_extra("cluster", "distributed")
    log = tmp_path / "run.jsonl"
    suyin("extract", folder, "--cluster", "local", "--jobs", 1, "--out", tmp_path / "out", "--log", log,
          SUYIN_READER="rules")  # fmt: skip
    began, failed, part, last = events(log)
    assert (began["event"], failed["kind"]) == ("began", "the file is empty")
    assert (part["event"], part["documents"]) == ("partition", 2)
    assert (last["event"], last["documents"], last["failures"]) == ("done", 2, {"the file is empty": 1})
    assert sum(last["nodes"].values()) == part["nodes"]


def test_a_log_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    run = suyin("extract", folder, "--out", tmp_path / "out", "--log", tmp_path, SUYIN_DATA_DIR=tmp_path)
    assert run.returncode == 1
    assert run.stderr == f"suyin: {tmp_path}: cannot be written (Is a directory); choose another --log\n"
    done("extract", ENERGY, "--out", tmp_path / "out", SUYIN_DATA_DIR=tmp_path, SUYIN_READER="rules")


def test_reasons_without_particulars() -> None:
    assert kind_of("the file is empty; give a report with text in it") == "the file is empty"
    assert kind_of("its text of 12,345,678 characters is more than one report can be; split it") == (
        "its text of N characters is more than one report can be"
    )
    assert kind_of("reading it took too long (600 s) and was stopped; split it") == "reading it took too long"
