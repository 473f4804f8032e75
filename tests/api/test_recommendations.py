"""Recommendations for free text, and the named queries."""

from __future__ import annotations

from fastapi.testclient import TestClient

from api.related import shared_words
from graph.queries import list_queries, run_query
from graph.store import GraphStore


def test_text_finds_recommendations_with_their_paths(client: TestClient) -> None:
    answer = client.get("/recommendations/related", params={"text": "农村饮水工程建成后闲置"}).json()
    first = answer["items"][0]
    assert first["recommendation"]["headline"] == "聚焦主责主业，补齐农村供水短板"
    assert [step["relation"] for step in first["path"]] == [None, "SHARES_WORDS", "PART_OF", "ADDRESSES"]
    assert first["path"][0]["node"] == {
        "id": "",
        "label": "Text",
        "number": None,
        "headline": None,
        "text": "农村饮水工程建成后闲置",
        "place": None,
    }
    assert {"农村饮水", "工程建成后"} <= set(first["path"][1]["words"])
    likeness = [one["likeness"] for one in answer["items"]]
    assert likeness == sorted(likeness, reverse=True)


def test_post_gives_the_same_and_takes_long_texts(client: TestClient) -> None:
    text = "专项资金管理混乱"
    assert (
        client.post("/recommendations/related", json={"text": text}).json()
        == client.get("/recommendations/related", params={"text": text}).json()
    )
    assert client.post("/recommendations/related", json={"text": text + "，" * 15_000}).status_code == 200
    assert len(client.post("/recommendations/related", json={"text": text, "limit": 1}).json()["items"]) == 1


def test_signs_of_the_index_are_only_text(client: TestClient) -> None:
    for text in ('资金") OR (*:*', "资金~ AND NOT 管理^2", "a" * 500, "[资金 TO 管理]", r"资金\管理/"):
        assert client.get("/recommendations/related", params={"text": text}).status_code == 200
        assert client.get("/problems", params={"q": text[:100]}).status_code in (200, 422)


def test_shared_words_are_runs() -> None:
    pairs = ["违规", "规发", "发放", "补贴", "问题"]
    assert shared_words("违规发放津补贴的问题", pairs) == ["违规发放", "补贴", "问题"]
    assert shared_words("资金管理资金", ["资金"]) == ["资金"]
    assert shared_words("用ERP系统管账", ["erp", "系统"]) == ["erp", "系统"]


def test_named_queries_are_listed_and_run(client: TestClient, filled: GraphStore) -> None:
    assert [q["name"] for q in client.get("/queries").json()] == [q.name for q in list_queries()]
    answer = client.get("/queries/causes-of-category", params={"category": "assets", "limit": "2"}).json()
    expected = run_query(filled, "causes-of-category", category="assets", limit=2)
    assert (answer["rows"], tuple(answer["columns"])) == (expected.rows, expected.columns)
    assert len(answer["rows"]) == 2
