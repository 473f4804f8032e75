"""POST /cypher: closed unless opened, in four forms, and a question that harms is told as such."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import networkx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.gate.gate import Gate
from graph.load import load
from graph.store import GraphStore, open_store
from tests.api.conftest import Lent
from tests.graph.data import feedback
from tests.support.extras import need_extra

ROOT = Path(__file__).parents[2]
PATHS = "MATCH (p:Problem)-[e:LEADS_TO]->(x:Effect) RETURN p.headline AS 标题, p, e, x"


@pytest.fixture
def asking(filled: GraphStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("SUYIN_CYPHER", "on")
    with TestClient(create_app(lambda: Lent(filled)), raise_server_exceptions=False) as client:
        yield client


def test_closed_unless_opened(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in (None, "", "off", "0"):
        monkeypatch.delenv("SUYIN_CYPHER", raising=False)
        if value is not None:
            monkeypatch.setenv("SUYIN_CYPHER", value)
        answer = client.post("/cypher", json={"query": "RETURN 1 AS one"})
        assert answer.status_code == 403
        assert "SUYIN_CYPHER=on" in answer.json()["fix"]


def test_a_table_and_its_nodes_and_edges(asking: TestClient) -> None:
    answer = asking.post("/cypher", json={"query": PATHS + " LIMIT 1"})
    assert answer.status_code == 200
    found = answer.json()
    assert found["columns"] == ["标题", "p", "e", "x"]
    [row], [edge] = found["rows"], found["edges"]
    assert row["标题"] == row["p"]["headline"]
    assert {node["label"]: node["id"] for node in found["nodes"]} == {
        "Problem": edge["source"],
        "Effect": edge["target"],
    }
    assert (edge["type"], edge["properties"]["method"]) == ("LEADS_TO", row["e"]["method"])
    assert (found["truncated"], found["notes"]) == (False, [])


def test_parameters_and_notes(asking: TestClient) -> None:
    found = asking.post(
        "/cypher",
        json={
            "query": "MATCH (p:Probelm {category: $c}) RETURN p.id AS id",
            "parameters": {"c": "assets", "d": 1},
        },
    ).json()
    assert found["rows"] == []
    assert ["Problem" in note or "$d" in note for note in found["notes"]] == [True, True]


def test_every_form_by_suffix_and_by_accept(asking: TestClient) -> None:
    for form, media in {
        "csv": "text/csv",
        "graphml": "application/graphml+xml",
        "json": "application/json",
    }.items():
        named = asking.post(f"/cypher.{form}", json={"query": PATHS})
        liked = asking.post("/cypher", json={"query": PATHS}, headers={"Accept": f"image/png, {media};q=0.5"})
        assert named.status_code == liked.status_code == 200
        assert named.content == liked.content
        assert named.headers["content-type"].partition(";")[0] == media
    rows = asking.post("/cypher.json", json={"query": PATHS}).json()
    table = [*csv.DictReader(io.StringIO(asking.post("/cypher.csv", json={"query": PATHS}).text))]
    assert [row["标题"] for row in table] == [row["标题"] for row in rows["rows"]]
    graph = networkx.parse_graphml(asking.post("/cypher.graphml", json={"query": PATHS}).text)
    assert (len(graph.nodes), len(graph.edges)) == (len(rows["nodes"]), len(rows["edges"]))
    assert {data["label"] for _, data in graph.nodes(data=True)} == {"Problem", "Effect"}


def test_parquet_by_suffix_and_by_accept(asking: TestClient) -> None:
    need_extra("parquet", "pyarrow")
    from pyarrow import parquet

    named = asking.post("/cypher.parquet", json={"query": PATHS})
    liked = asking.post(
        "/cypher", json={"query": PATHS}, headers={"Accept": "application/vnd.apache.parquet"}
    )
    assert named.content == liked.content
    assert named.headers["content-type"] == "application/vnd.apache.parquet"
    columns = parquet.read_table(io.BytesIO(named.content))
    rows = asking.post("/cypher.json", json={"query": PATHS}).json()["rows"]
    assert columns.column("标题").to_pylist() == [row["标题"] for row in rows]


def test_an_edge_without_its_ends_is_in_the_table_alone(asking: TestClient) -> None:
    query = {"query": "MATCH ()-[e:LEADS_TO]->() RETURN e LIMIT 1"}
    assert asking.post("/cypher", json=query).json()["edges"][0]["source"] is None
    assert "<edge" not in asking.post("/cypher.graphml", json=query).text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("MATCH (n) DETACH DELETE n", "DETACH"),
        ("SHOW USERS", "SHOW"),
        ("CALL dbms.listConfig()", "dbms.listConfig"),
        ("RETURN apoc.version()", "apoc.version"),
        ("RETURN 1; RETURN 2", "one statement"),
        ("MATCH (n RETURN n", ""),
    ],
)
def test_what_is_refused_says_what_and_what_to_do(asking: TestClient, query: str, says: str) -> None:
    answer = asking.post("/cypher", json={"query": query})
    assert answer.status_code == 422
    assert says in answer.json()["detail"]


def test_bodies_that_are_none(asking: TestClient) -> None:
    for sent, status in (
        ({"content": "{}"}, 415),
        ({"content": "x", "headers": {"Content-Type": "application/json"}}, 422),
        ({"json": {"query": "RETURN 1 AS a", "more": 1}}, 422),
        ({"json": {}}, 422),
        ({"json": []}, 422),
        ({"json": {"query": "RETURN 1 AS a", "parameters": {"a": "x" * 1_000_001}}}, 413),
        ({"json": {"query": "x" * 20_001}}, 422),
        ({"json": {"query": "RETURN $a AS a", "parameters": {"a": 2**70}}}, 422),
        ({"json": {"query": "RETURN 1 AS a"}, "headers": {"Accept": "image/png"}}, 406),
    ):
        answer = asking.post("/cypher", **sent)
        assert answer.status_code == status, sent
        assert answer.json()["detail"]
    assert asking.post("/cypher.xlsx", json={"query": "RETURN 1 AS a"}).status_code == 422
    assert asking.get("/cypher").status_code == 405


@pytest.mark.parametrize(("setting", "most"), [("5MB", 1_000_000), ("10KB", 10_000)])
def test_no_setting_lets_more_of_it_in(
    filled: GraphStore, monkeypatch: pytest.MonkeyPatch, setting: str, most: int
) -> None:
    monkeypatch.setenv("SUYIN_CYPHER", "on")
    monkeypatch.setenv("SUYIN_BODY_SIZE", setting)
    with TestClient(create_app(lambda: Lent(filled)), raise_server_exceptions=False) as client:
        for address in ("/cypher", "/cypher.csv", "/%63ypher"):
            for size, status in ((most - 1000, 200), (most + 1, 413)):
                asked = {"query": "RETURN size($a) AS a", "parameters": {"a": "x" * size}}
                for sent in (
                    {"json": asked},
                    {
                        "content": iter([json.dumps(asked).encode()]),
                        "headers": {"Content-Type": "application/json"},
                    },
                ):
                    assert client.post(address, **sent).status_code == status, (address, size)
        assert client.post("/recommendations/related", json={"text": "x" * (most + 1)}).status_code == (
            422 if most == 1_000_000 else 413
        )


def test_a_refusal_says_what_to_do(asking: TestClient) -> None:
    answer = asking.post("/cypher", json={"query": "RETURN 1 AS a"}, headers={"Accept": "image/png"})
    assert answer.json()["title"].endswith("no such form")
    assert "text/csv" in answer.json()["fix"]


def test_too_many_rows_are_cut_and_said(asking: TestClient) -> None:
    for form in ("json", "csv"):
        answer = asking.post(f"/cypher.{form}", json={"query": "UNWIND range(1, 20000) AS i RETURN i"})
        assert answer.headers["suyin-truncated"] == "true"
    assert len(answer.text.splitlines()) == 10_001


def test_busy(asking: TestClient) -> None:
    asking.app.state.gate = gate = Gate(at_once=1)  # type: ignore[attr-defined]
    assert gate._places.acquire(blocking=False)
    answer = asking.post("/cypher", json={"query": "RETURN 1 AS one"})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
    assert asking.get("/health").status_code == 200
    gate._places.release()
    assert asking.post("/cypher", json={"query": "RETURN 1 AS one"}).status_code == 200


def test_a_neo4j_without_limits_of_memory_is_not_asked(
    neo4j_store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUYIN_CYPHER", "on")

    class Unlimited(Lent):
        def read(self, cypher: str, /, **params: object) -> list[dict[str, object]]:
            if "SETTINGS" in cypher:
                return [{"name": "db.memory.transaction.max", "value": "0B"}]
            return super().read(cypher, **params)

    with TestClient(create_app(lambda: Unlimited(neo4j_store)), raise_server_exceptions=False) as client:
        answer = client.post("/cypher", json={"query": "RETURN 1 AS one"})
        assert answer.status_code == 503
        assert "db.memory.transaction.max" in answer.json()["detail"]
        assert client.get("/health").status_code == 200


@pytest.mark.store
@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals")
def test_the_service_ends_while_a_query_runs(tmp_path: Path) -> None:
    """It did not: a store without memory held its threads for ever."""
    with open_store(data_dir=tmp_path) as store:
        load(feedback(), store)
        digest = store.digest()
    env = {k: v for k, v in os.environ.items() if not k.startswith("NEO4J_")} | {
        "SUYIN_DATA_DIR": str(tmp_path),
        "SUYIN_CYPHER": "on",
        "PYTHONUNBUFFERED": "1",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "cli", "serve", "--port", "0"],
        cwd=ROOT,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
    ) as service:
        assert service.stdout is not None
        address = service.stdout.readline().strip()
        assert httpx.get(f"{address}/health", timeout=90).status_code == 200
        body = {"query": "UNWIND range(1, 99999) AS a UNWIND range(1, 99999) AS b RETURN sum(a * b)"}
        asked = threading.Thread(target=lambda: _ask(address, body))
        asked.start()
        time.sleep(2)
        service.send_signal(signal.SIGTERM)
        service.wait(60)
        asked.join()
    with open_store(data_dir=tmp_path) as store:
        assert store.digest() == digest


def _ask(address: str, body: dict[str, str]) -> None:
    try:
        httpx.post(f"{address}/cypher", json=body, timeout=90)
    except httpx.HTTPError:  # it is gone
        return


def test_openapi_tells_of_it(asking: TestClient) -> None:
    spec = asking.get("/openapi.json").json()
    told = spec["paths"]["/cypher"]["post"]
    assert {"200", "403", "406", "413", "415", "422", "429", "503"} <= told["responses"].keys()
    assert "query" in json.dumps(told["requestBody"])
