"""The named queries: each is documented, answers what it says, and answers alike on both stores."""

from __future__ import annotations

from typing import Any

import pytest

from graph.load import load
from graph.queries import NamedQuery, find_query, list_queries, parse_query, run_query, search_terms
from graph.store import GraphStore, QueryError
from tests.graph import test_cookbook
from tests.graph.data import audit, feedback, notice

HEAD = "// zh: 问？\n// en: Q?\n"

WELLS = (feedback().source_text or "").index("12个村的机井停用")
#: name of a query -> parameters, and the first columns of the rows that the three reports must give
ANSWERS: dict[str, tuple[dict[str, Any], list[tuple[Any, ...]]]] = {
    "category-counts": (
        {},
        [
            ("assets", "资产与专项资金", "Assets and earmarked funds", 4, 3),
            ("theory-study", "理论学习", "Theory study", 2, 2),
            ("finance", "财务管理", "Financial management", 1, 1),
            ("party-building", "基层党组织与组织生活", "Grass-roots Party organisation", 1, 1),
        ],
    ),
    "causes-of-category": (
        {"category": "assets"},
        [
            ("岗位职责不清", "责任担当与落实", "县财政局专项资金管理不到位", "explicit", 0.95, "原因是"),
            ("内部监督流于形式", "监督与压力传导", "专项资金管理不规范", "inferred", 0.55, None),
        ],
    ),
    "money-by-category": (
        {},
        [("assets", "资产与专项资金", "Assets and earmarked funds", 1, 860000.0, 860000.0)],
    ),
    "policies-most-cited": ({}, [("中华人民共和国预算法", 1, 1, 1), ("中国共产党巡视工作条例", 1, 1, 1)]),
    "problems-by-cause-type": (
        {},
        [
            ("political-awareness", "政治站位与思想认识", "Political awareness", 1, 1, 0, 1),
            ("responsibility", "责任担当与落实", "Responsibility and follow-through", 1, 1, 0, 1),
            ("supervision", "监督与压力传导", "Supervision and pressure", 1, 0, 1, 1),
        ],
    ),
    "recommendations-for-category": (
        {"category": "theory-study"},
        [("制定年度学习计划并逐月督办", "学习贯彻不深入", "inferred", 0.8)],
    ),
    "rectification-status": (
        {},
        [("assets", "资产与专项资金", "done", 1, 1, 1), ("theory-study", "理论学习", "ongoing", 1, 1, 1)],
    ),
    "recurring-problems-of-unit": (
        {"unit": "县农业农村局"},
        [
            (
                "青岳县农业农村局",
                "assets",
                "资产与专项资金",
                2,
                2,
                ["专项资金管理不规范", "专项资金拨付不及时"],
            ),
            ("青岳县农业农村局", "theory-study", "理论学习", 2, 2, ["学习贯彻不深入", "学习制度不健全"]),
        ],
    ),
    "report-overview": (
        {"limit": 2},
        [
            ("关于专项资金的审计结果", "audit-report", None, None, 3, 1, 0, 1, 0),
            ("关于巡察县农业农村局党组的反馈意见", "inspection-feedback", "青岳县", None, 3, 2, 1, 2, 0),
        ],
    ),
    "similar-problem-recommendations": (
        {"text": "专项资金(管理)混乱?"},
        [
            ("明确岗位职责", "explicit", 0.9, "岗位职责不清", "explicit", "县财政局专项资金管理不到位", 0.8),
            ("健全专项资金拨付台账", "inferred", 0.75, None, None, "专项资金管理不规范", 0.8),
        ],
    ),
    "stated-vs-inferred": (
        {},
        [
            ("CAUSED_BY", "explicit", 2, 0.95),
            ("CAUSED_BY", "inferred", 1, 0.55),
            ("ADDRESSES", "explicit", 1, 0.9),
            ("ADDRESSES", "inferred", 2, 0.775),
        ],
    ),
    "unaddressed-problems": ({}, [("会议记录不完整", "party-building", "三")]),
    "unit-problems": (
        {"unit": "局党组", "limit": 4},
        [
            ("青岳县农业农村局", "学习贯彻不深入", "理论学习", "一"),
            ("青岳县农业农村局", "专项资金管理不规范", "资产与专项资金", "二"),
            ("青岳县农业农村局", "会议记录不完整", "基层党组织与组织生活", "三"),
            ("青岳县农业农村局", "专项资金拨付不及时", "资产与专项资金", "1"),
        ],
    ),
    "warnings": ({}, [("青岳县农业农村局关于整改情况的通报", "section without a RootCause: 2.学习")]),
    "source-quote": (
        {"id": next(feedback().by_label("Effect")).id, "around": 6},
        [("Effect", "own", "12个村的机井停用", WELLS, WELLS + 9, "6万元,导致", "。\n三、会议")],
    ),
    "standing-at": (
        {"report": "feedback", "start": WELLS, "end": WELLS + 9},
        [
            ("node", "Effect", "12个村的机井停用"),
            ("edge", "LEADS_TO", "导致12个村的机井停用"),
            ("node", "Problem", "专项资金管理不规范。县财政局拨付的专项资金闲置86万元,导致12个村的机井停用"),
        ],
    ),
}


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    for make in (feedback, notice, audit):
        load(make(), store)
    return store


def test_every_query_is_tested() -> None:
    assert {q.name for q in list_queries()} == ANSWERS.keys() | {name for name, *_ in test_cookbook.ANSWERS}


@pytest.mark.parametrize("query", list_queries(), ids=lambda q: q.name)
def test_is_documented(query: NamedQuery) -> None:
    assert query.question_zh.endswith("？")
    assert query.question_en.endswith("?")
    assert all(f"${p.name}" in query.cypher and p.says for p in query.parameters)
    assert "ORDER BY" in query.cypher


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_answers(full: GraphStore, name: str) -> None:
    parameters, expected = ANSWERS[name]
    result = run_query(full, name, **parameters)
    assert [tuple(row.values())[: len(expected[0])] for row in result.rows] == expected
    assert all(tuple(row) == find_query(name).columns for row in result.rows)
    assert all(
        row[k]
        for row in result.rows
        for k in row
        if k.endswith("_id") and k not in ("cause_id", "source_id", "target_id")
    )


def test_the_same_rows_on_both_stores(embedded_store: GraphStore, neo4j_store: GraphStore) -> None:
    for name, (parameters, _) in ANSWERS.items():
        answers = []
        for store in (embedded_store, neo4j_store):
            for make in (notice, audit, feedback):
                load(make(), store)
            answers.append(run_query(store, name, **parameters))
        assert answers[0] == answers[1]


def test_an_empty_store_has_columns_too(store: GraphStore) -> None:
    result = run_query(store, "similar-problem-recommendations", text="资金")
    assert (result.rows, result.columns[0]) == ([], "recommendation")


def test_a_name_may_have_underscores() -> None:
    assert find_query("causes_of_category").name == "causes-of-category"


def test_values_may_come_as_strings(full: GraphStore) -> None:
    assert len(run_query(full, "unit-problems", unit="局党组", limit="2").rows) == 2


@pytest.mark.parametrize(
    ("name", "parameters", "says"),
    [
        ("nothing", {}, "there is no query 'nothing'; 'suyin query' lists all"),
        ("category-count", {}, "there is no query 'category-count'; near it are: category-counts"),
        ("causes-of-category", {}, "category is missing"),
        ("causes-of-category", {"category": "finance", "colour": 1}, "unknown parameter 'colour'"),
        ("unit-problems", {"unit": "x", "limit": "many"}, "limit must be a whole number from 0, not 'many'"),
        ("unit-problems", {"unit": "x", "limit": -1}, "limit must be a whole number from 0, not -1"),
        ("inferred-to-check", {"below": "little"}, "below must be a number, not 'little'"),
        ("similar-problem-recommendations", {"text": "*?"}, "two Chinese characters"),
    ],
)
def test_wrong_calls(embedded_store: GraphStore, name: str, parameters: dict[str, Any], says: str) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(embedded_store, name, **parameters)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "RETURN 1",
        f"{HEAD}// topic: money\nRETURN 1",
        f"{HEAD}// topic: weather\n// column: a | A\nRETURN 1",
        f"{HEAD}// topic: money\n// column: a\nRETURN 1",
        f"{HEAD}// topic: money\n// column: a | A\n// param: b\nRETURN 1",
    ],
)
def test_a_file_with_a_wrong_head_is_named(text: str) -> None:
    with pytest.raises(QueryError, match=r"queries/wrong\.cypher"):
        parse_query("wrong", text)


def test_search_terms_hold_nothing_that_lucene_reads() -> None:
    assert search_terms('资金 AND (管理) OR "ERP系统"~2 资金') == [
        "资金",
        "and",
        "管理",
        "or",
        "erp",
        "系统",
        "2",
    ]
