"""A cause is a cause however short; what says that there is none, or where it stands, is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from extract.model import Findings
from extract.pipeline import extract_report

Read = Callable[[str], Findings]
HEAD = "关于对白石县林业局开展专项检查情况的通报\n\n现将检查情况通报如下。\n一、存在的主要问题\n"


def causes(findings: Findings) -> list[str]:
    return [(n.text or "").strip("。；") for n in findings.by_label("RootCause")]


def stated(findings: Findings) -> list[tuple[str, str]]:
    """(headline, cause) of what the report says in words."""
    nodes = {n.id: n for n in findings.nodes}
    return [
        (nodes[e.source].properties["headline"], (nodes[e.target].text or "").strip("。；"))
        for e in findings.edges
        if e.type == "CAUSED_BY" and e.properties["method"] == "explicit"
    ]


@pytest.fixture
def listed(nlp: Language, tmp_path: Path) -> Callable[[str], Findings]:
    """The findings of a list with one problem and this cell as its cause."""

    def find(cell: str) -> Findings:
        path = tmp_path / "list.csv"
        rows = f"1,采伐台账缺页，3户未登记,{cell},补登\n2,护林员空岗，两个卡口无人,巡查缺位,补岗\n"
        path.write_text(f"序号,存在问题,原因分析,整改措施\n{rows}", encoding="utf-8")
        return extract_report(path, nlp=nlp)

    return find


@pytest.mark.parametrize(
    "cell", ["工作疏忽", "人员不足", "意识淡薄", "疏忽", "无专人负责", "见事迟", "责任不清、监管缺位"]
)
def test_a_short_cell_is_a_cause(listed: Callable[[str], Findings], cell: str) -> None:
    assert [cause for headline, cause in stated(listed(cell)) if headline.startswith("采伐台账缺页")] == [
        cell
    ]


@pytest.mark.parametrize(
    "cell", ["N/A", "略", "见附件", "详见整改方案", "同上", "同第2条", "待核实", "（无）"]
)
def test_a_cell_that_gives_no_cause_is_said(listed: Callable[[str], Findings], cell: str) -> None:
    findings = listed(cell)
    assert all(cell not in cause for cause in causes(findings))
    assert any("RootCause" in warning and cell in warning for warning in findings.report.warnings)


def test_the_parts_of_a_cell_are_its_problem_s(listed: Callable[[str], Findings]) -> None:
    found = stated(listed("1.无人管；2.培训少"))
    assert [cause for _, cause in found][:2] == ["无人管", "培训少"]
    assert len({headline for headline, _ in found[:2]}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "原因：{}。",
        "\n原因：{}",
        "\n主要原因：{}。",
        "主要原因是{}。",
        "究其原因，{}。",
        "3户未登记，系{}所致。",
        "3户未登记，原因在于{}。",
    ],
)
def test_in_an_item(read: Read, words: str) -> None:
    said = words.format("监管缺位")
    assert stated(read(f"{HEAD}1.台账不全。5本台账缺页。{said}\n2.护林员空岗。两个卡口无人。\n")) == [
        ("台账不全", "监管缺位")
    ]


@pytest.mark.parametrize(
    "text", ["一是疏忽大意。二是人手少。", "1.疏忽大意\n2.人手少", "疏忽大意。\n人手少。"]
)
def test_in_a_section_of_its_own(read: Read, text: str) -> None:
    assert causes(read(f"{HEAD}1.台账不全。5本台账缺页。\n二、原因分析\n{text}\n")) == ["疏忽大意", "人手少"]


@pytest.mark.parametrize("cell", ["无", "暂无", "—", "/"])
def test_a_cell_that_is_as_good_as_empty_gives_no_cause(listed: Callable[[str], Findings], cell: str) -> None:
    assert all(cell not in cause for cause in causes(listed(cell)))
