"""A table beside the reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.commands import done, suyin

pytestmark = pytest.mark.usefixtures("stores_stay")

REPORT = "关于巡察县水务局党组的反馈意见\n一、存在问题\n1.台账管理不规范。\n"


def test_what_the_table_says_is_in_the_findings(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    table = tmp_path / "table.csv"
    table.write_text("文件,地区,日期,层级\na.txt,青岳县,2023年3月1日,县\n", encoding="gb18030")
    report = json.loads(done("extract", tmp_path / "a.txt", "--metadata", table))["report"]
    assert (report["place"], report["date"], report["level"]) == ("青岳县", "2023-03-01", "县")


def test_a_wrong_table_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    table = tmp_path / "table.csv"
    table.write_text("file,colour\na.txt,red\n", encoding="utf-8")
    run = suyin("extract", tmp_path / "a.txt", "--metadata", table)
    assert run.returncode == 1
    assert "line 1: unknown column 'colour'" in run.stderr
    assert run.stderr.count("\n") == 1
