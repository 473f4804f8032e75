"""The map on all that it is looked at: wide and narrow screens, paper, a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe

from graph.build import build_graph
from graph.data import GraphData
from tests.viz import water_report
from tests.viz.crowd import crowd

pytestmark = pytest.mark.browser

LONG = "很长的标题没有标点" * 1000
#: The right edges of all that can be pressed, and how wide the page is.
EDGES = """() => [Math.max(...[...document.querySelectorAll('header input, .tools button, #columns button')]
    .filter(e => e.offsetParent).map(e => e.getBoundingClientRect().right)),
    Math.max(document.documentElement.scrollWidth, document.body.scrollWidth), innerWidth]"""
WITHIN = """kind => { const v = Suyin.map.view(), size = Suyin.map.stage.size();
    return [...Suyin.map.visible].map(id => Suyin.map.boxes.get(id)).filter(b => b.kind === kind).filter(b =>
        (b.x - b.w / 2 - v.left) * v.scale >= 0 && (b.x + b.w / 2 - v.left) * v.scale <= size.width
        && (b.y + b.h / 2 - v.top) * v.scale > 0 && (b.y - b.h / 2 - v.top) * v.scale < size.height).length; }"""


@pytest.mark.parametrize("title", ["一份报告", LONG])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (390, 844)])
def test_nothing_is_cut_off_sideways(open_map: Callable[..., Any], title: str, size: tuple[int, int]) -> None:
    page = open_map(crowd(20, 9, units=6), title=title, size=size).page
    right, width, inner = page.evaluate(EDGES)
    assert right <= inner
    assert width == inner
    assert page.evaluate(WITHIN, "Problem") >= 5
    assert page.evaluate("document.querySelector('header').offsetHeight") < 220


def test_a_phone_opens_on_the_problems_and_leads_to_the_causes(
    open_map: Callable[..., Any], data: GraphData
) -> None:
    page = open_map(data, size=(390, 844)).page
    assert page.evaluate("Suyin.data.page.font * Suyin.map.scale()") >= 11
    assert page.evaluate(WITHIN, "RootCause") == 0
    page.click("#columns button >> text=原因")
    assert page.evaluate(WITHIN, "RootCause") >= 1
    page.wait_for_selector("#columns button[aria-current=true] >> text=原因")  # said with the next frame
    page.click("#columns button >> text=问题")
    page.fill("#search", "河湖长制")
    page.press("#search", "Enter")
    assert page.is_visible("#panel h2")
    assert page.evaluate("document.getElementById('panel').offsetHeight") < 0.6 * 844
    chosen = "Suyin.map.boxes.get(Suyin.map.selected())"
    inside = f"""() => {{ const v = Suyin.map.view(), b = {chosen};
        return (b.y - v.top) * v.scale < Suyin.map.stage.size().height; }}"""
    assert page.evaluate(inside)


def test_the_whole_of_120_rows_can_be_read(open_map: Callable[..., Any]) -> None:
    page = open_map(crowd(120, 30), size=(1440, 900)).page
    page.evaluate("""() => { const label = Suyin.draw.label; window.labels = [];
        Suyin.draw.label = (ctx, b, look, size) => { labels.push([b.column, b.y, size * Suyin.map.scale()]);
            label(ctx, b, look, size); }; }""")
    page.click("#fit")
    assert page.evaluate(WITHIN, "Problem") == 120
    page.evaluate("labels.length = 0; Suyin.map.network.redraw()")
    labels = [row for row in page.evaluate("labels") if row[0] == "Problem"]
    assert len(labels) >= 30
    assert all(size >= 11.9 for _, _, size in labels)
    ys, scale = sorted(y for _, y, _ in labels), page.evaluate("Suyin.map.scale()")
    assert min(b - a for a, b in pairwise(ys)) * scale >= 12
    page.click("#zoom-in")
    assert page.evaluate("Suyin.data.page.font * Suyin.map.scale()") >= 10
    assert not page.evaluate("Suyin.map.stage.isOverview()")


def test_the_tip_says_what_the_box_cannot_and_goes(open_map: Callable[..., Any]) -> None:
    opened = open_map(build_graph(water_report.findings(script="一" * 300)))
    centre = """b => { const v = Suyin.map.view(), area = document.getElementById('network').getBoundingClientRect();
        return [area.x + (b.x - v.left) * v.scale, area.y + (b.y - v.top) * v.scale]; }"""
    cut, whole = opened.box(whole=False, kind="Problem"), opened.box(number="1.1")
    opened.page.mouse.move(*opened.page.evaluate(centre, whole))
    opened.page.wait_for_timeout(600)
    assert opened.page.is_hidden("#tip")
    opened.page.mouse.move(*opened.page.evaluate(centre, cut))
    opened.page.wait_for_selector("#tip:not([hidden])")
    assert opened.page.inner_text("#tip") == cut["caption"]
    opened.page.mouse.wheel(0, 10)
    assert opened.page.is_hidden("#tip")


def test_paper_has_every_box_whole_and_the_colours_of_the_legend(
    open_map: Callable[..., Any], tmp_path: Path, data: GraphData
) -> None:
    page = open_map(data).page
    page.pdf(path=tmp_path / "map.pdf", prefer_css_page_size=True, print_background=True)
    pdf = pypdfium2.PdfDocument(tmp_path / "map.pdf")
    assert len(pdf) == 2
    words = ""
    for sheet in pdf:
        width, height = sheet.get_size()
        assert (round(width), round(height)) == (842, 595)  # A4 on its side, in points
        words += "".join(sheet.get_textpage().get_text_bounded().split())
        colours = {colour for _, colour in sheet.render(scale=2).to_pil().convert("RGB").getcolors(2**20)}
        for kind in ("Problem", "RootCause", "Recommendation"):
            hex_ = page.get_attribute(f"[data-type={kind}]", "data-color")
            assert tuple(int(hex_[i : i + 2], 16) for i in (1, 3, 5)) in colours, kind
    for label in page.evaluate(
        "[...Suyin.map.visible].flatMap(id => Suyin.map.boxes.get(id).label.split('\\n'))"
    ):
        assert "".join(label.split()) in words
    sheets = page.evaluate("""() => { Suyin.picture.lay();
        return [...document.querySelectorAll('.sheet > svg:last-of-type')].map(s => s.viewBox.baseVal)
            .map(({x, y, width, height}) => [x, y, x + width, y + height]); }""")
    placed = page.evaluate("[...Suyin.map.visible].map(id => Suyin.map.boxes.get(id))")
    for b in placed:
        assert any(
            x0 <= b["x"] - b["w"] / 2
            and b["x"] + b["w"] / 2 <= x1
            and y0 <= b["y"] - b["h"] / 2
            and b["y"] + b["h"] / 2 <= y1
            for x0, y0, x1, y1 in sheets
        )


def test_paper_of_many_sheets_and_of_a_table(open_map: Callable[..., Any], tmp_path: Path) -> None:
    page = open_map(crowd(120, 30), title=LONG).page
    for view in ("map", "table"):
        page.click(f"[data-view={view}]")
        page.pdf(path=tmp_path / "map.pdf", prefer_css_page_size=True, print_background=True)
        pdf = pypdfium2.PdfDocument(tmp_path / "map.pdf")
        words = "".join("".join(sheet.get_textpage().get_text_bounded().split()) for sheet in pdf)
        assert 5 <= len(pdf) <= 16
        assert [i for i in range(120) if f"第{i}个问题" not in words] == []


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_axe_finds_nothing_serious(
    open_map: Callable[..., Any], data: GraphData, size: tuple[int, int]
) -> None:
    page = open_map(data, size=size).page
    for step in ("", "Suyin.map.select([...Suyin.map.visible][5])", "Suyin.link.setView('table')"):
        page.evaluate(step or "0")
        page.wait_for_timeout(200)
        found = [
            (v["id"], v["impact"], v["nodes"][0]["target"]) for v in Axe().run(page).response["violations"]
        ]
        assert [each for each in found if each[1] in ("serious", "critical")] == []


def test_axe_is_not_blind(open_map: Callable[..., Any], data: GraphData) -> None:
    page = open_map(data).page
    page.evaluate(
        "document.getElementById('search').removeAttribute('aria-label');"
        "document.getElementById('search').removeAttribute('placeholder')"
    )
    assert "label" in [v["id"] for v in Axe().run(page).response["violations"]]


def test_the_table_has_the_facts_and_leads_to_the_map(open_map: Callable[..., Any], data: GraphData) -> None:
    page = open_map(data).page
    page.click("[data-view=table]")
    assert page.is_hidden("#stage")
    row = page.inner_text("#table tbody tr:has-text('财务管理混乱') >> nth=0")
    assert "内部控制制度多年没有修订" in row
    assert "明示 0.95" in row
    assert "开展财务和工程领域专项整治" in row
    told = page.inner_text("#table")
    captions = [
        n.properties.get("headline") or n.properties.get("name") or n.properties["text"]
        for n in data.nodes
        if n.label in ("Problem", "RootCause", "Recommendation", "Effect", "Policy", "Unit")
    ]
    assert [c for c in captions if " ".join(c.split()) not in " ".join(told.split())] == []
    page.click("#table a >> text=内部控制制度多年没有修订 >> nth=0")
    page.wait_for_selector("#stage", state="visible")
    assert "内部控制制度多年没有修订" in page.inner_text("#panel h2")


def test_without_scripts_there_is_the_table(
    browser: Any, open_map: Callable[..., Any], data: GraphData, tmp_path: Path
) -> None:
    address = open_map(data).page.url.partition("#")[0]
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    assert page.is_visible("#table")
    assert "财务管理混乱" in page.inner_text("#table")
    assert page.is_hidden("#stage")
    page.close()


def test_the_picture_is_saved_as_svg(open_map: Callable[..., Any], data: GraphData, tmp_path: Path) -> None:
    opened = open_map(data, title="报告/标题")
    with opened.page.expect_download() as download:
        opened.page.click("#save")
    assert download.value.suggested_filename == "报告 标题.svg"
    download.value.save_as(tmp_path / "map.svg")
    words = "".join(ElementTree.parse(tmp_path / "map.svg").getroot().itertext())
    assert "理论学习不深不实" in words
    assert "报告/标题" in words
    assert opened.errors == []
