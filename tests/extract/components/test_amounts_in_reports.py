"""Amounts of a whole report: numbers that its lines break, amounts that are all of a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model import Findings


@pytest.mark.parametrize(
    ("words", "yuan"),
    [("18\n620万元", 186_200_000.0), ("4.\n5亿元", 450_000_000.0), ("6\n00元", 600.0), ("1,23万元", None)],
)
def test_a_number_is_whole_or_none(read: Callable[[str], Findings], words: str, yuan: float | None) -> None:
    found = read(
        f"关于检查情况的通报\n一、存在的问题\n1.工程款支付不规范。该项目多付工程款{words}，没有追回。\n2.台账缺页。\n"
    )
    amounts = [a for n in found.nodes for a in n.properties.get("amounts", [])]
    assert amounts == ([yuan] if yuan else [])


def test_an_amount_in_chinese_numerals_is_evidence(read: Callable[[str], Findings]) -> None:
    found = read(
        "关于检查情况的通报\n一、存在的问题\n1.挪用专项资金。涉及金额：四百一十万元。\n2.台账缺页。\n"
    )
    assert [n.properties["amounts"] for n in found.by_label("Evidence")] == [[4_100_000.0]]
