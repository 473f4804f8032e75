"""Names of units by rules and model: which of them stand, and that none lies over another."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from extract.reading.candidates import Trust
from extract.reading.names import NameReader, name_spans
from extract.unit_names import Mention

TRUST = Trust({"Unit": {"both": [(0.0, 1.0)], "rules": [(0.0, 0.1), (0.5, 0.6)], "model": [(0.0, 0.2), (0.8, 0.9)]}}, {"Unit": 0.5})


def naming(text: str, *names: str, sure: float = 0.95) -> np.ndarray:
    """What a model thinks that sees these names and nothing else."""
    rest = (1 - sure) / 2
    found = np.tile([sure, rest, rest], (len(text), 1))
    for name in names:
        at = text.index(name)
        found[at : at + len(name)] = [rest, rest, sure]
        found[at] = [rest, sure, rest]
    return found


def names(text: str, ours: list[str], model: list[str], *, sure: float = 0.95, defined: tuple[str, ...] = ()) -> list[str]:
    mentions = [Mention(text.index(name), text.index(name) + len(name), name) for name in ours]
    joined = NameReader(naming(text, *model, sure=sure), TRUST).join(text, mentions, defined)
    assert joined == sorted(joined)
    assert all(a.end <= b.start for a, b in itertools.pairwise(joined))
    return [mention.name for mention in joined]


TEXT = "检查发现石桥粮站和县财政局账目不清，推动公司整改。"


def test_names_are_runs_that_begin() -> None:
    found = naming(TEXT, "石桥粮站", "县财政局")
    found[0] = [0.1, 0.1, 0.8]  # goes on without a beginning: no name
    assert [TEXT[start:end] for start, end, _ in name_spans(found)] == ["石桥粮站", "县财政局"]
    assert name_spans(found)[0][2] == pytest.approx(0.95)


def test_a_name_that_only_the_model_sees_comes_where_it_is_sure() -> None:
    assert names(TEXT, ["县财政局"], ["石桥粮站", "县财政局"]) == ["石桥粮站", "县财政局"]
    assert names(TEXT, ["县财政局"], ["石桥粮站", "县财政局"], sure=0.7) == ["县财政局"]


def test_what_the_model_sees_no_name_in_goes_unless_the_text_defines_it() -> None:
    assert names(TEXT, ["县财政局", "推动公司"], ["县财政局"]) == ["县财政局"]
    assert names(TEXT, ["推动公司"], [], defined=("推动公司",)) == ["推动公司"]


def test_of_two_that_share_characters_the_more_trusted_stands() -> None:
    assert names(TEXT, ["粮站"], ["石桥粮站"]) == ["石桥粮站"]


def test_a_name_that_leaves_out_what_the_list_says_once_keeps_it() -> None:
    text = "市公安局、总工会"
    ours = [Mention(0, 4, "市公安局"), Mention(5, 8, "市总工会")]
    joined = NameReader(naming(text, "市公安局", "总工会"), TRUST).join(text, ours)
    assert [mention.name for mention in joined] == ["市公安局", "市总工会"]
