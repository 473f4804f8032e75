"""Reports, their graphs and their maps."""

from __future__ import annotations

import json
import re

from fastapi.testclient import TestClient

from graph.build import build_graph
from graph.store import GraphStore
from tests.graph.data import audit, feedback
from tests.viz import water_report


def test_health_tells_nothing_of_where_the_store_is(client: TestClient, filled: GraphStore) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json() | {"version": ""} == {"status": "ok", "version": "", "store": filled.kind}
    assert "bolt" not in answer.text


def test_list_has_counts_and_pages(client: TestClient) -> None:
    page = client.get("/reports").json()
    assert page["total"] == 4
    assert [r["id"] for r in page["items"]] == ["audit", "feedback", "notice", "r"]
    assert page["items"][3] == {
        "id": "r",
        "label": "Report",
        "links": page["items"][3]["links"],
        "title": water_report.TITLE,
        "kind": "inspection-feedback",
        "place": "云溪县",
        "date": "2023-11-30",
        "problems": 32,
        "causes": 5,
        "recommendations": 20,
    }
    second = client.get("/reports", params={"limit": 1, "offset": 1}).json()
    assert ([r["id"] for r in second["items"]], second["total"]) == (["feedback"], 4)
    audits = client.get("/reports", params={"kind": "audit-report"}).json()
    assert ([r["id"] for r in audits["items"]], audits["total"]) == (["audit"], 1)


def test_one_report(client: TestClient) -> None:
    report = client.get("/reports/r").json()
    assert [u["name"] for u in report["inspects"]] == ["云溪县水务局"]
    assert [u["name"] for u in report["issued_by"]] == ["云溪县委第三巡察组"]
    assert report["counts"]["Problem"] == 32
    assert report["chars"] == len(water_report.findings().source_text or "")


def test_graph_is_the_one_that_was_built(client: TestClient) -> None:
    """Names of units and policies apart, which are drawn from all reports that are there."""
    for make in (audit, water_report.findings):
        built = build_graph(make())
        graph = client.get(f"/reports/{built.report_id}/graph").json()
        shown = {n.id: n for n in built.nodes if n.label != "SourceText"}
        assert {n["id"] for n in graph["nodes"]} == shown.keys()
        for node in graph["nodes"]:
            if node["label"] not in ("Unit", "Policy"):
                assert node["properties"] == dict(shown[node["id"]].properties)
        edges = [
            (e.type, e.source, e.target, json.dumps(dict(e.properties), sort_keys=True))
            for e in built.edges
            if e.target in shown
        ]
        assert sorted(
            (e["type"], e["source"], e["target"], json.dumps(e["properties"], sort_keys=True))
            for e in graph["edges"]
        ) == sorted(edges)


def test_graph_of_one_report_holds_nothing_of_another(client: TestClient) -> None:
    graph = client.get("/reports/feedback/graph").json()
    own = {n.id for n in build_graph(feedback()).nodes}
    assert {n["id"] for n in graph["nodes"]} <= own
    assert all(e["source"] in own and e["target"] in own for e in graph["edges"])


def test_map_is_a_page_that_needs_no_network(client: TestClient) -> None:
    answer = client.get("/reports/r/map")
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert water_report.TITLE in answer.text
    assert not re.search(r"""(?:src|href)\s*=\s*["']?https?:""", answer.text)
    assert 'lang="en"' in client.get("/reports/r/map", params={"lang": "en"}).text
