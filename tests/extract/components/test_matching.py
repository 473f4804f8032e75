"""What a recommendation is for: rare words on both sides, the best of its list, the place in the list."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language

from extract.components.matching import matching
from extract.draft import Draft, draft_of
from extract.model import Findings, Source
from extract.nodes import Node
from extract.pipeline import start_doc

Read = Callable[[str], Findings]


def draft_with(nlp: Language, problems: list[str], asked: list[str]) -> tuple[Draft, list[Node], list[Node]]:
    """A draft whose lines are these problems and recommendations."""
    text = "".join(f"{line}\n" for line in [*problems, *asked])
    draft = draft_of(start_doc(Source("t.txt", text, "0" * 64), nlp=nlp))
    assert draft.text == text
    nodes, at = [], 0
    for line in [*problems, *asked]:
        label = "Problem" if len(nodes) < len(problems) else "Recommendation"
        nodes.append(Node(label, at, at + len(line), headline=(at, at + len(line))))
        at += len(line) + 1
    return draft, nodes[: len(problems)], nodes[len(problems) :]


def test_rare_words_count_on_both_sides(nlp: Language) -> None:
    draft, problems, asked = draft_with(
        nlp,
        ["渡口值守台账缺页。", "渡口救生衣霉烂。", "渡口船舶漏检。"],
        ["渡口救生衣要换新。", "渡口船舶要补检。"],
    )
    tables = matching(draft, asked, problems)
    assert tables["rare"][0].argmax() == 1
    assert tables["rare"][1].argmax() == 2
    assert 0 < tables["rare"][0, 0] < tables["rare"][0, 1] <= 1  # 渡口 is everywhere
    assert tables["triples"][0, 1] > tables["triples"][0, 0] == 0
    assert tables["rare_here"][0].tolist()[1] == 0 > tables["rare_here"][0, 0]
    assert tables["headline_there"][0, 1] == 0 > tables["headline_there"][1, 1]
    assert tables["place"][0, 0] == tables["place"][1, 2] == 1
    assert tables["place"][0, 2] == 0


def test_boilerplate_and_nothing_in_common(nlp: Language) -> None:
    draft, problems, asked = draft_with(
        nlp, ["监督管理，问题。", "水泵损坏。"], ["加强，监督，管理。", "水泵更换。"]
    )
    tables = matching(draft, asked, problems)
    assert tables["rare"].tolist() == [[0, 0], [0, 1]]
    assert all(table.shape == (2, 2) for table in tables.values())


def test_recommendations_find_their_problems_in_any_order(read: Read) -> None:
    found = read(
        "关于检查县渡口管理站的通报\n一、存在问题\n1.救生衣霉烂。库中40件救生衣发霉。\n2.渡船漏检。3艘渡船没有检验。\n"
        "3.夜间值守空缺。\n二、整改建议\n1.补足夜间值守人员。\n2.对渡船逐艘检验。\n3.更换霉烂的救生衣。"
    )
    said = {n.id: n.properties.get("headline") for n in found.nodes}
    links = [(said[e.source], said[e.target], e.properties) for e in found.edges if e.type == "ADDRESSES"]
    assert [(r, p) for r, p, _ in links] == [
        ("补足夜间值守人员", "夜间值守空缺"), ("对渡船逐艘检验", "渡船漏检"), ("更换霉烂的救生衣", "救生衣霉烂"),
    ]  # fmt: skip
    assert {properties["rule"] for *_, properties in links} == {"head.addresses"}
    assert {properties["method"] for *_, properties in links} == {"inferred"}


def test_one_recommendation_for_two_problems_and_one_for_none(read: Read) -> None:
    found = read(
        "关于检查县渡口管理站的通报\n一、存在问题\n1.渡船检验逾期。\n2.趸船检验逾期。\n3.食堂账目混乱。\n4.栈桥缺护栏。\n"
        "二、整改建议\n1.对逾期的渡船、趸船补做检验。\n2.给栈桥装护栏。\n3.学习外地经验。"
    )
    said = {n.id: n.properties.get("headline") for n in found.nodes}
    links = [(said[e.source], said[e.target]) for e in found.edges if e.type == "ADDRESSES"]
    both = "对逾期的渡船、趸船补做检验"
    assert links == [(both, "渡船检验逾期"), (both, "趸船检验逾期"), ("给栈桥装护栏", "栈桥缺护栏")]


def test_a_word_that_all_recommendations_share_says_little(read: Read) -> None:
    found = read(
        "关于检查县渡口管理站的通报\n一、存在问题\n1.船票销售不记账。售票员长期不登记船票。\n2.船票定价不公示。\n"
        "3.船员证书过期。\n二、整改建议\n1.船票逐张登记。\n2.船票价格上墙公示。\n3.船员换发证书。"
    )
    said = {n.id: n.properties.get("headline") for n in found.nodes}
    assert [(said[e.source], said[e.target]) for e in found.edges if e.type == "ADDRESSES"] == [
        ("船票逐张登记", "船票销售不记账"), ("船票价格上墙公示", "船票定价不公示"), ("船员换发证书", "船员证书过期"),
    ]  # fmt: skip
