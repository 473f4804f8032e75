"""Offsets are carried, never searched for again."""

from __future__ import annotations

import pytest

from extract.model import Source
from extract.rules import load_rules
from extract.start import clean_text
from extract.text.clean import fold, split_lines, wrap_width
from extract.text.noise import strip_noise

RULES = load_rules()
SAMPLES = [
    "一、存在问题\n（一）整改不到位。整改不到位三年，整改 不到位。\n",
    "\ufeff一、存在问题\r\n  （一）财务管理不规范,超支 3,200 元;(二)制度缺失.\r\n",
    "标题\n\n    段落一行,很长很长。\n－ 3 －\n段落二。",
    '無\u3000間\tA B C 12:30 “引号”"直引号"',
]


@pytest.mark.parametrize("text", SAMPLES)
def test_every_kept_character_knows_its_place(text: str) -> None:
    folded = fold(text)
    clean = clean_text(Source("t", text, ""), RULES)
    for i, char in enumerate(clean.text):
        if char != "\n":
            assert folded[clean.span(i, i + 1)[0]] == char
    origins = [clean.span(i, i + 1)[0] for i, c in enumerate(clean.text) if c != "\n"]
    assert origins == sorted(origins)


@pytest.mark.parametrize("text", [*SAMPLES, '1,234.5；“a”"b"c,d', "规范.一是"])
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_writes_width_variants_alike() -> None:
    assert fold('１２％,(甲);乙:丙 "丁"') == "12%，（甲）；乙：丙 “丁”"
    assert fold("1,286.4万元，12:30，比例1:350") == "1,286.4万元，12:30，比例1:350"
    assert fold("一.总体情况\n制度不规范.二是") == "一.总体情况\n制度不规范。二是"


def test_noise_goes_and_the_report_stays() -> None:
    text = "首页 > 公告\n关于巡察的通报\n来源：某局 浏览量：12\n正文不动。\n- 3 -\n版权所有 某网\n页脚"
    kept = [line.text for line in strip_noise(split_lines(fold(text)), RULES)]
    assert kept == ["关于巡察的通报", "正文不动。"]


def test_hard_wrapped_lines_are_joined() -> None:
    body = "该局对专项资金管理不严格，二〇二一年以来有十二笔支出没有附原始凭证，"
    text = "\n".join([body] * 8) + "\n（二）下一个问题突出。"
    clean = clean_text(Source("t", text, ""), RULES)
    assert wrap_width(split_lines(fold(text))) == len(body)
    assert clean.text.count("\n") == 2


def test_titles_of_one_width_above_paragraphs_are_no_wrapped_lines() -> None:
    titles = [
        "市专家组到岚川学院开展实验室安全检查工作",
        "省厅工作组在青岳校区检查校园消防安全工作",
        "岚川学院召开实验室安全工作整改推进会议",
    ]
    text = "\n".join(
        f"{title}\n新闻中心讯/{'检查组查看了实验室和库房，没有发现隐患。' * 9}" for title in titles
    )
    assert wrap_width(split_lines(fold(text))) == 0
    assert clean_text(Source("t", text, ""), RULES).text.splitlines()[2] == titles[1]


def test_markers_after_blanks_get_lines_of_their_own() -> None:
    text = "（一）直接原因 现场作业人员违规拔出钢板桩。 （二）管理原因 1.甲公司：违法承揽工程。 2.乙公司：转借资质。"
    lines = clean_text(Source("t", text, ""), RULES).text.splitlines()
    assert lines == [
        "（一）直接原因",
        "现场作业人员违规拔出钢板桩。",
        "（二）管理原因",
        "1.甲公司：违法承揽工程。",
        "2.乙公司：转借资质。",
    ]
