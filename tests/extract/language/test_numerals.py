"""Numbers in figures, in Chinese signs, and in both."""

from __future__ import annotations

import pytest

from extract.language.numerals import number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("4,321.5", 4321.5),
        ("2亿6000万", 260_000_000),
        ("7万5千", 75_000),
        ("七万五千", 75_000),
        ("四百一十八万二千", 4_182_000),
        ("玖拾捌万柒仟", 987_000),
        ("一亿零八万", 100_080_000),
        ("一千零二", 1002),
        ("十六", 16),
        ("两千三百", 2300),
        ("4万6500", 46_500),
        ("8千万", 80_000_000),
        ("3.6千万", 36_000_000),
        ("1.5万亿", 1_500_000_000_000),
        ("3万4000亿", 3_400_000_000_000),
        ("二点五万", 25_000),
        ("l2O", 120),
        ("零", 0),
        ("0.05", 0.05),
    ],
)
def test_a_number(words: str, value: float) -> None:
    assert number(words) == value


@pytest.mark.parametrize(
    "words",
    [
        "四五十",
        "三五",
        "四百六",
        "7万5",
        "7万500",
        "百万",
        "千",
        "2万3万",
        "三百五千",
        "1.5万2千",
        "2亿6000",
        "12,3456",
        "一〇七",
    ],
)
def test_no_number_or_more_than_one(words: str) -> None:
    assert number(words) is None
