"""The one amount of a problem, and that a sum over problems is what the report says."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from extract.model import Findings

Read = Callable[[str], Findings]
HEAD = "关于对云河县青石水库管理所专项检查情况的通报\n\n现将检查情况通报如下。\n一、存在的主要问题\n"


def amounts(read: Read, body: str) -> dict[str, float | None]:
    """Number of a problem -> its amount."""
    problems = read(HEAD + body).by_label("Problem")
    return {p.properties["number"]: p.properties.get("amount") for p in problems}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("1.虚列支出。2021年虚列劳务费18万元。\n", {"1": 180_000}),
        ("1.虚列支出30万元。其中2020年虚列12万元，2021年虚列18万元。\n", {"1": 300_000}),
        ("1.虚列支出。2020年虚列12万元，2021年虚列18万元，共计30万元。\n", {"1": 300_000}),
        ("1.资金闲置。2021年下达专项资金900万元，闲置240万元。\n", {"1": 2_400_000}),
        ("1.规避招标。清淤项目未招标，合同金额65万元。\n", {"1": 650_000}),
        ("1.把关不严。结算审核走过场，导致多付工程款7.5万元。\n", {"1": 75_000}),
        ("1.票据管理混乱。12张票据未核销。\n", {"1": None}),
    ],
)
def test_of_one_problem(read: Read, body: str, found: dict[str, float | None]) -> None:
    assert amounts(read, body) == found


def test_items_have_it_where_the_problem_adds_them_up(read: Read) -> None:
    body = "（一）支出管理混乱，涉及金额50万元。\n1.虚列支出。2021年虚列劳务费30万元。\n2.超标准接待。超标准接待20万元。\n"
    assert amounts(read, body) == {"1": None, "1.1": 300_000, "1.2": 200_000}


def test_another_total_stands_for_its_items(read: Read) -> None:
    body = "（一）支出管理混乱，共计涉及金额90万元。\n1.虚列支出。2021年虚列劳务费30万元。\n2.超标准接待。超标准接待20万元。\n"
    assert amounts(read, body) == {"1": 900_000, "1.1": None, "1.2": None}


def test_an_item_that_adds_up_the_others_has_none(read: Read) -> None:
    body = (
        "1.虚列支出。虚列劳务费30万元。\n2.超标准接待。超标准接待20万元。\n3.以上合计50万元，未按规定收回。\n"
    )
    assert amounts(read, body) == {"1": 300_000, "2": 200_000, "3": None}


@pytest.mark.parametrize("seed", range(12))
def test_a_sum_over_problems_is_the_true_total(read: Read, seed: int) -> None:
    """Reports of items with parts, totals over them, budgets beside them: 1 yuan too much or too little is seen."""
    dice = random.Random(seed)
    body, true = "", 0
    for n in range(dice.randint(2, 5)):
        values = [dice.randint(1, 900) for _ in range(dice.randint(1, 4))]
        rest = dice.choice((0, 0, dice.randint(1, 50)))
        total = sum(values) + rest
        stated = rest > 0 or dice.random() < 0.5
        body += f"（{'一二三四五'[n]}）资金管理不规范{f'，共计涉及金额{total}万元' if stated else ''}。\n"
        for i, value in enumerate(values, 1):
            budget = f"2021年下达专项资金{value + dice.randint(1, 900)}万元，" if dice.random() < 0.4 else ""
            part = f"，其中虚列劳务费{value / 2:g}万元" if dice.random() < 0.4 else ""
            body += f"{i}.违规使用资金。{budget}挪用资金{value}万元{part}。\n"
        true += total
    found = [p.properties.get("amount", 0.0) for p in read(HEAD + body).by_label("Problem")]
    assert sum(found) == true * 10_000
