"""Judging over HTTP: what is judged stands in the answer, the list and the graph; two people at once lose nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import load_settings
from graph.judgements import Judgements
from graph.store import GraphStore
from tests.api.conftest import Lent


@pytest.fixture
def filled(filled: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GraphStore:
    """With a file of judgements, which is not there yet."""
    monkeypatch.setattr(filled, "judgements_file", tmp_path / "judgements.csv")
    monkeypatch.setattr(filled, "judgements", Judgements())
    return filled


def edges(client: TestClient, type_: str, report: str = "feedback") -> list[dict[str, Any]]:
    return [e for e in client.get(f"/reports/{report}/graph").json()["edges"] if e["type"] == type_]


def judge(client: TestClient, edge: dict[str, Any], **said: str) -> Any:
    return client.post(
        "/judgements", json={"what": edge["type"], "left": edge["source"], "right": edge["target"], **said}
    )


def test_judged_listed_and_taken_back(client: TestClient) -> None:
    cause = edges(client, "CAUSED_BY")[0]
    made = judge(client, cause, verdict="confirmed", by="王", why="文中明说")
    assert made.status_code == 201
    assert {
        "by": "王",
        "state": "fits",
        "holds": True,
        "stands": [cause["source"], cause["target"]],
    }.items() <= made.json().items()
    assert client.get("/reports/feedback/judgements").json() == [made.json()]
    assert (
        next(e for e in edges(client, "CAUSED_BY") if e["id"] == cause["id"])["properties"]["judged"]
        == "confirmed"
    )
    rejected = judge(client, cause, verdict="rejected", by="李").json()
    assert [
        (one["by"], one["holds"], one["stands"]) for one in client.get("/reports/feedback/judgements").json()
    ] == [("王", False, [cause["source"], cause["target"]]), ("李", True, [])]
    assert cause["id"] not in {e["id"] for e in edges(client, "CAUSED_BY")}
    assert client.delete(f"/judgements/{rejected['key']}", params={"by": "王"}).status_code == 404
    assert client.delete(f"/judgements/{rejected['key']}").status_code == 204
    assert client.delete(f"/judgements/{made.json()['key']}", params={"by": "王"}).status_code == 204
    assert "judged" not in next(e for e in edges(client, "CAUSED_BY") if e["id"] == cause["id"])["properties"]


def test_mistakes_are_said(client: TestClient) -> None:
    cause = edges(client, "CAUSED_BY")[0]
    for said in (
        {"verdict": "corrected", "by": "王"},
        {"verdict": "confirmed", "by": " "},
        {"verdict": "confirmed", "by": "王", "right": "none"},
        {"verdict": "right", "by": "王"},
        {"verdict": "confirmed", "by": "王", "more": "x"},
    ):
        answer = judge(client, cause, **said)
        assert answer.status_code == 422, said
        assert answer.json()["detail"]
    assert client.get("/reports/feedback/judgements").json() == []
    assert client.get("/reports/none/judgements").status_code == 404


def test_two_people_at_once_lose_nothing(client: TestClient) -> None:
    links = edges(client, "CAUSED_BY") + edges(client, "ADDRESSES")
    jobs = [(link, by) for link in links for by in ("王", "李")]
    with ThreadPoolExecutor(4) as pool:
        codes = list(
            pool.map(lambda job: judge(client, job[0], verdict="confirmed", by=job[1]).status_code, jobs)
        )
    assert codes == [201] * len(jobs)
    there = client.get("/reports/feedback/judgements").json()
    assert len(there) == len(jobs)
    assert {one["state"] for one in there} == {"fits"}
    assert {e["properties"]["judged"] for e in edges(client, "CAUSED_BY") + edges(client, "ADDRESSES")} == {
        "confirmed"
    }


def test_only_with_the_scope_and_from_our_own_pages(filled: GraphStore) -> None:
    body = {"what": "Problem", "left": "x", "verdict": "confirmed", "by": "王"}
    with TestClient(create_app(lambda: Lent(filled), load_settings(public="read"))) as reader:
        assert reader.post("/judgements", json=body).status_code == 401
        assert reader.delete("/judgements/x").status_code == 401
        assert reader.get("/reports/feedback/judgements").status_code == 200
    with TestClient(create_app(lambda: Lent(filled))) as writer:
        assert (
            writer.post("/judgements", json=body, headers={"Origin": "http://evil.example"}).status_code
            == 403
        )
