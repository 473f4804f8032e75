"""Amounts in yuan, and what looks like one and is none."""

from __future__ import annotations

import pytest

from extract.language.amounts import find_amounts


def read(text: str) -> list[tuple[float, str]]:
    return [(yuan, text[s:e]) for yuan, s, e in find_amounts(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "yuan", "words"),
    [
        ("多付工程款2亿6000万元", 260_000_000, "2亿6000万元"),
        ("虚列7万5千元", 75_000, "7万5千元"),
        ("套取四百一十八万二千元，", 4_182_000, "四百一十八万二千元"),
        ("人民币捌万元整", 80_000, "人民币捌万元整"),
        ("计人民币伍拾陆万圆整", 560_000, "人民币伍拾陆万圆整"),
        ("余额￥9,876.54。", 9876.54, "￥9,876.54"),
        ("合计¥30万", 300_000, "¥30万"),
        ("RMB800,000元", 800_000, "RMB800,000元"),
        ("约6.4万余元", 64_000, "6.4万余元"),
        ("近8亿元", 800_000_000, "8亿元"),
        ("三千多万元", 30_000_000, "三千多万元"),
        ("十余万元", 100_000, "十余万元"),
        ("多收12元8角", 12.8, "12元8角"),
        ("贰拾叁元肆角伍分", 23.45, "贰拾叁元肆角伍分"),
        ("折合6000万元人民币", 60_000_000, "6000万元"),
        ("转出5万元到一个私人账户", 50_000, "5万元"),
        ("4.2亿元、7500余万元", 420_000_000, "4.2亿元"),
    ],
)
def test_an_amount(text: str, yuan: float, words: str) -> None:
    assert read(text)[0] == (yuan, words)


@pytest.mark.parametrize(
    "text",
    [
        "涉及20-30万元",
        "每笔4万元至6万元",
        "4至6万元",
        "二到三十万元",
        "从800元至数万元不等",
        "数百万元",
        "几十万元",
        "上千万元",
        "十几万元",
        "三五万元",
        "十七、八万元",
        "500万美元",
        "港币600万元",
        "300元港币",
        "2亿日元",
        "单价45元",
        "45元/平方米",
        "每人补助600元",
        "人均700元",
        "每年支出40万元",
        "3万元每亩",
        "5万元以下",
        "单笔不超过20万元",
        "-8万元",
        "2万3元",
        "二元结构",
        "3元件",
        "第2元",
        "8.9.1元",
        "百万元",
    ],
)
def test_no_amount(text: str) -> None:
    assert read(text) == []


def test_each_of_a_list_and_both_ends_of_a_change() -> None:
    assert [yuan for yuan, _ in read("分别为4万元、6万元和9千元")] == [40_000, 60_000, 9_000]
    assert [yuan for yuan, _ in read("由4万元提高至6万元")] == [40_000, 60_000]


def test_only_what_lies_in_the_range() -> None:
    text = "甲30万元乙40万元"
    assert [*find_amounts(text, 6, len(text))] == [(400_000.0, 6, 10)]
