"""Names of units by rules and model: which of them stand, and that none lies over another."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from extract.reading.candidates import Trust
from extract.reading.names import NameReader, name_spans
from extract.units.names import Mention

TRUST = Trust(
    {"Unit": {"both": [(0.0, 1.0)], "rules": [(0.0, 0.1), (0.5, 0.6)], "model": [(0.0, 0.2), (0.8, 0.9)]}}, {}
)


def naming(text: str, *names: str, sure: float = 0.95) -> np.ndarray:
    """What a model thinks that sees these names and nothing else."""
    rest = (1 - sure) / 2
    found = np.tile([sure, rest, rest], (len(text), 1))
    for name in names:
        at = text.index(name)
        found[at : at + len(name)] = [rest, rest, sure]
        found[at] = [rest, sure, rest]
    return found


def names(
    text: str, ours: list[str], model: list[str], *, sure: float = 0.95, defined: tuple[str, ...] = ()
) -> list[str]:
    mentions = [Mention(text.index(name), text.index(name) + len(name), name) for name in ours]
    joined = NameReader(naming(text, *model, sure=sure), TRUST).join(text, mentions, defined)
    assert joined == sorted(joined)
    assert all(a.end <= b.start for a, b in itertools.pairwise(joined))
    return [mention.name for mention in joined]


TEXT = "检查发现石桥粮站和县财政局账目不清，推动公司整改。"


def test_no_part_of_a_central_body() -> None:
    text = "关于住房问题，住房和城乡建设部没有回复。"
    start = text.index("住房和")
    ours = [Mention(start, start + 8, "住房和城乡建设部")]
    joined = NameReader(naming(text, "城乡建设部", sure=0.99), TRUST).join(text, ours)
    assert [m.name for m in joined] == ["住房和城乡建设部"]


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


@pytest.mark.parametrize(
    ("text", "seen"),
    [("任命朱长松为主任。", "朱长松"), ("依据《县财政局办法》执行。", "县财政局"), ("新北区原副区长到会。", "新北区"), ("我公司整改。", "我公司"),
     ("十五届青岳县委第四轮巡察开始。", "青岳县委"), ("局党组会议研究。", "局党组"), ("与吉林龙鼎四家公司共建。", "吉林龙鼎四家公司"), ("经董事会同意。", "董事会"), ("据苍食安委办〔2012〕1号文。", "苍食安委办"),
     ("深市上市公司公告。", "深市上市公司"), ("滨江安置房项目曾停工。", "滨江安置房"),
     ("位于沂源化工产业园的厂房。", "沂源化工产业园")],
)  # fmt: skip
def test_what_is_no_name_of_a_unit_does_not_come(text: str, seen: str) -> None:
    assert names(text, [], [seen], sure=0.99) == []


def test_a_firms_full_name_and_a_place_before_a_name_are_not_cut() -> None:
    assert names("东鹭（芦汀）化纤有限公司停产。", ["东鹭（芦汀）化纤有限公司"], ["化纤有限公司"]) == [
        "东鹭（芦汀）化纤有限公司"
    ]
    assert names("四川省江安县人民检察院起诉。", ["四川省江安县人民检察院"], ["江安县人民检察院"]) == [
        "四川省江安县人民检察院"
    ]
    assert names("入东关水厂检查。", ["入东关水厂"], ["东关水厂"]) == ["东关水厂"]
