"""Nothing is lost in silence: what failed is listed with its reason and tried again; warnings are counted."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import ENERGY, SIX_UNITS, SUYIN, UNIVERSITY, done, suyin

pytestmark = pytest.mark.usefixtures("stores_stay")

PNG = b"\x89PNG\r\n\x1a\n\0"
REPORT = "关于巡察县水务局党组的反馈意见\n一、存在问题\n1.台账管理不规范。\n二、意见建议\n按要求整改完毕。\n"
NOTICE = "关于召开年度工作会议的通知\n\n定于下周三上午召开年度工作会议。\n"


@pytest.fixture
def env(tmp_path: Path) -> dict[str, Path]:
    return {"SUYIN_DATA_DIR": tmp_path / "data"}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "县级").mkdir(parents=True)
    (folder / "good.txt").write_text(REPORT, encoding="utf-8")
    (folder / "县级" / "bad.txt").write_bytes(PNG)
    (folder / "县级" / "none.txt").touch()
    return folder


def listed(env: dict[str, Path]) -> dict[str, dict[str, Any]]:
    """The list, by the name of the file."""
    return {Path(entry["file"]).name: entry for entry in json.loads(done("failures", "--json", **env))}


def count(page: str, row: str) -> int:
    """The first number of a row of a table."""
    found = re.search(rf" {row} +│ +(\d+)", page)
    assert found, page
    return int(found[1])


class TestExtract:
    def test_failures_are_listed_and_counted(
        self, reports: Path, env: dict[str, Path], tmp_path: Path
    ) -> None:
        run = suyin("extract", reports, "--out", tmp_path / "out", **env)
        assert run.returncode == 1
        assert (count(run.stdout, "reports"), count(run.stdout, "failed")) == (1, 2)
        assert run.stderr.splitlines()[-1] == (
            "suyin: 2 failed; see them: suyin failures; try them again: suyin failures --retry"
        )
        entries = listed(env)
        assert entries.keys() == {"bad.txt", "none.txt"}
        assert entries["bad.txt"]["reason"] == "is a PNG picture, not text; convert it to a .txt file first"
        assert (entries["bad.txt"]["command"], entries["bad.txt"]["target"]) == (
            "extract",
            str(tmp_path / "out"),
        )
        assert (entries["none.txt"]["size"], "sha256" in entries["none.txt"]) == (0, False)
        page = done("failures", COLUMNS=200, **env)
        assert "bad.txt" in page
        assert "is a PNG picture" in page

    def test_a_later_run_takes_them_out(self, reports: Path, env: dict[str, Path], tmp_path: Path) -> None:
        out = tmp_path / "out"
        suyin("extract", reports, "--out", out, **env)
        (reports / "县级" / "bad.txt").write_text(REPORT, encoding="utf-8")
        done("extract", reports / "县级" / "bad.txt", "--out", out, **env)
        assert listed(env).keys() == {"none.txt"}

    def test_retry_does_what_was_asked_for(self, reports: Path, env: dict[str, Path], tmp_path: Path) -> None:
        table = tmp_path / "table.csv"
        table.write_text("file,place\nbad.txt,青岳县\n", encoding="utf-8")
        suyin("extract", reports, "--out", tmp_path / "out", "--metadata", table, **env)
        bad = reports / "县级" / "bad.txt"
        bad.write_text(REPORT, encoding="utf-8")
        run = suyin("failures", "--retry", **env)
        assert run.returncode == 1  # none.txt is still empty
        assert (count(run.stdout, "reports"), count(run.stdout, "failed")) == (1, 1)
        report = json.loads((tmp_path / "out" / "县级" / "bad.json").read_text("utf-8"))["report"]
        assert report["place"] == "青岳县"
        assert listed(env).keys() == {"none.txt"}
        (reports / "县级" / "none.txt").write_text(NOTICE, encoding="utf-8")
        assert json.loads(done("failures", "--retry", "--json", **env)) == []
        assert (tmp_path / "out" / "县级" / "none.json").is_file()
        assert "no file has failed" in done("failures", **env)
        assert not (env["SUYIN_DATA_DIR"] / "failures.jsonl").exists()

    def test_the_id_is_kept(self, env: dict[str, Path], tmp_path: Path) -> None:
        (tmp_path / "r.txt").touch()
        suyin("extract", tmp_path / "r.txt", "--id", "r-7", "--out", tmp_path / "out", **env)
        (tmp_path / "r.txt").write_text(REPORT, encoding="utf-8")
        done("failures", "--retry", **env)
        assert json.loads((tmp_path / "out" / "r.json").read_text("utf-8"))["report"]["id"] == "r-7"

    def test_one_report_to_the_terminal_is_not_listed(self, reports: Path, env: dict[str, Path]) -> None:
        assert suyin("extract", reports / "县级" / "bad.txt", **env).returncode == 1
        assert listed(env) == {}

    def test_warnings_are_counted_and_shown(self, env: dict[str, Path], tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
        run = suyin("extract", tmp_path / "a.txt", UNIVERSITY, "--out", tmp_path / "out", **env)
        assert run.returncode == 0
        counted = re.search(
            r"suyin: warning: (\d+) in 1 reports, .*--verbose.*report\.warnings\n", run.stderr
        )
        assert counted
        assert count(run.stdout, "warnings") == int(counted[1])
        warnings = json.loads((tmp_path / "out" / "a.json").read_text("utf-8"))["report"]["warnings"]
        assert int(counted[1]) == len(warnings) > 0
        verbose = suyin("extract", tmp_path / "a.txt", UNIVERSITY, "--out", tmp_path / "out", "-v", **env)
        for warning in warnings:
            assert f"suyin: {tmp_path / 'a.txt'}: warning: {warning}\n" in verbose.stderr

    def test_a_killed_run_leaves_its_failures(self, env: dict[str, Path], tmp_path: Path) -> None:
        bad = [tmp_path / f"a-{i}.txt" for i in range(3)]
        for path in bad:
            path.touch()
        long = [tmp_path / f"b-{i}.txt" for i in range(300)]
        for path in long:
            path.write_bytes(SIX_UNITS.read_bytes())
        run = subprocess.Popen(
            [SUYIN, "extract", *bad, *long, "--out", tmp_path / "out"],
            env=os.environ | {key: str(value) for key, value in env.items()},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        until = time.monotonic() + 60
        while not list((tmp_path / "out").glob("b-*.json")) and time.monotonic() < until:
            time.sleep(0.05)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert run.returncode == -9
        assert listed(env).keys() == {path.name for path in bad}
        for path in (tmp_path / "out").glob("*.json"):
            assert json.loads(path.read_text("utf-8"))["format"] == "suyin.findings/1"

    def test_a_list_of_failures_that_is_no_list(
        self, reports: Path, env: dict[str, Path], tmp_path: Path
    ) -> None:
        (env["SUYIN_DATA_DIR"] / "failures.jsonl").mkdir(parents=True)
        run = suyin("extract", reports, "--out", tmp_path / "out", **env)
        assert run.returncode == 1
        assert (tmp_path / "out" / "good.json").is_file()
        assert run.stderr.count("this is not recorded, for ") == 2
        run = suyin("failures", **env)
        assert run.returncode == 1
        lines = run.stderr.splitlines()
        assert re.fullmatch(r"suyin: \S+failures.jsonl: cannot be read .+", lines[0])
        assert "some failures could not be written" in lines[1]
        assert len(lines) == 2


@pytest.mark.store
class TestLoad:
    def test_listed_retried_and_taken_out(self, reports: Path, env: dict[str, Path]) -> None:
        archive = reports / "a.zip"
        archive.write_bytes(b"PK\x03\x04")
        run = suyin("load", reports, **env)
        assert run.returncode == 1
        assert [count(run.stdout, row) for row in ("loaded", "unchanged", "replaced", "failed")] == [
            1,
            0,
            0,
            3,
        ]
        assert {name: entry["target"] for name, entry in listed(env).items()} == dict.fromkeys(
            ("a.zip", "bad.txt", "none.txt"), "embedded"
        )
        with zipfile.ZipFile(archive, "w") as mended:
            mended.write(ENERGY, "报告.txt")
        (reports / "县级" / "none.txt").write_text(NOTICE, encoding="utf-8")
        run = suyin("failures", "--retry", **env)
        assert run.returncode == 1
        assert listed(env).keys() == {"bad.txt"}
        (reports / "县级" / "bad.txt").unlink()
        (reports / "县级" / "bad.txt").write_bytes(UNIVERSITY.read_bytes())
        rows = json.loads(done("load", reports, "--json", **env))
        assert [row["status"] for row in rows].count("unchanged") == 3
        assert listed(env) == {}
        assert json.loads(done("status", "--json", **env))["nodes"]["Report"] == 4
        [warned] = [row for row in rows if row["warnings"] and row["file"].endswith("none.txt")]
        assert warned["warnings"] == [
            row["warning"]
            for row in json.loads(done("query", "warnings", "--json", **env))
            if row["report_id"] == warned["report"]
        ]

    def test_another_store_is_not_loaded_into(self, reports: Path, env: dict[str, Path]) -> None:
        env["SUYIN_DATA_DIR"].mkdir()
        entry = {
            "file": str(reports / "good.txt"),
            "command": "load",
            "target": "bolt://elsewhere:7687",
            "reason": "it was away",
            "when": "2024-01-01T00:00:00+00:00",
            "given": str(reports),
        }
        (env["SUYIN_DATA_DIR"] / "failures.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
        run = suyin("failures", "--retry", **env)
        assert run.returncode == 1
        assert "bolt://elsewhere:7687" in run.stderr
        assert "NEO4J_URI" in run.stderr
        assert listed(env).keys() == {"good.txt"}
        assert json.loads(done("status", "--json", **env))["nodes"]["Report"] == 0

    def test_documents_in_a_folder_are_loaded(self, env: dict[str, Path], tmp_path: Path) -> None:
        done("extract", UNIVERSITY, ENERGY, "--out", tmp_path / "out", **env)
        (tmp_path / "out" / "package.json").write_text('{"name": "x"}', encoding="utf-8")
        run = suyin("load", tmp_path / "out", "--json", **env)
        assert run.returncode == 0
        assert run.stderr == f"suyin: {tmp_path / 'out' / 'package.json'}: skipped, it holds no findings\n"
        assert [row["status"] for row in json.loads(run.stdout)] == ["loaded", "loaded"]
        without = json.loads(done("status", "--json", **env))
        assert without["nodes"]["SourceText"] == 0
        assert {row["status"] for row in json.loads(done("load", UNIVERSITY, ENERGY, "--json", **env))} == {
            "replaced"
        }
        whole = json.loads(done("status", "--json", **env))
        assert whole["nodes"]["SourceText"] == 2
        assert {row["status"] for row in json.loads(done("load", tmp_path / "out", "--json", **env))} == {
            "unchanged"
        }
        again = json.loads(done("status", "--json", **env))
        assert {**again, "running": None} == {**whole, "running": None}

    def test_a_folder_without_reports(self, env: dict[str, Path], tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        run = suyin("load", tmp_path / "in", **env)
        assert run.returncode == 1
        assert run.stderr.startswith(f"suyin: {tmp_path / 'in'}: is a folder; ")
        (tmp_path / "in" / "r.txt").write_text(REPORT, encoding="utf-8")
        done("load", tmp_path / "in", **env)
        assert listed(env) == {}
