"""Headings, markers and lead-ins become a tree with roles."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from spacy.language import Language

from extract.draft import draft_of
from extract.model import Source
from extract.outline import find_sections
from extract.outline.section import Section
from extract.pipeline import start_doc
from extract.readers import read_report
from extract.rules import load_rules

RULES = load_rules()
REPORTS = sorted((Path(__file__).parents[3] / "samples" / "reports").glob("*.txt"))


def outline(text: str) -> list[str]:
    """One line a section: depth, kind, role, first characters."""

    def lines(section: Section, depth: int) -> list[str]:
        first = text[section.body : section.body + 6].partition("\n")[0]
        own = (
            [] if section.parent is None else [f"{'  ' * (depth - 1)}{section.kind}:{section.about}:{first}"]
        )
        return own + [line for child in section.children for line in lines(child, depth + 1)]

    return lines(find_sections(text, RULES), 0)


def test_nested_numbers() -> None:
    text = "一、发现的主要问题\n（一）学习不够\n1.理论学习不深。一是计划不细。二是记录不全。\n2.联系实际不紧。\n二、意见建议\n（一）加强学习。"
    assert outline(text) == [
        "cn:problems:发现的主要问",
        "  cn_bracket:problems:学习不够",
        "    number:problems:理论学习不深",
        "      shi:problems:计划不细。二",
        "      shi:problems:记录不全。",
        "    number:problems:联系实际不紧",
        "cn:recommendations:意见建议",
        "  cn_bracket:recommendations:加强学习。",
    ]


def test_numbers_inside_sentences_are_no_markers() -> None:
    assert outline("一、存在问题\n1.经费由1.82亿元下滑至1.07亿元。3.5万元未入账。") == [
        "cn:problems:存在问题",
        "  number:problems:经费由1.8",
    ]


def test_lead_ins_change_the_role() -> None:
    text = "二、意见建议\n究其原因，一是站位不高。\n二是学习不够。为此，巡察组提出如下建议：\n1.加强学习。\n一是健全制度。"
    roles = [line.split(":")[1] for line in outline(text)]
    assert roles == [
        "recommendations",
        "causes",
        "causes",
        "causes",
        "recommendations",
        "recommendations",
        "recommendations",
    ]


def test_measures_stand_below_their_problem() -> None:
    text = "二、巡察反馈问题整改落实情况\n1.关于“学习不深”问题。\n整改情况：一是修订制度。已完成。\n2.关于“执行不力”问题。\n整改情况：已完成。"
    assert outline(text) == [
        "cn:rectified:巡察反馈问题",
        "  number:rectified:关于“学习不",
        "    lead:measures:一是修订制度",
        "      shi:measures:修订制度。已",
        "  number:rectified:关于“执行不",
        "    lead:measures:已完成。",
    ]


def test_bare_headings() -> None:
    text = "主要成绩\n狠抓管理。\n存在问题\n学习不深入，作风不实。\n整改建议\n加强学习。"
    assert [line.split(":")[:2] for line in outline(text) if line.startswith("heading")] == [
        ["heading", "overview"],
        ["heading", "problems"],
        ["heading", "recommendations"],
    ]


def test_a_list_goes_on_behind_a_paragraph_that_sums_up_its_last_item() -> None:
    text = (
        "二、存在的主要问题\n（一）责任落实方面\n1.担当不足。多次会议未议。\n2.监督偏软。线索为零。\n"
        "上述问题的背后，是班子把监督当成软任务的观念没有扭转。\n（二）廉洁风险方面\n1.采购松散。应招未招11次。"
    )
    kinds = [line.strip() for line in outline(text)]
    assert "cn_bracket:problems:廉洁风险方面" in kinds
    assert "number:problems:采购松散。应" in kinds


def test_findings_of_an_internal_audit() -> None:
    text = (
        "三、审计发现\n发现1：大额采购拆成小单\n全年下单9次。\n成因：需求按月提报，无人归集。\n建议：年初汇总需求。\n管理层回应：同意。\n"
        "发现2：合同补签\n抽查30份，8份补签。\n成因：法务只有一人。"
    )
    told = outline(text)
    assert sum(line.strip().startswith("topic:problems:") for line in told) == 2
    assert sum(line.strip().startswith("lead:causes:") for line in told) == 2
    assert any(line.strip().startswith("lead:process:") for line in told)


@pytest.mark.parametrize("place", ["青岳县", "白石镇", "廉清旗", "北原盟"])
def test_a_line_that_only_names_a_place_tells_whose_problems_follow(place: str) -> None:
    text = f"一、存在的主要问题\n1.台账不全。\n{place}\n一是账目不清。"
    assert [line.strip() for line in outline(text)][2] == f"unit:problems:{place}"


def told(root: Section) -> list[tuple[object, ...]]:
    """All that an outline says of each section."""
    names = [field.name for field in fields(Section) if field.name not in ("parent", "children")]
    return [(*(getattr(s, name) for name in names), id(s.parent), len(s.children)) for s in root.walk()]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_outline_is_finished_when_the_components_begin(path: Path, nlp: Language) -> None:
    doc = start_doc(read_report(path), nlp=nlp)
    root = draft_of(doc).root
    before = told(root)
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert doc.spans["problems"]
    assert told(root) == before


@pytest.mark.parametrize(
    ("text", "states"),
    [
        (
            "关于检查云河县渡口的通报\n一、存在问题\n1.救生衣霉烂。\n2.栈桥护栏未见异常。\n二、整改建议\n1.更换救生衣。\n",
            {"存在问题": "several", "救生衣霉烂": "one", "栈桥护栏": None, "更换救生衣": None},
        ),
        (
            "云河县渡口“3·1”沉船事故调查报告\n一、事故原因\n1.渡船检验管理不到位。\n",
            {"事故原因": None, "渡船检验管": "failure"},
        ),
        (
            "关于云河县渡口的情况通报\n一、渡船检验逾期。\n二、救生衣管理混乱。\n",
            {"渡船检验逾": "one", "救生衣管理": "one"},
        ),
    ],
)
def test_which_sections_state_problems(text: str, states: dict[str, str | None], nlp: Language) -> None:
    root = draft_of(start_doc(Source("t.txt", text, "0" * 64), nlp=nlp)).root
    said = {words: s for s in root.walk() for words in states if text.startswith(words, s.body)}
    assert {words: s.states for words, s in said.items()} == states
    assert all(s.role == "problems" for s in said.values() if s.states == "one")
