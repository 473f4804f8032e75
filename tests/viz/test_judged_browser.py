"""What people judged looks so on the map: on the canvas, in its legend, in the picture that is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from graph.data import GraphData

pytestmark = pytest.mark.browser

#: How many pixels of the colour of the ring are within 8 of a point of the map.
RING = """([x, y]) => { const v = Suyin.map.view(), canvas = document.querySelector('#network canvas');
  const by = canvas.width / canvas.clientWidth, at = [(x - v.left) * v.scale * by, (y - v.top) * v.scale * by];
  const { data } = canvas.getContext('2d').getImageData(at[0] - 8, at[1] - 8, 16, 16);
  let found = 0;
  for (let i = 0; i < data.length; i += 4) found += Math.abs(data[i] - 11) + Math.abs(data[i + 1] - 42) + Math.abs(data[i + 2] - 74) < 60;
  return found; }"""
MIDDLE = """kind => { const line = Suyin.map.lines.find((e) => e.kind === kind && e.shown), [a, b] = Suyin.map.endsOf(line);
  return [(a.x + b.x) / 2, (a.y + b.y) / 2, line.width]; }"""


def judged(data: GraphData) -> GraphData:
    """The same after somebody confirmed all inferred causes and corrected a problem."""
    edges = tuple(
        replace(e, properties={**e.properties, "judged": "confirmed"}) if e.type == "CAUSED_BY" else e
        for e in data.edges
    )
    first = next(n for n in data.nodes if n.label == "Problem")
    nodes = tuple(
        replace(n, properties={**n.properties, "judged": "corrected"}) if n is first else n
        for n in data.nodes
    )
    return replace(data, edges=edges, nodes=nodes)


def test_a_judged_link_is_bold_and_ticked_on_the_canvas(
    open_map: Callable[..., Any], data: GraphData
) -> None:
    plain, said = open_map(data).page, open_map(judged(data)).page
    seen = []
    for page in (plain, said):
        page.wait_for_timeout(300)
        x, y, width = page.evaluate(MIDDLE, "CAUSED_BY")
        seen.append((page.evaluate(RING, [x, y]), width))
    assert seen[0][0] == 0
    assert seen[1][0] > 12
    assert seen[1][1] > seen[0][1]
    x, y, _ = said.evaluate(MIDDLE, "ADDRESSES")
    assert said.evaluate(RING, [x, y]) == 0


def test_the_legend_and_the_saved_picture_tell_of_it(open_map: Callable[..., Any], data: GraphData) -> None:
    causes = sum(e.type == "CAUSED_BY" for e in data.edges)
    page = open_map(judged(data)).page
    assert page.inner_text("#legend .judged").split() == ["✓", "人工判断", str(causes + 1)]
    with page.expect_download() as saved:
        page.click("#save")
    svg = saved.value.path().read_text("utf-8")
    shown = page.evaluate("Suyin.map.lines.filter((e) => e.shown && e.judged).length + 1")
    assert svg.count('stroke="#0b2a4a"') == 2 * (shown + 1)  # a ring and a tick each, and those of the legend
    assert "人工判断" in svg
    assert open_map(data).page.locator("#legend .judged").count() == 0
