"""Headlines in boxes."""

from __future__ import annotations

import pytest

from viz.wrap import NOT_FIRST, em, wrap

TEXTS = [
    "",
    "短",
    "农村饮水安全工程重建轻管，部分工程建成后长期闲置不用",
    "一" * 90,
    "2022年GDP增长7.5%，ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "执行《中华人民共和国招标投标法》不严",
    "，。、；：！？）》",
    "a b\n c　d",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("width", "lines"), [(8, 3), (13.6, 2), (25, 2), (1, 3)])
def test_lines_fit_and_lose_nothing_unsaid(text: str, width: float, lines: int) -> None:
    out = wrap(text, width, lines)
    assert len(out) <= lines
    assert all(em(line) <= max(width, 2) for line in out)
    whole = "".join(text.split())
    got = "".join("".join(out).split())
    assert got == whole or (got.endswith("…") and whole.startswith(got[:-1]))


def test_breaks_after_a_mark_and_evenly() -> None:
    assert wrap("农村饮水安全工程重建轻管，部分工程建成后长期闲置不用", 25, 2) == [
        "农村饮水安全工程重建轻管，",
        "部分工程建成后长期闲置不用",
    ]
    assert [len(line) for line in wrap("一" * 26, 25, 2)] == [13, 13]


def test_no_line_begins_with_a_closing_mark() -> None:
    lines = wrap("落实制度不严格、不规范、不到位、不及时、不彻底", 8, 3)
    assert len(lines) == 3
    assert all(line[0] not in NOT_FIRST for line in lines)
