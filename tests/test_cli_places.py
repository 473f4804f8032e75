"""Folders and archives given to the commands: all reports in them, in the folders they stand in."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from tests.support.commands import ENERGY, SIX_UNITS, done, suyin

pytestmark = pytest.mark.usefixtures("stores_stay")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "2023.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.write(ENERGY, "省级/报告.txt")
        file.write(SIX_UNITS, "县级/报告.txt")
        file.writestr("县级/扫描.png", b"\x89PNG\r\n\x1a\n\0\0")
    return path


def test_extract_repeats_the_folders(archive: Path, tmp_path: Path) -> None:
    run = suyin("extract", archive, "--out", tmp_path / "out")
    assert run.returncode == 1
    # without the extra that reads scans, it is not looked at
    assert re.search(rf"{archive}/县级/扫描.png: is a (damaged picture|scan or picture); ", run.stderr)
    written = sorted(
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.json")
    )
    assert written == ["县级/报告.json", "省级/报告.json"]
    one = json.loads(done("extract", archive / "省级" / "报告.txt"))
    assert one == json.loads((tmp_path / "out" / "省级" / "报告.json").read_text("utf-8"))
    assert one["nodes"] == json.loads(done("extract", ENERGY))["nodes"]


def test_several_reports_need_a_folder(archive: Path) -> None:
    assert suyin("extract", archive).returncode == 2
    assert suyin("extract", archive, "--id", "r", "--out", "x").returncode == 2


@pytest.mark.store
def test_load(archive: Path, tmp_path: Path) -> None:
    run = suyin("load", archive, "--json", SUYIN_DATA_DIR=tmp_path / "store")
    assert run.returncode == 1
    assert {row["file"]: row["status"] for row in json.loads(run.stdout)} == {
        f"{archive}/县级/报告.txt": "loaded",
        f"{archive}/省级/报告.txt": "loaded",
        f"{archive}/县级/扫描.png": "failed",
    }
