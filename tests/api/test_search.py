"""/problems?q= and the queries by text find what a reader sees, alike on both stores."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from extract.model import Findings
from graph.load import load
from graph.queries import run_query
from graph.search import fold, index_query, split_words
from graph.store import GraphStore
from tests.api.conftest import Lent
from tests.graph.data import Draft

PONDS = "鱼塘台账不全。石桥片区有水面无人登\n记，面积３．６８ 万亩，占12.5%，登记率不足　三\u00ad成"
MEALS = "工作餐超范围列支。“两免一补”资金 47.08万元\r\n列支餐费，由ＥＲＰ系统 V2.1审批（见附件A＆B）"
ROADS = "道路养护走过场。公司and维修队的www日志写着1 250公里，用Δ标出，备注：C++/50~60?"


@pytest.fixture(scope="module")
def report() -> Findings:
    draft = Draft("ponds", "audit-report", f"鱼塘审计报告\n{PONDS}\n{MEALS}\n{ROADS}\n", place=None)
    for text in (PONDS, MEALS, ROADS):
        draft.said("Problem", text, headline=text.split("。")[0], category="finance")
    return draft.done()


@pytest.fixture
def client(store: GraphStore, report: Findings) -> Iterator[TestClient]:
    load(report, store)
    with TestClient(create_app(lambda: Lent(store)), raise_server_exceptions=False) as client:
        yield client


#: what is asked -> the first characters of the problems that hold it, in their order
FOUND = {
    "登记": "鱼",
    "无人登记": "鱼",
    "登\n记": "鱼",
    "无 人 登 记": "鱼",  # the source breaks the line within
    "3.68万亩": "鱼",
    "３．６８万亩": "鱼",
    "3.68": "鱼",
    "3.6": "鱼",
    "3。68": "鱼",
    "368": "",
    "12.5%": "鱼",
    "％": "鱼",
    "不足三成": "鱼",
    "不足 三成": "鱼",  # a wide blank, a soft hyphen
    "餐费 列支": "工",
    "列支　餐费": "工",
    "餐费 登记": "",
    "工作餐 道路": "",  # all words
    "47.08万元列支": "工",
    "两免一补": "工",
    "“两免一补”资金": "工",
    '"两免一补"资金': "工",
    "「两免一补」": "工",
    "erp": "工",
    "ERP系统": "工",
    "ＥＲＰ": "工",
    "v2.1": "工",
    "附件a&b": "工",
    "(见附件": "工",
    "（见附件": "工",
    "and": "道",
    "www": "道",
    "1250公里": "道",
    "δ": "道",
    "C++/50": "道",
    "50~60?": "道",
    "备注:c++": "道",
    "50～60？": "道",
    "塘": "鱼",
    "餐": "工",
    "，": "鱼工道",
    "全.": "鱼",
    "台账 OR 列支": "",
    "台账*": "",
    "台?": "",
    "NOT 台账": "",
    "台账^2": "",
    "[台账 TO 列支]": "",
    "\\": "",
    "headline:台账": "",
    "不全": "鱼",
    "列支": "工",
    "石桥片区有水面无人登记,面积3.68万亩" * 3: "",
    ROADS: "道",
    MEALS: "工",
    PONDS: "鱼",
}


def test_what_is_seen_is_found(client: TestClient) -> None:
    answers = {q: client.get("/problems", params={"q": q}).json() for q in FOUND}
    assert {q: "".join(p["headline"][0] for p in page["items"]) for q, page in answers.items()} == FOUND
    assert all(page["total"] == len(page["items"]) for page in answers.values())


def test_hits_in_headlines_come_first(client: TestClient, store: GraphStore) -> None:
    other = Draft(
        "a",
        "audit-report",
        "甲报告\n账目混乱。道路养护费未入账，工作餐超标\n道路养护滞后。未入账\n",
        place=None,
    )
    other.said("Problem", "账目混乱。道路养护费未入账，工作餐超标", headline="账目混乱", category="finance")
    other.said("Problem", "道路养护滞后。未入账", headline="道路养护滞后", category="finance")
    load(other.done(), store)
    page = client.get("/problems", params={"q": "养护 道路"}).json()
    assert [p["headline"] for p in page["items"]] == ["道路养护滞后", "道路养护走过场", "账目混乱"]


@pytest.mark.parametrize("q", ['""', "\u200b", "“”", "\u00ad "])
def test_nothing_to_look_up_is_said(client: TestClient, q: str) -> None:
    answer = client.get("/problems", params={"q": q})
    assert (answer.status_code, answer.json()["detail"]) == (422, "q: nothing to look up")


def test_blanks_alone_are_no_question(client: TestClient) -> None:
    assert client.get("/problems", params={"q": " \t"}).json()["total"] == 3


def test_a_question_that_is_too_long_is_refused(client: TestClient) -> None:
    assert client.get("/problems", params={"q": "塘" * 1001}).status_code == 422


def test_the_named_queries_read_alike(client: TestClient, store: GraphStore) -> None:
    for text in ("无人登记", "３．６８万亩", "登\n记 水面"):
        assert run_query(store, "similar-problems", text=text).rows[0]["problem"] == "鱼塘台账不全"
    assert {row["shared"] for row in run_query(store, "similar-problems", text="水面无人登记").rows} == {1.0}
    assert {row["problem"] for row in run_query(store, "problem-dossier", problem="工作 超范围").rows} == {
        "工作餐超范围列支"
    }
    related = client.get("/recommendations/related", params={"text": "水面无人登记"})
    assert related.status_code == 200


def test_what_is_there_to_be_searched_is_in_no_answer(client: TestClient, store: GraphStore) -> None:
    graph = client.get("/reports/ponds/graph").json()
    assert not [node for node in graph["nodes"] if "search" in node["properties"]]
    assert "search" not in store.read_only("MATCH (p:Problem) RETURN p").rows[0]["p"]
    assert store.read_only("MATCH (p:Problem) WHERE p.search CONTAINS '无人登记' RETURN p.id").rows


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("⽔⼟保持", "水土保持"),
        ("１．１０％", "1.10%"),
        ("Ⅳ类①", "iv类1"),
        ("a\u200bb\ufe0f", "ab"),
        ("《甲》〈乙〉", "<甲><乙>"),
        ("2021–2022年", "2021-2022年"),
        ("‘甲’", "甲"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_an_index_is_asked_for_pairs_of_characters_only() -> None:
    assert index_query(split_words("公务 ERP接待费 3.7 费")) == "公务 AND 接待 AND 待费"
    assert index_query(["公务"]) == '"公务"'
    assert index_query(["erp", "费", "3.7"]) == ""
    assert index_query(["".join(chr(0x4E00 + i) for i in range(800))]).count("AND") == 299
