"""Where things stand: from an id to the text and from the text to ids."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.graph.data import feedback

TEXT = feedback().source_text or ""


def test_every_edge_of_a_graph_has_an_id_that_finds_its_words(client: TestClient) -> None:
    graph = client.get("/reports/feedback/graph").json()
    edge = next(e for e in graph["edges"] if e["properties"].get("cue") == "由于")
    [quote] = client.get(f"/quotes/{edge['id']}", params={"report": "feedback", "around": 3}).json()
    start = TEXT.index("由于")
    assert quote == {
        "label": "CAUSED_BY",
        "basis": "own",
        "quote": "由于主要负责人重视不够",
        "before": "4次。",
        "after": ",学习",
        "place": {"start": start, "end": start + 11},
        "file": "feedback.txt",
        "report": {"id": "feedback", "title": "关于巡察县农业农村局党组的反馈意见"},
    }
    there = client.get("/reports/feedback/at", params={"start": start}).json()
    assert [(one["what"], one["label"]) for one in there] == [("edge", "CAUSED_BY"), ("node", "Problem")]
    assert there[0] | {"quote": ""} == {
        "what": "edge",
        "id": edge["id"],
        "label": "CAUSED_BY",
        "quote": "",
        "place": quote["place"],
        "source": edge["source"],
        "target": edge["target"],
    }
    assert client.get(f"/quotes/{there[1]['id']}").json()[0]["quote"] == there[1]["quote"]


def test_a_shared_node_has_the_places_of_its_mentions(client: TestClient) -> None:
    units = client.get("/reports/feedback").json()["inspects"]
    quotes = client.get(f"/quotes/{units[0]['id']}").json()
    assert {(q["basis"], q["quote"]) for q in quotes} == {("mention", "县农业农村局党组")}


def test_nothing_there(client: TestClient) -> None:
    assert client.get("/quotes/nothing").status_code == 404
    assert client.get("/reports/nothing/at", params={"start": 0}).status_code == 404
    assert client.get("/reports/feedback/at", params={"start": 99999}).json() == []
    assert client.get("/reports/feedback/at").status_code == 422
