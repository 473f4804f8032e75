"""The embedded store that stays for some time after a command: who finds it, what ends it, what is left."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from extract.documents import to_json
from graph import embedded_training
from graph.embedded_archive import archive_file
from graph.embedded_run import RunInfo, read_run_file, stop_running, write_run_file
from graph.store import open_store
from tests.graph.test_load import reports
from tests.support.commands import ENERGY, REPORTS, SUYIN, UNIVERSITY, done, suyin

pytestmark = [
    pytest.mark.store,
    pytest.mark.skipif(os.name == "nt", reason="there the store ends with its command"),
]
#: Seconds for what must happen at all.
LIMIT = 120
#: Longer than any test.
LONG = 3600


@pytest.fixture
def env(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """The settings of commands whose store stays until the test ends."""
    folder = tmp_path / "数据 data"
    yield {"SUYIN_DATA_DIR": folder, "SUYIN_IDLE": LONG, "SUYIN_READER": "rules"}
    stop_running(folder / "arcadedb", force=True)


def kept(env: dict[str, Any]) -> RunInfo:
    info = read_run_file(env["SUYIN_DATA_DIR"] / "arcadedb" / "run.json")
    assert info is not None
    return info


def status(env: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done("status", "--json", **env))
    return found


def wait_until(true: Callable[[], object], limit: float = LIMIT) -> None:
    end = time.monotonic() + limit
    while not true():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.1)


def begin(*args: object, **env: object) -> subprocess.Popen[str]:
    """A command that is not waited for."""
    settings = os.environ | {"NEO4J_URI": ""} | {key: str(value) for key, value in env.items()}
    return subprocess.Popen(
        [SUYIN, *map(str, args)],
        env=settings,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


class TestUse:
    def test_the_next_command_finds_it(self, env: dict[str, Any]) -> None:
        done("load", UNIVERSITY, **env)
        info = kept(env)
        assert info.process()
        assert stat.S_IMODE((env["SUYIN_DATA_DIR"] / "arcadedb" / "run.json").stat().st_mode) == 0o600
        assert done("query", "MATCH (r:Report) RETURN count(r) AS n", "--csv", **env).split() == ["n", "1"]
        assert status(env)["running"]["process"] == info.pid
        page = done("status", **env)
        assert f"process {info.pid}, since" in page
        assert "suyin stop" in page
        done("status", **env | {"SUYIN_IDLE": 0})  # what it did not start it leaves
        assert kept(env) == info
        assert info.process()

    def test_two_commands_at_once_share_it(self, env: dict[str, Any]) -> None:
        both = [begin("load", report, **env) for report in (UNIVERSITY, ENERGY)]
        assert [(process.communicate(timeout=LIMIT)[1], process.returncode) for process in both] == [
            ("", 0)
        ] * 2
        found = status(env)
        assert found["nodes"]["Report"] == 2
        assert found["running"]["process"] == kept(env).pid

    def test_it_stays_as_long_as_somebody_is_connected(self, env: dict[str, Any]) -> None:
        done("status", **env | {"SUYIN_IDLE": 2})
        info = kept(env)
        with open_store(data_dir=env["SUYIN_DATA_DIR"]) as store:
            time.sleep(4)
            assert store.connection().borrowed
            assert info.process()
        wait_until(lambda: info.process() is None)

    @pytest.mark.parametrize("wrong", ["soon", "-1", "inf", "nan"])
    def test_a_wrong_time(self, env: dict[str, Any], wrong: str) -> None:
        run = suyin("status", **env | {"SUYIN_IDLE": wrong})
        assert run.returncode == 1
        assert run.stderr == (
            f"suyin: SUYIN_IDLE: '{wrong}' must be a number of seconds, such as 300; "
            "0: the store ends with the command\n"
        )


class TestEnd:
    def test_when_nobody_has_used_it(self, env: dict[str, Any]) -> None:
        done("load", UNIVERSITY, **env | {"SUYIN_IDLE": 2})
        info = kept(env)
        wait_until(lambda: info.process() is None)
        assert not (env["SUYIN_DATA_DIR"] / "arcadedb" / "run.json").exists()
        with open_store(data_dir=env["SUYIN_DATA_DIR"]) as store:
            assert store.counts()["nodes"]["Report"] == 1

    def test_by_stop(self, env: dict[str, Any]) -> None:
        done("load", UNIVERSITY, **env)
        digest, info = status(env)["digest"], kept(env)
        assert f"process {info.pid}" in done("stop", **env)
        assert info.process() is None
        assert "does not run" in done("stop", **env)
        shutil.copytree(env["SUYIN_DATA_DIR"], env["SUYIN_DATA_DIR"].with_name("copy"))
        for folder in (env["SUYIN_DATA_DIR"], env["SUYIN_DATA_DIR"].with_name("copy")):
            assert status(env | {"SUYIN_DATA_DIR": folder, "SUYIN_IDLE": 0})["digest"] == digest

    def test_not_while_others_use_it(self, env: dict[str, Any]) -> None:
        done("load", UNIVERSITY, **env)
        info = kept(env)
        with open_store(data_dir=env["SUYIN_DATA_DIR"]) as store:
            run = suyin("stop", **env)
            assert run.returncode == 1
            assert f"process {os.getpid()} (" in run.stderr
            assert info.process()
            done("stop", "--force", **env)
            assert info.process() is None
            assert store.counts()["nodes"]["Report"] == 1  # it starts it again

    def test_with_the_command_where_the_time_is_0(self, env: dict[str, Any]) -> None:
        assert status(env | {"SUYIN_IDLE": 0})["running"] is None
        assert not (env["SUYIN_DATA_DIR"] / "arcadedb" / "run.json").exists()
        assert (env["SUYIN_DATA_DIR"] / "arcadedb" / "server.pid").exists()
        assert not [
            p
            for p in psutil.process_iter(["cwd"])  # a store works in its folder
            if (p.info["cwd"] or "").startswith(str(env["SUYIN_DATA_DIR"]))
        ]

    def test_where_its_folder_was_deleted(self, env: dict[str, Any]) -> None:
        done("status", **env)
        info = kept(env)
        shutil.rmtree(env["SUYIN_DATA_DIR"])
        wait_until(lambda: info.process() is None)


class TestKilled:
    def test_the_store(self, env: dict[str, Any]) -> None:
        done("load", UNIVERSITY, **env)
        digest, info = status(env)["digest"], kept(env)
        os.kill(info.pid, signal.SIGKILL)
        found = status(env)
        assert found["digest"] == digest
        assert found["running"]["process"] == kept(env).pid != info.pid

    def test_a_command_that_loads(self, env: dict[str, Any], tmp_path: Path) -> None:
        """The store stays, with what was committed, and the others go on where it ended."""
        many = tmp_path / "many"
        many.mkdir()
        for findings in reports(300):
            (many / f"{findings.report.id}.json").write_text(to_json(findings), encoding="utf-8")
        done("status", **env)
        info = kept(env)
        with begin("load", many, **env) as load, open_store(data_dir=env["SUYIN_DATA_DIR"]) as store:
            wait_until(lambda: store.counts()["nodes"]["Report"])
            load.kill()
        assert load.returncode == -9
        assert kept(env) == info
        done("load", many, **env)
        found = status(env)
        assert found["nodes"]["Report"] == 300
        assert found["running"]["process"] == info.pid
        clean = env | {"SUYIN_DATA_DIR": tmp_path / "clean", "SUYIN_IDLE": 0}
        done("load", many, **clean)
        assert status(clean)["digest"] == found["digest"]

    def test_a_run_file_never_has_another_process_killed(self, tmp_path: Path) -> None:
        """Not one with the same number and time of birth, where it is none of ours."""
        with subprocess.Popen(["sleep", str(LONG)]) as other:
            born = psutil.Process(other.pid).create_time()
            for named in (born, born - 100):
                write_run_file(
                    tmp_path / "run.json", RunInfo(other.pid, named, "bolt://127.0.0.1:9", "x", "y", LONG)
                )
                assert stop_running(tmp_path, force=True) is None
                assert other.poll() is None
            other.kill()


class TestArchiveOfClasses:
    def test_made_when_nobody_uses_the_store_and_then_used(self, env: dict[str, Any], tmp_path: Path) -> None:
        env |= {"SUYIN_ARCHIVE": 1, "XDG_CACHE_HOME": tmp_path / "cache"}
        done("status", **env)
        wait_until(lambda: [*(tmp_path / "cache").glob("suyin/*.aot")], 5 * LIMIT)
        [archive] = (tmp_path / "cache").glob("suyin/*.aot")
        assert not [*archive.parent.glob("*.failed")]
        assert status(env)["running"]  # by a store that was started without
        done("stop", **env)
        assert status(env)["running"]
        process = kept(env).process()
        assert process
        assert str(archive) in {file.path for file in process.memory_maps()}

    @pytest.mark.parametrize("broken", ["short", "other", pytest.param("damaged", marks=pytest.mark.full)])
    def test_a_broken_one_is_not_used(
        self, env: dict[str, Any], tmp_path: Path, broken: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SUYIN_ARCHIVE", "1")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        archive = archive_file()
        assert archive
        archive.parent.mkdir(parents=True)
        if broken == "damaged":
            assert embedded_training.main() == 0
            with archive.open("r+b") as file:
                file.seek(2000 * 4096)
                file.write(random.Random(1).randbytes(500 * 4096))
        else:
            archive.write_bytes(b"" if broken == "short" else b"something else\n" * 1000)
        assert status(env | {"SUYIN_ARCHIVE": 1, "XDG_CACHE_HOME": tmp_path / "cache"})["running"]

        if broken == "damaged":  # and where nobody looks whether it is
            done("stop", **env)
            assert archive.exists()
            env |= {"SUYIN_ARCHIVE": 1, "XDG_CACHE_HOME": tmp_path / "cache"}
            assert status(env | {"_JAVA_OPTIONS": "-XX:-VerifySharedSpaces"})["running"]
            assert not archive.exists()  # the JVM crashed, and the next did without it


def test_demo_leaves_nothing(env: dict[str, Any], tmp_path: Path) -> None:
    assert REPORTS.is_dir()
    done("demo", "-o", tmp_path / "map.html", **env)
    assert not (env["SUYIN_DATA_DIR"] / "arcadedb" / "run.json").exists()
