"""Errors have one shape; the service lives without its database and finds it again."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api import stores
from api.app import create_app
from api.models import ErrorBody
from graph.store import GraphStore, StoreError, open_store
from tests.api.conftest import Lent

#: (address, status, what the message says)
WRONG = [
    ("/reports/none", 404, "there is no report 'none'"),
    ("/reports/none/graph", 404, "there is no report 'none'"),
    ("/reports/none/map", 404, "there is no report 'none'"),
    ("/problems/none", 404, "there is no problem 'none'"),
    ("/problems/none/causes", 404, "there is no problem 'none'"),
    ("/problems/none/recommendations", 404, "there is no problem 'none'"),
    ("/queries/none", 404, "there is no query 'none'"),
    ("/nowhere", 404, "Not Found"),
    ("/docs/app.py", 404, "there is no file 'app.py'"),
    ("/problems?limit=0", 422, "limit: "),
    ("/problems?limit=201", 422, "limit: "),
    ("/problems?offset=-1", 422, "offset: "),
    ("/problems?limit=many", 422, "limit: "),
    ("/problems?category=finance&category=safety", 422, "parameter 'category' is given more than once"),
    ("/problems?catgory=finance", 422, "unknown parameter 'catgory'"),
    ("/problems?q=“”", 422, "q: nothing to look up"),
    ("/problems?category=finanse", 422, "category cannot be 'finanse'"),
    ("/problems?cause_type=制度", 422, "cause_type cannot be '制度'"),
    ("/reports?kind=audit", 422, "kind cannot be 'audit'"),
    ("/queries/causes-of-category?category=finanse", 422, "category cannot be 'finanse'"),
    ("/reports/r/map?lang=fr", 422, "lang: "),
    ("/recommendations/related", 422, "text: "),
    ("/recommendations/related?text=,,", 422, "text: nothing to look up"),
    ("/queries/causes-of-category", 422, "category is missing"),
    ("/queries/causes-of-category?category=finance&x=1", 422, "unknown parameter 'x'"),
    ("/queries/causes-of-category?category=finance&limit=-1", 422, "limit must be a whole number"),
]


def test_wrong_addresses(client: TestClient) -> None:
    for address, status, says in WRONG:
        answer = client.get(address)
        assert answer.status_code == status, address
        assert answer.headers["content-type"] == "application/problem+json", address
        error = answer.json()
        assert says in error["detail"], address
        assert error["status"] == status, address
        assert error["request_id"] == answer.headers["x-request-id"], address
        assert {"type", "title", "status", "detail"} <= error.keys() <= ErrorBody.model_fields.keys(), address


def test_a_name_that_the_graph_lacks_is_an_empty_answer_with_a_note(client: TestClient) -> None:
    for address in ("/problems?unit=农业农村", "/queries/unit-problems?unit=农业农村"):
        answer = client.get(address).json()
        assert (answer.get("items", answer.get("rows")), len(answer["notes"])) == ([], 1), address
        assert "did you mean 青岳县农业农村局" in answer["notes"][0]
    assert client.get("/problems?unit=县农业农村局&cause_type=external").json()["notes"] == []


def test_a_word_that_is_none_gets_the_nearest(client: TestClient) -> None:
    error = client.get("/problems?category=finanse&limit=0").json()
    assert [fault["name"] for fault in error["errors"]] == ["limit", "category"] or [
        fault["name"] for fault in error["errors"]
    ] == ["category", "limit"]
    assert "finance 财务管理" in client.get("/problems?category=finanse").json()["fix"]
    assert "财务管理" in client.get("/causes?category=财务").json()["fix"]
    assert "it is one of: explicit, inferred" in client.get("/causes?method=xyz").json()["fix"]
    assert "near it are: category" in client.get("/problems?facet=categry").json()["fix"]
    assert "near it are: amount" in client.get("/problems?sort=amuont").json()["fix"]


def test_wrong_method_and_body(client: TestClient) -> None:
    answer = client.delete("/reports")
    assert (answer.json()["detail"], answer.json()["fix"]) == (
        "Method Not Allowed",
        "see /docs for the methods",
    )
    assert client.post("/recommendations/related", content=b"{").status_code == 422
    assert (
        client.post(
            "/recommendations/related", content=b'{"text": "\\ud800\xe8\xb4\xa6\xe7\x9b\xae"}'
        ).status_code
        == 422
    )
    assert "text" in client.post("/recommendations/related", json={}).json()["detail"]


def test_database_away_at_the_start_then_back(
    embedded_store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "PAUSE", 0.0)
    away = [True]

    def opened() -> GraphStore:
        return open_store(uri="bolt://127.0.0.1:1") if away[0] else Lent(embedded_store)

    with TestClient(create_app(opened)) as client:
        for address in ("/health", "/reports", "/problems/p1", "/reports/r/map", "/queries/category-counts"):
            answer = client.get(address)
            assert answer.status_code == 503
            assert "no answer" in answer.json()["detail"]
            assert "127.0.0.1" not in answer.text
        assert client.get("/docs").status_code == 200
        away[0] = False
        assert client.get("/health").status_code == 200


def test_database_lost_in_between(embedded_store: GraphStore) -> None:
    class Lost(Lent):
        gone = False

        def read(self, cypher: str, /, **params: object) -> list[dict[str, object]]:
            if self.gone:
                raise StoreError("bolt://somewhere: no answer; is the database running? Check NEO4J_URI")
            return super().read(cypher, **params)

    lost = Lost(embedded_store)
    with TestClient(create_app(lambda: lost)) as client:
        assert client.get("/health").status_code == 200
        lost.gone = True
        assert client.get("/health").status_code == 503
        answer = client.get("/health").json()
        assert (answer["detail"], answer["fix"]) == (
            "数据库 database: no answer",
            "is the database running? Check NEO4J_URI",
        )
        assert client.get("/health/ready").status_code == 503
        assert client.get("/health/live").status_code == 200


def test_store_is_opened_once(embedded_store: GraphStore) -> None:
    opened: list[int] = []

    def opening() -> GraphStore:
        opened.append(1)
        return Lent(embedded_store)

    with TestClient(create_app(opening)) as client:
        for _ in range(3):
            client.get("/health")
    assert opened == [1]


def test_a_fault_of_ours_is_told_without_its_innards(embedded_store: GraphStore) -> None:
    class Broken(Lent):
        def read(self, cypher: str, /, **params: object) -> list[dict[str, object]]:
            raise ValueError("secret")

    with TestClient(create_app(lambda: Broken(embedded_store)), raise_server_exceptions=False) as client:
        answer = client.get("/health")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
