"""Spreadsheets and CSV: lists of problems as an outline, other tables as lines with tabs."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from extract.readers import ReadError, read_report
from extract.readers.heads import find_head
from extract.readers.marks import without_marks
from extract.readers.table_grid import Grid
from extract.readers.tables import Tables


def render_table(rows: list[list[str]]) -> str:
    return without_marks(Tables().render(rows))


HEAD = ["序号", "存在的主要问题", "整改措施"]


def test_groups_merged_cells_and_own_numbers() -> None:
    rows = [
        ["某县整改清单", "", "", ""],
        ["序号", "问题类别", "问题描述", "整改情况"],
        ["1", "财务", "1.报销不规范", "已完成"],
        ["", "", "（二）采购\n不规范。", "正在推进"],
        ["党建方面", "党建方面", "党建方面", "党建方面"],
        ["3", "", "3名党员未按时缴纳党费", ""],
    ]
    assert render_table(rows).split("\n") == [
        "某县整改清单", "存在的主要问题：",
        "（一）财务", "（1）报销不规范。", "整改情况：已完成", "（2）采购不规范。", "整改情况：正在推进",
        "（二）党建方面", "（3）3名党员未按时缴纳党费。",
    ]  # fmt: skip


def test_whose_problem_and_whose_task() -> None:
    rows = [["被检查单位", "问题", "责任单位"], ["县民政局", "台账不全", "办公室"]]
    assert render_table(rows) == "存在的主要问题：\n1.县民政局：台账不全。\n责任单位：办公室"


@pytest.mark.parametrize(
    "head",
    [
        ["姓名", "年龄"],
        ["问题"],
        ["项目", "预算", "决算"],
        ["时间", "地点", "问题数量"],
    ],
)
def test_other_tables_stay_tables(head: list[str]) -> None:
    rows = [head, ["甲"] * len(head)]
    assert find_head(Grid(rows)) is None
    assert render_table(rows).replace("\n", "\t").split("\t") == [*head, *rows[1]]


def test_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "县民政局"
    for row in (HEAD, [1, "台账不全", "补齐"], [2.0, "超标准接待", datetime.datetime(2023, 5, 1)]):
        book.active.append(row)
    hidden = book.create_sheet("草稿")
    hidden.append(["不看"])
    hidden.sheet_state = "hidden"
    book.create_sheet("说明").append(["单位", 3.5])
    path = tmp_path / "整改清单.xlsx"
    book.save(path)
    source = read_report(path)
    assert source.kind == "xlsx"
    assert source.text.split("\n") == [
        "县民政局", "存在的主要问题：", "1.台账不全。", "整改措施：补齐", "2.超标准接待。",
        "整改措施：2023年5月1日", "说明", "单位\t3.5",
    ]  # fmt: skip


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ","), ("gb18030", ";"), ("utf-8", "\t")])
def test_csv(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "清单.csv"
    rows = [delimiter.join(HEAD), delimiter.join(["1", '"报销不规范，\n审批不严"', "清退"])]
    path.write_bytes("\r\n".join(rows).encode(encoding))
    source = read_report(path)
    assert source.text == "清单\n存在的主要问题：\n1.报销不规范，审批不严。\n整改措施：清退"
    assert (source.kind, source.encoding) == ("csv", encoding.removesuffix("-sig"))


def test_damaged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    path = tmp_path / "x.xlsx"
    book.save(path)
    raw = path.read_bytes()
    at = raw.index(b"xl/worksheets/sheet1.xml") + 40
    path.write_bytes(raw[:at] + b"\0" * 60 + raw[at + 60 :])
    with pytest.raises(ReadError, match=r"x.xlsx: is a damaged spreadsheet; "):
        read_report(path)
