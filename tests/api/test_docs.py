"""The documentation: offline, complete, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.lookups.kinds import BY_NAME, KINDS
from graph.store import GraphStore
from tests.api.conftest import Lent


@pytest.fixture
def app_client(embedded_store: GraphStore) -> Iterator[TestClient]:
    with TestClient(create_app(lambda: Lent(embedded_store))) as client:
        yield client


def test_every_route_is_documented_in_both_languages(app_client: TestClient) -> None:
    spec = app_client.get("/openapi.json").json()
    kinds = {f"/{kind.name}{one}" for kind in KINDS for one in ("", f"/{{{kind.one}_id}}")}
    below = {
        "/reports/{report_id}": ("text", "graph", "map", "at", "judgements", "download/{form}"),
        "/problems/{problem_id}": ("causes", "recommendations"),
    }
    assert spec["paths"].keys() == kinds | {
        f"{one}/{part}" for one, parts in below.items() for part in parts
    } | {
        "/health",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/quotes/{id}",
        "/judgements",
        "/judgements/{key}",
        "/recommendations/related",
        "/queries",
        "/queries/{name}",
        "/cypher",
        "/cypher.{form}",
        "/uploads",
        "/uploads/{upload_id}",
        "/uploads/{upload_id}/retry",
        "/uploads/{upload_id}/events",
        "/uploads/{upload_id}/files/{number}/findings",
    }
    for methods in spec["paths"].values():
        for route in methods.values():
            assert re.search(r"[\u4e00-\u9fff].* · [A-Z]", route["summary"])
            for code in ("404", "422", "503"):
                schema = route["responses"][code]["content"]["application/problem+json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/ErrorBody"}
    assert "HTTPValidationError" not in spec["components"]["schemas"]


def test_docs_name_no_other_address(app_client: TestClient) -> None:
    page = app_client.get("/docs")
    assert "https://" not in page.text
    assert "http://" not in page.text
    for address in re.findall(r'(?:src|href)="(/[^"]+)"', page.text):
        assert app_client.get(address).status_code == 200
    assert app_client.get("/redoc").status_code == 404


def test_every_address_is_in_the_manual(app_client: TestClient) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    spec = app_client.get("/openapi.json").json()
    for path, methods in spec["paths"].items():
        for method, route in methods.items():
            line = next((line for line in manual.splitlines() if f"`{method.upper()} {path}" in line), "")
            assert line, f"{method} {path}"
            if path.removeprefix("/") in BY_NAME:  # its table tells of all filters, facets and orders
                words = {p["name"] for p in route["parameters"]} - {
                    "limit",
                    "offset",
                    "cursor",
                    "sort",
                    "facet",
                }
                kind = BY_NAME[path.removeprefix("/")]
                assert all(f"`{word}`" in line for word in words | kind.facets.keys() | kind.orders.keys()), (
                    path
                )
