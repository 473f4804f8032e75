"""Typed values and their places."""

from __future__ import annotations

import pytest

from extract.components.facts import facts_in
from extract.ranges import Spans


def read(text: str) -> list[tuple[str, float | str, str, str]]:
    return [(f.kind, f.value, f.unit, text[f.start : f.end]) for f in facts_in(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("列支1,286.4万元", [("amount", 12864000.0, "CNY", "1,286.4万元")]),
        ("损失4.36亿元、9400余万元", [("amount", 436000000.0, "CNY", "4.36亿元"), ("amount", 94000000.0, "CNY", "9400余万元")]),
        ("结余l871.3万元", [("amount", 18713000.0, "CNY", "l871.3万元")]),
        ("二百三十五元", [("amount", 235.0, "CNY", "二百三十五元")]),
        ("占73.5%，不足三成，四分之一", [("share", 0.735, "", "73.5%"), ("share", 0.3, "", "三成"), ("share", 0.25, "", "四分之一")]),
        ("百分之三十", [("share", 0.3, "", "百分之三十")]),
        ("2022年3月17日，2O21年底", [("date", "2022-03-17", "", "2022年3月17日"), ("date", "2021", "", "2O21年底")]),
        ("2019年至2021年6月", [("period", "2019/2021-06", "", "2019年至2021年6月")]),
        ("抽查68个项目，十二名干部，1.27万人次", [
            ("count", 68.0, "个", "68个"), ("count", 12.0, "名", "十二名"), ("count", 12700.0, "人次", "1.27万人次")]),
        ("第3个项目，一个单位，元旦", []),
        ("2022年13月", []),
        ("完成四成五，差错率6‰，百分之十二点五", [
            ("share", 0.45, "", "四成五"), ("share", 0.006, "", "6‰"), ("share", 0.125, "", "百分之十二点五")]),
        ("近四成企业，一半以上，两成以上", [("share", 0.4, "", "四成"), ("share", 0.5, "", "一半"), ("share", 0.2, "", "两成")]),
        ("高1.5个百分点", [("count", 1.5, "个百分点", "1.5个百分点")]),
        ("同比下降8%，降幅达9%，20%-30%，百分之二十至三十，三至四成", []),
        ("由90%下降到70%", [("share", 0.9, "", "90%"), ("share", 0.7, "", "70%")]),
        ("成立五成员小组", []),
        ("4-6名，4至6人，三四个，十几家，数十户，上百人，七、八个，1个半月，二期工程，五花八门", []),
        ("每人领取500元，3元/平方米", []),
        ("设试点两处，网点三家", [("count", 2.0, "处", "两处"), ("count", 3.0, "家", "三家")]),
        ("九点三名工人到场，增长二点五倍", [("count", 2.5, "倍", "二点五倍")]),
        ("三百零六户，1万2千人", [("count", 306.0, "户", "三百零六户"), ("count", 12000.0, "人", "1万2千人")]),
    ],
)  # fmt: skip
def test_facts(text: str, facts: list[tuple[str, float | str, str, str]]) -> None:
    assert read(text) == facts


def test_numbers_in_names_are_no_facts() -> None:
    text = "四个意识不强，三个项目停工"
    assert [text[f.start : f.end] for f in facts_in(text, 0, len(text), Spans([(0, 4)]))] == ["三个"]
