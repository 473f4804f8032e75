"""Whom a report is about, who made it and what kind it is, as heads judge; what they see of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from spacy.language import Language

from extract.components.units import name_units
from extract.draft import Draft, draft_of
from extract.heads import Chooser, load_heads
from extract.kinds import kind_by_rules, of_report
from extract.model import Findings, Source
from extract.pipeline import extract_source, read_by_rules
from extract.rules import load_rules
from extract.units.features import of_units
from extract.units.roles import find_roles

Read = Callable[[str], Findings]

TEXT = """县水利局关于对青岳县水厂检查情况的通报
青岳县水厂：
一、存在问题
1.青岳县水厂水表未登记。
2.县财政局拨款迟缓。
县水利局
2023年5月6日
"""


def draft(nlp: Language, text: str = TEXT) -> Draft:
    doc = nlp.get_pipe("suyin_statements")(read_by_rules(Source("t.txt", text, "0" * 64), nlp=nlp))
    return draft_of(doc, "statements")


def roles(found: Findings) -> tuple[list[str], list[str]]:
    names = {n.id: n.properties["name"] for n in found.by_label("Unit")}
    inspected, issuer = (
        [names[e.target] for e in found.edges if e.type == t] for t in ("INSPECTS", "ISSUED_BY")
    )
    return inspected, issuer


def test_what_heads_see_of_units(nlp: Language) -> None:
    made = draft(nlp)
    units = name_units(made)
    seen = {u.name: f for u, f in zip(units, of_units(made, units, *find_roles(made, units)), strict=True)}
    works, bureau, finance = seen["青岳县水厂"], seen["县水利局"], seen["县财政局"]
    kind = f"|{made.kind}"
    assert works["inspected:True/1"] == works["inspected:True/1" + kind] == 1
    assert works["title<于对"] == 1
    assert works["alone:top:："] == works["ends:厂"] == works["stands:title"] == 1
    assert (works["problems:name"], works["problems:begin"], works["share"]) == (0.5, 0.5, 1)
    assert bureau["issuer:True/True"] == bureau["foot:True"] == 1
    assert finance["inspected:False/1"] == 1
    assert "title<于对" not in finance


def test_units_are_judged_by_heads_and_others_may(nlp: Language) -> None:
    source = Source("t.txt", TEXT, "0" * 64)
    assert roles(extract_source(source, nlp=nlp)) == (["青岳县水厂"], ["县水利局"])
    purse = Chooser(
        ("no", "yes"), {"ends:政局": 0}, np.array([[0, 9]], np.float32), np.array([4, 0], np.float32)
    )
    nobody = Chooser(("no",), {}, np.zeros((0, 1), np.float32), np.zeros(1, np.float32))
    others = replace(load_heads(), inspected=purse, issuer=nobody)
    assert roles(extract_source(source, nlp=nlp, heads=others)) == (["县财政局"], [])


def test_what_heads_see_of_a_report() -> None:
    rules = load_rules()
    text = "县供水局\n关于水质的自查报告\n我局开展了全面自查。\n"
    seen = of_report(text, (5, 14), rules)
    assert seen["title:供水"] == seen["title:自查"] == seen["rule:title:self-examination"] == 1
    assert seen["全面"] == 0.3
    assert kind_by_rules(text, (5, 14), rules) == "self-examination"
    assert kind_by_rules("县供水局工作动态\n", (0, 8), rules) == "inspection-feedback"


@pytest.mark.parametrize(("text", "kind"), [
    ("县供水局2023年度内部控制评价报告\n根据内部控制规范，我们对内部控制的有效性进行了评价。\n", "self-examination"),
    ("县供水局2023年工作总结\n一年来，我局扎实工作。\n一、主要工作\n", "self-examination"),
    ("关于巡察县供水局党组的反馈意见\n一、存在问题\n1.账目不清。\n", "inspection-feedback"),
    ("县供水局关于巡察整改进展情况的通报\n一、整改情况\n1.关于账目不清的问题。已建账。\n", "rectification-notice"),
])  # fmt: skip
def test_kind_of_a_report(read: Read, text: str, kind: str) -> None:
    assert read(text).report.kind == kind


def test_cases_of_a_catalogue_are_problems(read: Callable[[str], Findings]) -> None:
    f = read(
        "某省公平竞争审查典型案例\n【案例一】青溪市人民政府规定外地企业须在本地设置分支机构。\n【基本案情】文件要求在市内注册。\n"
        "【案例二】岭东县水务局将本地业绩作为投标条件。\n【基本案情】招标公告如此规定。\n"
    )
    assert [n.properties["headline"] for n in f.by_label("Problem")] == [
        "青溪市人民政府规定外地企业须在本地设置分支机构",
        "岭东县水务局将本地业绩作为投标条件",
    ]


def test_accidents_of_a_catalogue_are_none(read: Callable[[str], Findings]) -> None:
    f = read(
        "某市安全生产典型案例\n案例一：青溪镇污水井中毒事故\n5月2日，两名工人下井后昏迷。\n案例二：岭东县仓库火灾事故\n6月3日，仓库起火。\n"
    )
    assert not [n for n in f.by_label("Problem") if "事故" in n.properties["headline"]]
