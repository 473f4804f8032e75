"""The pages that the service gives, in a real browser: nothing comes from elsewhere, nothing complains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.app import create_app
from graph.load import load
from graph.store import GraphStore
from tests.api.conftest import Lent, served
from tests.viz import water_report

pytestmark = [pytest.mark.browser, pytest.mark.store]


@pytest.fixture
def address(embedded_store: GraphStore) -> Iterator[str]:
    """The service on a free port, with one report."""
    load(water_report.findings(), embedded_store)
    app = create_app(lambda: Lent(embedded_store))
    with served(app) as at:
        yield at


@pytest.mark.parametrize(
    ("path", "ready", "says"),
    [
        ("/docs", ".opblock-summary >> nth=10", "查找问题 · Find problems"),
        ("/reports/r/map", "body[data-ready=yes]", water_report.TITLE),
    ],
)
def test_page(browser: Any, address: str, path: str, ready: str, says: str) -> None:
    asked: list[str] = []
    said: list[tuple[str, str]] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append((message.type, message.text)))
    page.goto(address + path)
    page.wait_for_selector(ready)
    assert says in page.inner_text("body")
    page.close()
    assert [url for url in asked if not url.startswith((f"{address}/", "data:"))] == []
    assert path == "/docs" or len(asked) == 1
    assert [text for kind, text in said if kind in ("error", "warning")] == []
