"""A report as a file, in each form."""

from __future__ import annotations

import csv
import io
import zipfile

import networkx
import pytest
from fastapi.testclient import TestClient

from tests.support.browser import need_chromium


def test_a_table_with_a_line_for_each_link(client: TestClient) -> None:
    answer = client.get("/reports/feedback/download/csv")
    assert answer.headers["content-disposition"].startswith(
        'attachment; filename="report.csv"; filename*=UTF-8'
    )
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    edges = client.get("/reports/feedback/graph").json()["edges"]
    said = {(row["problem_id"], row["id"], row["method"]) for row in rows if row["link"] == "CAUSED_BY"}
    assert said == {
        (e["source"], e["target"], e["properties"]["method"]) for e in edges if e["type"] == "CAUSED_BY"
    }
    assert all(row["quote"] and row["start"] for row in rows)


def test_the_graph_in_each_form(client: TestClient) -> None:
    graph = client.get("/reports/feedback/graph").json()
    assert client.get("/reports/feedback/download/json").json() == graph
    read = networkx.parse_graphml(client.get("/reports/feedback/download/graphml").text)
    assert {node["id"] for node in graph["nodes"]} <= {
        attributes["id"] for _, attributes in read.nodes(data=True)
    }
    with zipfile.ZipFile(io.BytesIO(client.get("/reports/feedback/download/tables").content)) as tables:
        assert {"Problem.csv", "CAUSED_BY.csv", "datapackage.json"} <= set(tables.namelist())
    assert client.get("/reports/feedback/download/html").text == client.get("/reports/feedback/map").text
    assert client.get("/reports/none/download/csv").status_code == 404
    assert client.get("/reports/feedback/download/doc").status_code == 422


@pytest.mark.browser
@pytest.mark.parametrize(("form", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_pictures(client: TestClient, form: str, begins: bytes) -> None:
    need_chromium()
    assert client.get(f"/reports/feedback/download/{form}").content.startswith(begins)
