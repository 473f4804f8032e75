"""The hostile texts: of the size asked for, and read to the end; how long that takes is for the bench."""

from __future__ import annotations

import pytest

from bench.hostile import CASES, read_one, verdict


@pytest.mark.parametrize("case", CASES)
def test_sizes_are_kept(case: str):
    for size in (1_000, 20_000):
        assert size <= len(CASES[case](size).encode()) < 1.1 * size + 600
    assert CASES[case](5_000) == CASES[case](5_000)


@pytest.mark.parametrize("case", CASES)
def test_short_ones_are_read(case: str):
    assert read_one(case, 0.004) >= 0


def test_the_verdict():
    assert verdict([0.5, 1.0, 2.0, 4.0]) == ("2.0", "")
    assert verdict([0.5, 2.0, 8.0, 32.0]) == ("4.0", "faster than linear")
    assert verdict([5.0, 10.0, 20.0, 40.0]) == ("2.0", "slow")
    assert verdict([1.0, 10.0, None, None]) == ("10.0", "over 60 s")
