"""What a report says twice is one finding."""

from __future__ import annotations

from collections.abc import Callable

from extract.model import Findings

Read = Callable[[str], Findings]

REPORT = """岭东县档案馆整改情况报告
一、反馈问题
（一）库房管理不规范。有4间库房未装除湿机。
（二）档案移交不及时。2022年有3个单位超期移交。
二、整改落实情况
（一）关于库房管理不规范问题。已购置除湿机4台，已完成整改。
（二）关于“档案移交不及时”问题。已督促移交档案260卷，正在整理入库。
"""


def test_a_problem_and_what_was_done_about_it_are_one(read: Read) -> None:
    found = read(REPORT)
    nodes = {n.id: n for n in found.nodes}
    assert [p.properties["headline"] for p in found.by_label("Problem")] == [
        "库房管理不规范",
        "档案移交不及时",
    ]
    resolved = {
        nodes[e.target].properties["headline"]: nodes[e.source].properties["status"]
        for e in found.edges
        if e.type == "RESOLVES"
    }
    assert resolved == {"库房管理不规范": "done", "档案移交不及时": "ongoing"}


def test_another_matter_is_a_problem_of_its_own(read: Read) -> None:
    found = read(REPORT.replace("关于库房管理不规范问题", "关于设备采购超预算问题"))
    assert len([*found.by_label("Problem")]) == 3
