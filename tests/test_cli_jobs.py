"""Several processes that read: the same as with one; what is stopped or interrupted leaves nothing half done."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.support.commands import ENERGY, REPORTS, SIX_UNITS, SUYIN, done, held, suyin
from tests.support.extras import need_extra

#: Seconds for what must happen at all.
LIMIT = 120


@pytest.fixture
def env(tmp_path: Path) -> dict[str, object]:
    return {"SUYIN_DATA_DIR": tmp_path / "data", "SUYIN_READER": "rules"}


def documents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("reader", ["rules", "model"])
def test_extract_writes_the_same(env: dict[str, object], tmp_path: Path, reader: str) -> None:
    if reader == "model":
        need_extra("reader", "onnxruntime")
    files = sorted(REPORTS.glob("*.txt"))[: None if reader == "rules" else 3]
    (tmp_path / "bad.txt").touch()
    runs = [
        suyin(
            "extract",
            files[0],
            tmp_path / "bad.txt",
            *files[1:],
            "-v",
            "--out",
            tmp_path / jobs,
            "--jobs",
            jobs,
            "--reader",
            reader,
            **env,
        )
        for jobs in "12"
    ]
    assert [run.returncode for run in runs] == [1, 1]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stderr == runs[1].stderr
    assert "bad.txt: the file is empty" in runs[0].stderr
    assert documents(tmp_path / "1") == documents(tmp_path / "2")
    assert len(documents(tmp_path / "1")) == len(files)


@pytest.mark.store
@pytest.mark.usefixtures("stores_stay")
def test_load_gives_the_same_graph(env: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / "bad.txt").touch()
    done("extract", ENERGY, "--out", tmp_path / "documents", **env)
    files = [tmp_path / "bad.txt", *sorted(REPORTS.glob("*.txt"))[:8], tmp_path / "documents"]
    loads, graphs = [], []
    for jobs in "12":
        store = env | {"SUYIN_DATA_DIR": tmp_path / jobs}
        loads.append(suyin("load", *files, "--jobs", jobs, "--json", **store).stdout)
        graphs.append(held(**store))
    assert loads[0] == loads[1]
    assert json.loads(loads[0])[-1]["status"] == "failed"
    assert graphs[0] == graphs[1]


def test_a_report_that_takes_too_long_is_listed(env: dict[str, object], tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text(SIX_UNITS.read_text("utf-8") * 2000, encoding="utf-8")
    run = suyin(
        "extract",
        long,
        ENERGY,
        SIX_UNITS,
        "--out",
        tmp_path / "out",
        "--jobs",
        2,
        **env,
        SUYIN_DOCUMENT_SECONDS=4,
    )
    assert run.returncode == 1
    assert documents(tmp_path / "out").keys() == {"energy-group.json", "six-units.json"}
    [entry] = json.loads(done("failures", "--json", **env))
    assert entry["file"] == str(long)
    assert entry["reason"] == (
        "reading it took too long (4 s) and was stopped; split it, give it as .txt, "
        "or allow more by SUYIN_DOCUMENT_SECONDS"
    )
    assert f"suyin: {long}: {entry['reason']}\n" in run.stderr
    shutil.copy(ENERGY, long)
    done("failures", "--retry", **env)
    assert "long.json" in documents(tmp_path / "out")


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_interrupted(env: dict[str, object], tmp_path: Path, number: signal.Signals) -> None:
    """By Ctrl-C, which the terminal tells all processes; by kill, which tells one."""
    files, out = [tmp_path / f"{i}.txt" for i in range(600)], tmp_path / "out"  # more than are read meanwhile
    for file in files:
        shutil.copy(SIX_UNITS, file)
    command = ["extract", *map(str, files), "--out", str(out), "--jobs", "2"]
    run = subprocess.Popen(
        [SUYIN, *command],
        env=os.environ | {key: str(value) for key, value in env.items()},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_until(lambda: [*out.glob("*.json")])
    others = psutil.Process(run.pid).children(recursive=True)
    assert len(others) >= 2
    (os.killpg if number == signal.SIGINT else os.kill)(run.pid, number)
    _, complaints = run.communicate()
    wait_until(lambda: not any(map(psutil.Process.is_running, others)))
    if number == signal.SIGINT:
        assert (run.returncode, complaints.count("\n")) == (130, 1)
        assert "interrupted" in complaints
    begun = documents(out)
    assert len(begun) < len(files)
    assert all(
        json.loads(document)["format"] == "suyin.findings/1"
        for name, document in begun.items()
        if number == signal.SIGINT or not name.endswith(".part")
    )
    again = files[: len(begun) + 4]  # those that were begun, and some that were not
    done("extract", *again, "--out", out, "--jobs", 2, **env)
    read = documents(out)
    assert {json.loads(read[f"{file.stem}.json"])["format"] for file in again} == {"suyin.findings/1"}


def wait_until(true: Callable[[], object]) -> None:
    end = time.monotonic() + LIMIT
    while not true():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.05)
