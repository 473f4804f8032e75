"""Tables whose cells are parted by |, as pages are copied into plain text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model import Findings
from extract.text.pipes import write_pipes

ROWS = (("电梯轿厢照明缺失", "已更换灯管"), ("消防栓被杂物遮挡", "已清理"), ("值班记录漏填三天", "正在补记"))
ONE_LINE = "\n".join(f"{number} | {found} | {done} |" for number, (found, done) in enumerate(ROWS, 1))
ONE_CELL = "\n".join(f"{number} |\n{found} |\n{done} |" for number, (found, done) in enumerate(ROWS, 1))
LAYOUTS = {
    "a row a line": f"序号 | 存在问题 | 整改情况 |\n{ONE_LINE}\n",
    "a cell a line": f"序号 |\n存在问题 |\n整改情况 |\n{ONE_CELL}\n",
    "Markdown": f"| 序号 | 存在问题 | 整改情况 |\n|---|:--|---|\n| {ONE_LINE.replace(chr(10), chr(10) + '| ')}\n",
}


@pytest.mark.parametrize("table", LAYOUTS.values(), ids=LAYOUTS)
def test_each_row_is_a_problem_with_what_was_done(table: str, read: Callable[[str], Findings]) -> None:
    found = read(f"某县福利院整改情况公示\n现将整改情况公示如下：\n{table}特此公示。\n")
    assert [problem.text for problem in found.by_label("Problem")] == [said for said, _ in ROWS]
    measures = [*found.by_label("Measure")]
    assert [measure.text for measure in measures] == [done for _, done in ROWS]
    assert [measure.properties["status"] for measure in measures] == ["done", "done", "ongoing"]


@pytest.mark.parametrize("text", [
    "首页 | 政务公开 | 审计公告\n某市审计局公告\n", "来源：本网 | 编辑：李某\n", "甲 |\n乙 |\n丙 |\n丁 |\n", "没有竖线的文字\n",
])  # fmt: skip
def test_what_is_no_table_stays(text: str) -> None:
    assert write_pipes(text) == text


def test_places_stay() -> None:
    for table in LAYOUTS.values():
        written = write_pipes(table)
        assert len(written) == len(table)
        assert [c for c in written if not c.isspace()] == [
            c for c in table if c not in "|:-" and not c.isspace()
        ]
