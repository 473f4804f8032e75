"""The pages of a service that holds four invented reports, in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.store import GraphStore
from tests.api.conftest import Lent, served
from tests.conftest import holding
from tests.graph.data import audit, feedback, notice
from tests.viz import water_report

#: How a browser asks.
HTML = {"Accept": "text/html,application/xhtml+xml"}
PHONE = (390, 844)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Uploads, keys and the audit log of a test lie in a folder of its own."""
    monkeypatch.setenv("SUYIN_DATA_DIR", str(tmp_path))


@pytest.fixture
def filled(_embedded_store: GraphStore) -> GraphStore:
    return holding(_embedded_store, (make() for make in (feedback, notice, audit, water_report.findings)))


@pytest.fixture
def client(filled: GraphStore) -> Iterator[TestClient]:
    """Asks as a browser does, without one: for what needs no script and no eyes."""
    with TestClient(create_app(lambda: Lent(filled)), raise_server_exceptions=False, headers=HTML) as client:
        yield client


@pytest.fixture
def site(filled: GraphStore) -> Iterator[str]:
    """The address of the service."""
    with served(create_app(lambda: Lent(filled))) as at:
        yield at


@dataclass
class Visited:
    """A page in the browser, with all that it asked for and complained of."""

    page: Any
    site: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def check(self) -> None:
        """Nothing comes from elsewhere, nothing complains, nothing is cut off sideways, axe-core is content."""
        from axe_playwright_python.sync_playwright import Axe

        assert [url for url in self.requests if not url.startswith((f"{self.site}/", "data:", "blob:"))] == []
        assert self.errors == []
        wide, inner = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= inner
        found = Axe().run(self.page).response["violations"]
        assert [
            (one["id"], one["nodes"][0]["html"][:200])
            for one in found
            if one["impact"] in ("serious", "critical")
        ] == []


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Callable[..., Visited]]:
    """visit("/browse/problems", size=PHONE) opens a page of the service."""
    pages = []

    def opened(path: str, *, size: tuple[int, int] = (1280, 800)) -> Visited:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        pages.append(page)
        result = Visited(page, site)
        page.on("request", lambda request: result.requests.append(request.url))
        page.on(
            "console",
            lambda message: (
                result.errors.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: result.errors.append(str(error)))
        page.goto(site + path)
        return result

    yield opened
    for page in pages:
        page.close()
