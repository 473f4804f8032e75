"""The map of the invented report, opened in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.build import build_graph
from graph.data import GraphData
from graph.schema import load_schema
from tests.viz import water_report
from viz.maps import draw_graph


@pytest.fixture(scope="session")
def data() -> GraphData:
    return build_graph(water_report.findings())


@dataclass
class Opened:
    """A map in the browser, with all that it asked for and complained of."""

    page: Any
    requests: list[str]
    errors: list[str]

    def box(self, **wanted: object) -> dict[str, Any]:
        """The first box with these values, as the page's scripts see it."""
        script = """w => [...Suyin.map.boxes.values()].find(b =>
            Object.entries(w).every(([k, v]) => b[k] === v))"""
        found: dict[str, Any] | None = self.page.evaluate(script, wanted)
        assert found, f"no box with {wanted}"
        return found

    def click(self, **wanted: object) -> None:
        """Click on the middle of a box with the mouse, scrolling the map to it where it is out of sight."""
        box = self.box(**wanted)
        where = """id => { const v = Suyin.map.view(), b = Suyin.map.boxes.get(id);
            const area = document.getElementById('network').getBoundingClientRect();
            return [area.x + (b.x - v.left) * v.scale, area.y + (b.y - v.top) * v.scale]; }"""
        _, y = self.page.evaluate(where, box["id"])
        if not 180 < y < 720:
            self.page.mouse.move(600, 400)
            self.page.mouse.wheel(0, y - 400)
            self.page.wait_for_timeout(150)
        self.page.mouse.click(*self.page.evaluate(where, box["id"]))
        self.page.wait_for_selector("#panel:not([hidden])")

    @property
    def panel(self) -> str:
        return str(self.page.inner_text("#panel"))

    def shows(self, kind: str) -> bool:
        """Is any box of this type visible?"""
        script = "k => [...Suyin.map.visible].some(id => Suyin.map.boxes.get(id).kind === k)"
        return bool(self.page.evaluate(script, kind))


@pytest.fixture
def open_map(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """open_map(data, lang="zh") draws a map into a file and opens it, at an address that may say a view."""
    pages = []

    def opened(
        data: GraphData,
        *,
        title: str = water_report.TITLE,
        lang: str = "zh",
        size: tuple[int, int] = (1280, 800),
        address: str = "",
    ) -> Opened:
        path = tmp_path / "map.html"
        path.write_text(draw_graph(data, load_schema(), title=title, lang=lang), "utf-8")
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        pages.append(page)
        result = Opened(page, [], [])
        page.on("request", lambda request: result.requests.append(request.url))
        page.on(
            "console",
            lambda message: (
                result.errors.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: result.errors.append(str(error)))
        page.goto(path.as_uri() + (f"#{address}" if address else ""))
        page.wait_for_selector("body[data-ready=yes]")
        return result

    yield opened
    for page in pages:
        page.close()
