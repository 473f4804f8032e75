"""A repeated line is content, save where pages show that it is their head or foot."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extract.model import Source
from extract.pipeline import extract_source
from extract.rules import load_rules
from extract.text.clean import fold, split_lines
from extract.text.noise import strip_noise

RULES = load_rules()
HEAD = "青禾县审计局审计结果通报"
BODY = ["学校食堂采购未招标，两年直接委托一家商户。", "原因分析", "内控制度没有建立。", "已整改"]


def kept(text: str) -> list[str]:
    return [line.text for line in strip_noise(split_lines(fold(text)), RULES)]


@pytest.mark.parametrize("line", [
    "原因分析", "主要原因：内控制度不健全", "责任单位：县教育局", "已整改", "整改情况", "青禾县城乡建设投资有限公司", "2024年3月5日",
    "存在问题", "上述问题由县审计局跟踪督办，限期整改，逾期不改的依规问责处理并通报全县。", "是", "县教育局\t已完成"])  # fmt: skip
@pytest.mark.parametrize("times", [3, 10])
def test_without_pages_a_repeated_line_is_content(line: str, times: int) -> None:
    text = "\n".join(f"（{'一二三四五六七八九十'[i]}）第{i}项问题。\n{line}" for i in range(times))
    assert kept(text).count(fold(line)) == times


@pytest.mark.parametrize(
    "number", ["— {} —", "- {} -", "第{}页", "第 {} 页 共 4 页", "{}/4", "Page {} of 4", "第{}页/共4页"]
)
@pytest.mark.parametrize("place", ["head", "foot", "two lines"])
def test_heads_and_feet_of_pages_go(number: str, place: str) -> None:
    pages = []
    for n in range(1, 5):
        body, foot = "\n".join([f"第{n}所学校如下。", *BODY, f"第{n}所学校已通知。"]), number.format(n)
        pages.append({
            "head": f"{HEAD}\n{body}\n{foot}", "foot": f"{body}\n{HEAD}\n{foot}",
            "two lines": f"{HEAD}\n内部资料\n{body}\n{foot}"}[place])  # fmt: skip
    found = kept("关于校园食堂专项审计情况的通报\n" + "\n".join(pages))
    assert [line for line in found if line in BODY] == BODY * 4
    assert found.count(HEAD) <= 1  # where it may be the title
    assert found.count("内部资料") <= 1
    assert [line for line in found if "4" in line] == ["第4所学校如下。", "第4所学校已通知。"]


@pytest.mark.parametrize("number", ["— {} —", "第{}页 共3页", "共3页 第{}页"])
def test_a_head_in_the_line_of_the_number_goes(number: str) -> None:
    assert kept("\n".join(f"第{n}所学校如下。\n{HEAD}  {number.format(n)}" for n in range(1, 4))) == [
        f"第{n}所学校如下。" for n in range(1, 4)
    ]


def test_a_form_feed_ends_a_page() -> None:
    text = "\f".join(
        f"{HEAD}\n第{n}所学校食堂采购未招标，\n{BODY[1]}\n{BODY[2]}\n{BODY[3]}\n第{n}所已通知。"
        for n in "一二三"
    )
    found = kept(text)
    assert found.count(HEAD) == 1
    assert found.count("原因分析") == found.count("已整改") == 3


def test_numbers_of_a_table_are_no_pages() -> None:
    text = "\n".join(f"{n}\n青禾县教育局\n第{n}项采购未招标\n已整改" for n in range(1, 7))
    assert kept(text).count("青禾县教育局") == kept(text).count("已整改") == 6


def test_bare_numbers_far_apart_are_those_of_pages() -> None:
    prose = "学校食堂采购未招标，直接委托一家商户供货，合同没有备案，价格高于市场均价。" * 10
    found = kept("\n".join(f"{HEAD}\n{prose}\n{n}" for n in range(1, 5)))
    assert found == [HEAD, *[prose] * 4]


def test_bare_numbers_beside_the_title_are_those_of_pages() -> None:
    found = kept(
        "\n".join(
            f"{HEAD}\n第{c}所学校食堂未招标。\n已整改\n其余见附表。\n{n}" for n, c in enumerate("甲乙丙", 7)
        )
    )
    assert found.count(HEAD) == 1
    assert found.count("已整改") == 3


@pytest.mark.parametrize("number", ["{cn}、", "（{cn}）", "{n}.", "（{n}）", ""])
def test_sections_with_one_heading_keep_their_findings(number: str, nlp: Language) -> None:
    text = "关于校园食堂检查情况的通报\n" + "".join(
        f"{number.format(cn='一二三四五六'[i], n=i + 1)}{name}山小学\n存在问题\n食堂采购未招标。\n原因分析\n采购制度不健全。\n整改建议\n健全采购制度。\n"
        for i, name in enumerate("甲乙丙丁戊己")
    )
    findings = extract_source(Source("t", text, ""), nlp=nlp)
    for label in ("Problem", "RootCause", "Recommendation"):
        assert len(list(findings.by_label(label))) == 6, label
    assert findings.report.warnings == ()


@pytest.mark.parametrize("number", ["（{cn}）", "{n}.", "（{n}）"])
def test_each_item_has_the_headings_that_follow_it(number: str, nlp: Language) -> None:
    text = "关于校园食堂检查情况的通报\n一、存在的主要问题\n" + "".join(
        f"{number.format(cn='一二三四'[i], n=i + 1)}{name}山小学食堂采购未招标，涉及{i + 2}家商户。\n责任单位：县教育局\n"
        "原因分析\n采购制度不健全，审核把关不严。\n整改情况\n已完成整改。\n"
        for i, name in enumerate("甲乙丙丁")
    )
    findings = extract_source(Source("t", text, ""), nlp=nlp)
    number_of = {n.id: n.properties.get("number") for n in findings.by_label("Problem")}
    for kind in ("CAUSED_BY", "RESOLVES"):
        ends = [number_of.get(e.source) or number_of.get(e.target) for e in findings.edges if e.type == kind]
        assert sorted(map(str, ends)) == ["1", "2", "3", "4"], kind


def test_a_heading_after_a_list_speaks_of_all_of_it(nlp: Language) -> None:
    parts = "".join(
        f"（{cn}）{what}方面\n1.食堂采购未招标，涉及2家商户。\n2.食堂账目混乱，库存无记录。\n原因分析\n制度不健全，审核把关不严。\n"
        for cn, what in zip("一二三", ("小学", "初中", "高中"), strict=True)
    )
    findings = extract_source(
        Source("t", f"关于校园食堂检查情况的通报\n一、存在的主要问题\n{parts}", ""), nlp=nlp
    )
    assert [n.properties["number"] for n in findings.by_label("Problem")] == [
        "1", "1.1", "1.2", "2", "2.1", "2.2", "3", "3.1", "3.2"]  # fmt: skip
    assert len(list(findings.by_label("RootCause"))) == 3
