"""The cookbook: what its queries answer on reports made by hand, the same on both stores, and the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.cookbook import load_samples, render
from graph.load import load
from graph.queries import find_query, list_queries, run_query
from graph.store import GraphStore
from tests.graph.history import REPORTS

ROOT = Path(__file__).parents[2]
WATER, NOTICE, FEEDBACK = "青岳县水利局", "青岳县水利局关于整改情况的通报", "巡察青岳县水利局的反馈意见"
FINANCE = ("finance", "财务管理", "Financial management")
STUDY = ("theory-study", "理论学习", "Theory study")
ASSETS = ("assets", "资产与专项资金", "Assets and earmarked funds")
OTHER = ("other", "其他", "Other")
INSTITUTION = ("institution", "制度机制", "Institutions and mechanisms")
SUPERVISION = ("supervision", "监督与压力传导", "Supervision and pressure")
LAW, BUDGET = "中华人民共和国会计法", "中华人民共和国预算法"

#: (name of a query, parameters, the first columns of the rows that the six reports must give)
ANSWERS: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    # one problem with two causes counts for both types
    (
        "causes-behind-categories",
        {},
        [
            (*FINANCE, *INSTITUTION, 1, 1, 0, 1.0),
            (*FINANCE, *SUPERVISION, 1, 0, 1, 1.0),
            (*STUDY, *SUPERVISION, 1, 0, 1, 1.0),
        ],
    ),
    ("causes-behind-categories", {"kind": "rectification-notice"}, []),
    # one report has both types; of the two problems with a cause one has both
    ("cause-co-occurrence", {}, [(*INSTITUTION, *SUPERVISION, 1, 1, 1, 1, 1.0)]),
    ("cause-co-occurrence", {"within": "problem"}, [(*INSTITUTION, *SUPERVISION, 1, 1, 2, 2, 1.0)]),
    ("cause-co-occurrence", {"minimum": 2}, []),
    # of six reports all have finance, three theory-study, two other; 2 × 6 / (2 × 3) = 2
    (
        "category-co-occurrence",
        {},
        [
            (*FINANCE, *STUDY, 3, 6, 3, 6, 1.0),
            (*OTHER, *STUDY, 2, 2, 3, 6, 2.0),
            (*FINANCE, *OTHER, 2, 6, 2, 6, 1.0),
        ],
    ),
    # not the report of 2021, not that of August 2022 (the notice is of 2022), not the same unit's name elsewhere
    (
        "recurring-after-rectification",
        {},
        [(WATER, *FINANCE[:2], "资金管理问题", "done", NOTICE, "2022", "白条入账", FEEDBACK, "2023-05")],
    ),
    (
        "recurring-after-rectification",
        {"status": "ongoing", "unit": "县水利局"},
        [
            (WATER, *FINANCE[:2], "报销不严", "ongoing", NOTICE, "2022", "白条入账", FEEDBACK, "2023-05"),
            (WATER, *STUDY[:2], "学习不够", "ongoing", NOTICE, "2022", "学习记录造假", FEEDBACK, "2023-05"),
        ],
    ),
    ("recurring-after-rectification", {"unit": "青岳县民政局"}, []),
    (
        "policy-citations",
        {"policy": "会计法"},
        [(LAW, "第三条", "Problem", "违规报销", "finance", "《会计法》第三条", 62, FEEDBACK)],
    ),
    ("articles-by-category", {}, [(*FINANCE[:2], LAW, "第三条", 1, 1, 1, 1)]),
    # the larger of the two amounts, with the year of its own statement
    ("money-by-year", {}, [("2020", "fact", *FINANCE, 1, 500000.0, 500000.0)]),
    ("stated-vs-inferred-by-report", {}, [(FEEDBACK, 1, 2, 0, 1, 0.25)]),
    (
        "unit-dossier",
        {"unit": "县水利局", "limit": 9},
        [
            (WATER, FEEDBACK, "2021-06-01", *row)
            for row in [
                ("一", "problem", "资金管理不规范", "财务管理"),
                ("一", "cause", "制度缺失", "explicit"),
                ("一", "cause", "一线监督不力", "inferred"),
                ("1", "problem", "挪用专项资金", "财务管理"),
                ("1", "evidence", "2020年8月挪用50万元", None),
                ("1", "evidence", "2019年挪用8万元", None),
                ("1", "effect", "工程停工", "explicit"),
                ("2", "problem", "违规报销", "财务管理"),
                ("2", "policy", LAW, "第三条"),
            ]
        ],
    ),
    (
        "problem-dossier",
        {"problem": "违规报销"},
        [
            ("违规报销", "problem", "违规报销", "财务管理", 60),
            ("违规报销", "policy", LAW, "第三条", 62),
            ("违规报销", "recommendation", "完善报销制度", "inferred", 114),
        ],
    ),
    ("unlinked-recommendations", {}, [("加强调研", "2")]),
    # innermost items: one is done by the measure for its whole, one has that and another that is under way
    (
        "rectification-rate",
        {},
        [(*FINANCE, 2, 1, 1, 0, 0, 0, 0.5), (*OTHER, 1, 0, 0, 0, 0, 1, 0.0), (*STUDY, 1, 0, 1, 0, 0, 0, 0.0)],
    ),
    ("rectification-rate", {"kind": "inspection-feedback"}, []),
    ("rectification-rate-by-unit-kind", {}, [("authority", 1, 4, 1, 2, 0, 0, 1, 0.25)]),
    ("rectification-rate-by-unit-kind", {"category": "finance"}, [("authority", 1, 2, 1, 1, 0, 0, 0, 0.5)]),
    (
        "measures-by-status",
        {},
        [
            ("ongoing", "报销系统正在建设", "报销不严", "finance", WATER),
            ("ongoing", "正在制定计划", "学习不够", "theory-study", WATER),
        ],
    ),
    ("effects-by-category", {}, [(*FINANCE, 1, 1, 0.1, ["工程停工"])]),
    (
        "reports-over-time",
        {},
        [("2021", 1, 5, 2, 2, 0, 5.0), ("2022", 2, 6, 0, 0, 3, 3.0), ("2023", 3, 6, 0, 0, 0, 2.0)],
    ),
    (
        "reports-over-time",
        {"by": "month", "kind": "inspection-feedback"},
        [
            ("2021-06", 1, 5, 2, 2, 0, 5.0),
            ("2022-08", 1, 1, 0, 0, 0, 1.0),
            ("2023-05", 2, 5, 0, 0, 0, 2.5),
            ("2023-11", 1, 1, 0, 0, 0, 1.0),
        ],
    ),
    # 8 of its 13 problems against 1 of the other unit's 3
    (
        "unit-against-place",
        {"unit": "县水利局"},
        [
            (WATER, "青岳县", *FINANCE[:2], 8, 0.615, 1, 0.333, 1.846),
            (WATER, "青岳县", *STUDY[:2], 3, 0.231, 0, 0.0, None),
            (WATER, "青岳县", *OTHER[:2], 2, 0.154, 0, 0.0, None),
        ],
    ),
    (
        "report-kinds",
        {},
        [
            ("inspection-feedback", 5, 46.0, 2.4, 0.4, 0.2, 0.4, 0.0, 0.4),
            ("rectification-notice", 1, 70.0, 5.0, 0.0, 0.0, 0.0, 3.0, 0.0),
        ],
    ),
    # the cause is the whole's, the effect its item's
    (
        "causal-chains",
        {},
        [
            (
                3,
                ["制度缺失", "资金管理不规范", "挪用专项资金", "工程停工"],
                ["RootCause", "Problem", "Problem", "Effect"],
                "explicit",
            ),
            (
                3,
                ["一线监督不力", "资金管理不规范", "挪用专项资金", "工程停工"],
                ["RootCause", "Problem", "Problem", "Effect"],
                "inferred",
            ),
        ],
    ),
    (
        "causes-of-many-problems",
        {},
        [("一线监督不力", *SUPERVISION[:2], 2, 0, ["资金管理不规范", "学习走过场"])],
    ),
    (
        "similar-problems",
        {"text": "挪用资金", "limit": 3},
        [
            ("资金管理问题", "finance", 1.0, WATER),
            ("挪用资金", "finance", 1.0, WATER),
            ("资金管理不规范", "finance", 0.67, WATER),
        ],
    ),
    (
        "similar-problem-measures",
        {"text": "报销不严"},
        [("资金已全部追回", "done", "资金管理问题", 1.0), ("报销系统正在建设", "ongoing", "报销不严", 1.0)],
    ),
    (
        "categories-across",
        {"by": "level"},
        [
            ("city", *FINANCE, 1, 1, 1.0),
            ("county", *FINANCE, 9, 5, 0.563),
            ("county", *STUDY, 3, 3, 0.188),
            ("county", *ASSETS, 2, 1, 0.125),
            ("county", *OTHER, 2, 2, 0.125),
        ],
    ),
    (
        "categories-across",
        {"by": "place", "category": "finance"},
        [("江北市", *FINANCE, 1, 1, 1.0), ("青岳县", *FINANCE, 9, 5, 0.563)],
    ),
    # the whole's causes are its items' too
    (
        "cause-coverage",
        {"kind": "inspection-feedback"},
        [
            (*FINANCE, 7, 3, 0, 4, 0.429),
            (*ASSETS, 2, 0, 0, 2, 0.0),
            (*STUDY, 2, 0, 1, 1, 0.5),
            (*OTHER, 1, 0, 0, 1, 0.0),
        ],
    ),
    # an item's recommendation is its whole's too, but not that of the other item
    (
        "recommendation-coverage",
        {},
        [(*FINANCE, 3, 0, 2, 1, 0.667), (*OTHER, 1, 0, 0, 1, 0.0), (*STUDY, 1, 0, 0, 1, 0.0)],
    ),
    (
        "evidence-coverage",
        {},
        [
            (*FINANCE, 8, 1, 0.125, 1, 0, 0, 1),
            (*STUDY, 3, 0, 0.0, 0, 0, 0, 0),
            (*ASSETS, 2, 0, 0.0, 0, 0, 0, 0),
            (*OTHER, 2, 0, 0.0, 0, 0, 0, 0),
        ],
    ),
    (
        "largest-amounts",
        {},
        [
            (500000.0, "2020年8月挪用50万元", "挪用专项资金", "finance", FEEDBACK, 42),
            (80000.0, "2019年挪用8万元", "挪用专项资金", "finance", FEEDBACK, 54),
        ],
    ),
    (
        "units-in-focus",
        {},
        [
            (WATER, "青岳县", 4, 13, *FINANCE[:2], 8),
            ("青岳县民政局", "青岳县", 1, 3, *ASSETS[:2], 2),
            ("江北市水利局", "江北市", 1, 1, *FINANCE[:2], 1),
        ],
    ),
    ("units-named-together", {"unit": "县水利局"}, [(WATER, "青岳县民政局", 1, 1, "2020年8月挪用50万元")]),
    ("who-inspects-whom", {}, [(WATER, WATER, 1, 5, "2022")]),
    ("policies-cited-together", {"minimum": 1}, [(LAW, BUDGET, 1, 1, 1)]),
    ("policies-cited-together", {"minimum": 1, "policy": "预算法"}, [(BUDGET, LAW, 1, 1, 1)]),
    (
        "links-by-rule",
        {},
        [
            ("ADDRESSES", "link.content", "inferred", 1, 1, 0.8, 0.8),
            ("CAUSED_BY", "link.content", "inferred", 2, 1, 0.6, 0.65),
            ("CAUSED_BY", "cause.youyu", "explicit", 1, 1, 0.95, 0.95),
            ("LEADS_TO", "", "explicit", 1, 1, 0.9, 0.9),
            ("RESOLVES", "", "", 3, 1, None, None),
        ],
    ),
    (
        "inferred-to-check",
        {"below": "0.65"},
        [("CAUSED_BY", 0.6, "link.content", "资金管理不规范", "一线监督不力")],
    ),
    (
        "report-outline",
        {"report": "first"},
        [
            (0, "一", "资金管理不规范", "finance", 2, 0, 2, 0, 16, 72),
            (1, "1", "挪用专项资金", "finance", 0, 2, 0, 0, 26, 57),
            (1, "2", "违规报销", "finance", 0, 0, 0, 1, 60, 72),
            (0, "二", "学习走过场", "theory-study", 0, 0, 1, 0, 76, 81),
            (0, "三", "台账不全", "other", 0, 0, 0, 0, 84, 88),
        ],
    ),
]
#: Questions to which the samples have no answer: no unit is in two reports, nothing is unlinked or went unread.
NOT_IN_SAMPLES = {"recurring-after-rectification", "unlinked-recommendations", "warnings"}


def test_answers(store: GraphStore) -> None:
    for make in REPORTS:
        load(make(), store)
    for name, parameters, expected in ANSWERS:
        rows = run_query(store, name, **parameters).rows
        width = len(expected[0]) if expected else 0
        assert [tuple(row.values())[:width] for row in rows] == expected, (name, parameters)
        assert all(tuple(row) == find_query(name).columns for row in rows), name


def test_the_samples_give_the_same_rows_in_the_same_order_on_both_stores(
    embedded_store: GraphStore, neo4j_store: GraphStore
) -> None:
    load_samples(embedded_store, neo4j_store)
    assert embedded_store.digest() == neo4j_store.digest()
    for query in list_queries():
        whole = {p.name: 1000 for p in query.parameters if p.name == "limit"}
        for parameters in ({**query.example}, {**query.example, **whole}):
            here, there = (
                run_query(store, query.name, **parameters) for store in (embedded_store, neo4j_store)
            )
            assert here == there, (query.name, parameters)


def test_examples_find_something_and_the_page_is_not_stale(embedded_store: GraphStore) -> None:
    load_samples(embedded_store)
    empty = {q.name for q in list_queries() if not run_query(embedded_store, q.name, **q.example).rows}
    assert empty == NOT_IN_SAMPLES
    assert (ROOT / "docs" / "cookbook.md").read_text("utf-8") == render(embedded_store), "make cookbook"


@pytest.mark.parametrize("query", list_queries(), ids=lambda q: q.name)
def test_examples_name_every_parameter_that_must_be_given(query: Any) -> None:
    assert {p.name for p in query.parameters if p.default is None} <= query.example.keys()
    assert query.example.keys() <= {p.name for p in query.parameters}
