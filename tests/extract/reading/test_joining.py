"""What both readers found, joined: what stands, what goes, what comes, and that nothing comes loose."""

from __future__ import annotations

import re

import numpy as np
import pytest
from spacy.language import Language

from extract.collect import collect
from extract.components.statements import PARTS, settled, together
from extract.draft import Draft, draft_of
from extract.model import Findings, Source
from extract.pipeline import BUILDING, read_by_rules
from extract.reading.candidates import Trust
from extract.reading.clauses import split_clauses
from extract.reading.decoder import decode
from extract.reading.joining import join
from extract.reading.labels import LABELS, NAMING, ROLE_OF, ROLES
from extract.reading.tagger import Roles
from extract.results import results_of

SURE = {by: [(0.0, 0.1), (0.5, 0.9)] for by in ("both", "rules", "model")}
LABELED = ("Problem", "Evidence", "RootCause", "Effect", "Recommendation", "Measure")
TRUST = Trust(dict.fromkeys(LABELED, SURE), {})


class Given:
    """A tagger whose roles stand in the test: each clause is followed by <label>, or <label/second likeliest role>."""

    def __init__(self, labels: list[str], sure: float) -> None:
        self.labels, self.sure = labels, sure

    def roles(self, text: str, clauses: list[object], kind: str) -> Roles:
        assert len(clauses) == len(self.labels)
        numbers = [LABELS.index(label.partition("/")[0]) for label in self.labels]
        probable = np.full((len(numbers), len(ROLES)), (1 - self.sure) / (len(ROLES) - 1))
        for k, number in enumerate(numbers):
            probable[k, ROLES.index(ROLE_OF[number])] = self.sure
            if second := self.labels[k].partition("/")[2]:
                probable[k, ROLES.index(second)] = 1 - self.sure
        naming = np.zeros((len(text), len(NAMING)))
        naming[:, 0] = 1.0
        return Roles(numbers, [self.sure] * len(numbers), probable, naming)


def joined(nlp: Language, marked: str, *, sure: float = 0.9) -> tuple[Draft, Findings]:
    pieces = re.findall(r"([^<]*)<([^>]*)>", marked)
    source = Source("x.txt", "".join(piece for piece, _ in pieces), "0")
    doc = read_by_rules(source, nlp=nlp)
    draft = together(draft_of(doc, *PARTS))
    assert len(split_clauses(draft.text)) == len(pieces), [
        draft.text[c.start : c.end] for c in split_clauses(draft.text)
    ]
    tagger = Given([label for _, label in pieces], sure)
    join(draft, *decode(draft, tagger), TRUST)  # type: ignore[arg-type]
    results_of(doc).statements = settled(draft)
    for name in BUILDING:
        doc = nlp.get_pipe(f"suyin_{name}")(doc)
    return draft, collect(results_of(doc))


def texts(findings: Findings, label: str) -> list[str]:
    return [node.text or "" for node in findings.nodes if node.label == label]


def edges(findings: Findings, kind: str) -> list[tuple[str, str]]:
    by_id = {node.id: node.text or "" for node in findings.nodes}
    return [(by_id[e.source], by_id[e.target]) for e in findings.edges if e.type == kind]


def test_what_both_found_stands_and_says_so(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "关于青溪镇的巡察反馈<heading>\n发现的主要问题：<heading>\n1.财务管理混乱。<+headline>有23张白条入账。<+evidence>\n"
        "2.用人把关不严。<+headline>",
    )
    problems = [n for n in findings.nodes if n.label == "Problem"]
    assert [n.properties["headline"] for n in problems] == ["财务管理混乱", "用人把关不严"]
    assert {(n.properties["rule"], n.properties["confidence"]) for n in problems} == {("both", 0.9)}


def test_of_a_leaf_that_both_found_the_models_extent_stands(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "关于青溪镇的巡察反馈<heading>\n发现的主要问题：<heading>\n1.财务管理混乱。<+headline>有23张白条直接入账，<+evidence>"
        "涉及3万元。<rest>\n2.用人把关不严。<+headline>",
    )
    assert texts(findings, "Evidence") == ["有23张白条直接入账"]
    assert [source for source, _ in edges(findings, "SUPPORTS")] == ["有23张白条直接入账"]


def test_a_headline_ends_where_the_model_says_that_details_begin(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "关于青溪镇的巡察反馈<heading>\n发现的主要问题：<heading>\n1.村务公开内容残缺，<+headline>补助名单未上墙。<rest>\n"
        "2.用人把关不严，<+headline>民主推荐走过场。<rest>上半年提拔4人均如此。<+evidence>",
    )
    headlines = [n.properties["headline"] for n in findings.nodes if n.label == "Problem"]
    # of the second both clauses judge, and what follows is the evidence
    assert headlines == ["村务公开内容残缺", "用人把关不严，民主推荐走过场"]


def test_what_the_model_denies_goes_with_what_hung_on_it(nlp: Language) -> None:
    draft, findings = joined(
        nlp,
        "关于青溪镇的巡察反馈<heading>\n发现的主要问题：<heading>\n财务管理混乱。<none>有23张白条入账。<none>\n"
        "建议完善制度。<none>",
    )
    assert texts(findings, "Problem") == texts(findings, "Evidence") == []
    ids = {node.id for node in findings.nodes}
    assert all(edge.source in ids and edge.target in ids for edge in findings.edges)
    assert all(bond.source is None or bond.source in draft.of(bond.source.label) for bond in draft.bonds)


def test_an_item_of_a_list_that_the_model_mostly_sees_stays(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "关于青溪镇的巡察反馈<heading>\n发现的主要问题：<heading>\n1.财务管理混乱。<none>有23张白条入账。<none>\n"
        "2.用人把关不严。<+headline>",
    )
    problems = [n for n in findings.nodes if n.label == "Problem"]
    assert [n.properties["headline"] for n in problems] == ["财务管理混乱", "用人把关不严"]
    assert [n.properties["rule"] for n in problems] == ["rules", "both"]
    assert texts(findings, "Evidence") == []  # a list vouches for its items, not for what they hold


def test_in_cells_only_the_rules_read(nlp: Language) -> None:
    cells = [["序号", "问题", "整改措施"], ["1", "台账缺失", "补建台账"], ["2", "账实不符", "清查资产"]]
    _, findings = joined(
        nlp, "\n".join("\t".join(f"{cell}<+recommendation>" for cell in row) for row in cells)
    )
    assert texts(findings, "Problem") == ["台账缺失", "账实不符"]
    assert texts(findings, "Recommendation") == []


def test_what_a_plain_cause_brought_about_is_none(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "关于青溪镇的巡察反馈<heading>\n发现的主要问题：<heading>\n1.资产账实不符。<+headline>由于<none>内控制度不健全，<+cause>"
        "资产管理无人负责。<+cause>",
    )
    assert texts(findings, "RootCause") == ["内控制度不健全"]


def test_what_only_the_model_found_comes_with_its_edges(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "情况记录<heading>\n夜里走访，<none>三条产线全开，<+headline>活性炭箱是空的，<+evidence>"
        "因换炭要花两万元。<+cause>",
    )
    [problem] = texts(findings, "Problem")
    assert problem.startswith("三条产线全开")
    assert edges(findings, "SUPPORTS") == [("活性炭箱是空的", problem)]
    [(_, cause)] = edges(findings, "CAUSED_BY")
    [stated] = [e for e in findings.edges if e.type == "CAUSED_BY"]
    assert stated.properties["method"] == "explicit"
    assert "因" in stated.properties["cue"]
    assert cause == "换炭要花两万元"
    assert {n.properties["rule"] for n in findings.nodes if n.label == "Problem"} == {"model.role"}


def test_a_cause_of_which_no_word_near_it_says_that_it_is_one_is_none(nlp: Language) -> None:
    _, findings = joined(nlp, "情况记录<heading>\n三条产线全开，<+headline>老板舍不得换炭。<+cause>")
    assert texts(findings, "RootCause") == []


def test_a_cause_after_words_of_cause_in_the_sentence_before_is_kept_without_a_link(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "情况记录<heading>\n三条产线全开。<+headline>个中原因并不复杂。<none>换一次炭要两万元，<+cause>老板舍不得。<=cause>",
    )
    assert texts(findings, "RootCause") == ["换一次炭要两万元，老板舍不得"]
    assert edges(findings, "CAUSED_BY") == []


def test_a_cause_whose_sentence_says_with_what_it_has_to_do_is_linked(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "情况记录<heading>\n三条产线全开。<+headline>这与保管员长期由临时聘用人员担任，<+cause>三年内换了四人有关。<=cause>",
    )
    [edge] = [e for e in findings.edges if e.type == "CAUSED_BY"]
    assert edge.properties["method"] == "explicit"
    assert "有关" in edge.properties["cue"]


FEEDBACK = "关于青溪镇的巡察反馈<heading>\n发现的主要问题：<heading>\n"


@pytest.mark.parametrize(("sure", "more"), [(0.7, []), (0.9, ["账目长期不清，白条较多"])])
def test_a_sentence_of_a_problem_that_both_found_is_another_only_where_the_model_is_sure(
    nlp: Language, sure: float, more: list[str]
) -> None:
    text = (
        FEEDBACK
        + "1.财务管理混乱。<+headline>账目长期不清，<+headline>白条较多。<=headline>\n2.用人把关不严。<+headline>"
    )
    _, findings = joined(nlp, text, sure=sure)
    headlines = [n.properties["headline"] for n in findings.nodes if n.label == "Problem"]
    assert headlines == ["财务管理混乱", *more, "用人把关不严"]


def test_a_headline_that_the_model_takes_for_a_cause_is_a_problem_and_no_cause(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        FEEDBACK + "1.镇党委抓责任落实的自觉性不够。<+cause>\n2.分管领导不重视，<+cause>忙于业务。<=cause>",
    )
    assert len(texts(findings, "Problem")) == 2
    assert texts(findings, "RootCause") == []


def test_causes_that_the_report_announces_are_no_problems(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        FEEDBACK
        + "1.财务管理混乱。<+headline>\n二、原因分析<heading>\n一是制度不健全。<+cause>\n二是班子学习不主动。<+headline>",
    )
    assert [n.properties["headline"] for n in findings.nodes if n.label == "Problem"] == ["财务管理混乱"]
    assert [text.rstrip("。") for text in texts(findings, "RootCause")] == ["制度不健全", "班子学习不主动"]


def test_a_bare_heading_of_problems_that_stand_stays_their_parent(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        FEEDBACK
        + "（一）党的建设方面<heading>\n1.组织生活不正常。<+headline>\n2.党费收缴不及时。<+headline>\n"
        "（二）财务管理方面<heading>\n1.白条入账。<+headline>\n2.公款私存。<+headline>",
    )
    assert len(texts(findings, "Problem")) == 6
    assert len(edges(findings, "PART_OF")) >= 4


def test_a_marked_item_ends_where_the_rules_say(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "关于青溪镇巡察整改情况的通报<heading>\n一、反馈问题的整改情况<heading>\n1.关于“白条入账”问题。<+headline>\n整改措施：<none>已清理白条。<+measure>\n"
        "2.关于“队伍老化”问题。<+headline>\n整改措施：<rest>受编制总量和机构改革影响，<+cause>近六年没有补充专业技术人员，<=cause>"
        "已申请招录3人。<+measure>",
    )
    assert [n.properties["headline"] for n in findings.nodes if n.label == "Problem"][-1] == "队伍老化"
    assert texts(findings, "Problem")[-1] == "2.关于“队伍老化”问题。"


def test_the_model_adds_nothing_of_which_it_is_not_sure(nlp: Language) -> None:
    _, findings = joined(
        nlp, "情况记录<heading>\n三条产线全开，<+headline>活性炭箱是空的。<+evidence>", sure=0.4
    )
    assert texts(findings, "Problem") == texts(findings, "Evidence") == []


def test_a_measure_of_which_no_problem_is_told_stands_alone(nlp: Language) -> None:
    _, findings = joined(nlp, "整改情况的通报<heading>\n一是修订制度3项，<+measure>补录台账45份。<=measure>")
    assert texts(findings, "Measure") == ["一是修订制度3项，补录台账45份。"]
    assert edges(findings, "RESOLVES") == []


@pytest.mark.parametrize(
    "label", ["+headline", "+evidence", "+cause", "+effect", "+recommendation", "+measure", "rest"]
)
def test_spans_are_of_the_source_and_parents_form_a_tree(nlp: Language, label: str) -> None:
    draft, findings = joined(
        nlp,
        f"关于青溪镇的巡察反馈<heading>\n一、财务管理混乱。<+headline>\n1. 白条 入账。<+headline>有2 3张。<{label}>\n"
        f"2.公款私存，<{label}>由于<none>无人复核。<+cause>\n二、建议加强复核。<{label}>",
    )
    source = findings.source_text or ""
    for node in findings.nodes:
        if node.start is not None:
            assert source[node.start : node.end] == node.text
    for node in (n for nodes in draft.nodes.values() for n in nodes):
        assert node not in node.ancestors()


def test_what_an_item_states_is_the_items(nlp: Language) -> None:
    """The rules see one problem with a cause, the model its items: the cause hangs on the innermost."""
    _, findings = joined(
        nlp,
        "关于青溪镇的巡察反馈<heading>\n发现的主要问题：<heading>\n（一）工程管理方面<+headline>\n"
        "青石桥改造未经招标。<+headline>栏杆高度不足，<+headline>因施工班组更换频繁，<+cause>无人复核图纸。<rest>",
    )
    ((source, target),) = edges(findings, "CAUSED_BY")
    assert target == "施工班组更换频繁"
    assert source.startswith("栏杆高度不足")


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("据了解停用是因维修经费没有着落。", "维修经费没有着落"),
        ("台账不清归根到底还是管理员长期空缺。", "管理员长期空缺"),
    ],
)
def test_a_cause_begins_behind_the_words_that_introduce_it(nlp: Language, said: str, cause: str) -> None:
    _, findings = joined(
        nlp,
        f"关于青溪镇的巡察反馈<heading>\n发现的主要问题：<heading>\n1.除尘器长期停用。<+headline>{said}<+cause>",
    )
    assert texts(findings, "RootCause") == [cause]
    assert [(e.properties["method"]) for e in findings.edges if e.type == "CAUSED_BY"] == ["explicit"]


def test_what_somebody_explains_is_inferred_to_be_the_cause(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "关于青溪镇的巡察反馈<heading>\n发现的主要问题：<heading>\n1.合同倒签日期。<+headline>采购科坦言，<none>"
        "审批要走十一个环节。<+cause>",
    )
    assert [
        (e.properties["method"], e.properties["rule"]) for e in findings.edges if e.type == "CAUSED_BY"
    ] == [("inferred", "model.role")]


def test_items_of_an_analysis_stand_where_the_model_sees_causes_in_them(nlp: Language) -> None:
    analysis = (
        "二、原因分析<heading>\n（一）办医理念偏了。<none>一些院长把规模当本事，<+cause>比床位。<+evidence>比设备。<+evidence>\n"
        "（二）制衡不足。<none>一支笔从头签到尾。<none>纪委书记兼管后勤。<+evidence>"
    )
    _, findings = joined(
        nlp, f"关于青溪镇的巡察反馈<heading>\n一、主要问题<heading>\n1.财务管理混乱。<+headline>\n{analysis}"
    )
    assert [text.partition("。")[0] for text in texts(findings, "RootCause")] == ["办医理念偏了", "制衡不足"]


def test_a_line_that_only_says_how_far_it_has_come_is_no_measure(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "关于青溪镇巡察整改情况的通报<heading>\n1.针对“台账缺失”问题<+headline>\n补建台账12本。<+measure>\n整改状态：<none>长期坚持。<none>\n"
        "2.针对“账实不符”问题<+headline>\n清查资产两轮。<+measure>\n整改状态：<none>基本完成。<none>",
    )
    assert texts(findings, "Measure") == ["补建台账12本。", "清查资产两轮。"]
    assert [n.properties["status"] for n in findings.nodes if n.label == "Measure"] == [
        "long-term",
        "ongoing",
    ]


@pytest.mark.parametrize(("role", "stand"), [("+recommendation", 4), ("none", 0)])
def test_items_of_a_part_that_recommends_stand_where_the_model_sees_one(
    nlp: Language, role: str, stand: int
) -> None:
    _, findings = joined(
        nlp,
        f"关于青溪镇的巡察反馈<heading>\n一、主要问题<heading>\n1.财务管理混乱。<+headline>\n二、意见建议<heading>\n"
        f"1.规范财务管理。<{role}>\n2.严格选人用人。<none>\n3.改进作风。<none>\n4.加强监督。<none>",
    )
    assert len(texts(findings, "Recommendation")) == stand


def test_an_item_in_which_the_model_sees_what_was_done_is_no_problem(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "关于青溪镇的巡察反馈<heading>\n发现的主要问题：<heading>\n1.财务管理混乱。<+headline>\n2.用人把关不严。<+headline>\n"
        "3.制度执行不到位问题已经整改到位。<+measure>",
    )
    heads = [n.properties["headline"] for n in findings.nodes if n.label == "Problem"]
    assert heads == ["财务管理混乱", "用人把关不严"]


def test_an_example_that_words_give_as_one_stands_though_the_model_saw_none(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "关于青溪镇的巡察反馈<heading>\n发现的主要问题：<heading>\n1.财务管理混乱。<+headline>如，<rest>23张白条没有审批手续就入账。<rest/evidence>\n"
        "2.用人把关不严。<+headline>抽查12人没有档案。<rest/evidence>",
        sure=0.6,
    )
    assert texts(findings, "Evidence") == ["23张白条没有审批手续就入账。"]


def test_what_the_rules_read_as_one_cause_and_the_model_as_two_is_two(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "关于青溪镇的巡察反馈<heading>\n发现的主要问题：<heading>\n1.驾驶员疲劳驾驶。<+headline>原因：<rest>线路岗位缺员21人，<+cause>车队只看出车率。<+cause>\n"
        "2.用人把关不严。<+headline>",
    )
    assert texts(findings, "RootCause") == ["线路岗位缺员21人", "车队只看出车率"]


def test_a_catalogue_of_cases_stands_though_the_model_sees_only_headings(nlp: Language) -> None:
    _, findings = joined(
        nlp,
        "关于违规设置准入条件典型案例的通报<heading>\n一、青溪镇人民政府违规指定供应商<heading>\n2023年印发采购通知。<none>\n"
        "二、岭东县水务局违规限制外地企业投标<heading>\n招标文件限定本地注册。<none>\n"
        "三、白河县教育局滥用行政权力排除竞争<heading>\n要求学校统一选定一家。<none>",
    )
    heads = [n.properties["headline"] for n in findings.nodes if n.label == "Problem"]
    assert heads == [
        "青溪镇人民政府违规指定供应商",
        "岭东县水务局违规限制外地企业投标",
        "白河县教育局滥用行政权力排除竞争",
    ]
