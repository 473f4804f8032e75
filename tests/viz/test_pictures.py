"""suyin draw: several reports, ids, what the graph says on one thing; pages and pictures."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image

from cli.drawing import draw_about, draw_reports
from extract.model import SuyinError
from graph.build import build_graph
from graph.load import load
from graph.schema import load_schema
from graph.store import GraphStore
from tests.conftest import name_store
from tests.graph.data import feedback, notice
from tests.support.browser import need_chromium
from tests.support.commands import ENERGY, SIX_UNITS, done, suyin
from tests.viz import water_report
from viz.maps import draw_graph
from viz.pictures import check_name, write_map

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> str:
    path = need_chromium()
    monkeypatch.setenv("SUYIN_CHROMIUM", path)
    return path


@pytest.mark.browser
def test_an_svg_says_all_that_the_page_shows(chromium: str, tmp_path: Path) -> None:
    bad = "<b>&amp;\x0c\u202e</svg><script>1</script>"
    data = build_graph(water_report.findings(script=bad))
    page = draw_graph(data, load_schema(), title=f"标题{bad}")
    with ThreadPoolExecutor(
        1
    ) as thread:  # playwright allows one of it in a thread, and the tests have theirs
        thread.submit(write_map, tmp_path / "map.svg", page).result()
    root = ElementTree.parse(tmp_path / "map.svg").getroot()
    assert {element.tag for element in root.iter()} == {f"{SVG}{tag}" for tag in ("svg", "path", "text")}
    words = "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    shown = ("Problem", "RootCause", "Recommendation")
    lines = re.search(r'id="map-data">(.*?)</script>', page, re.DOTALL)
    assert lines
    boxes = [n for n in json.loads(lines[1])["nodes"] if n.get("kind") in shown]
    assert len(boxes) > 50
    assert [
        b["label"] for b in boxes for line in b["label"].replace("\x0c", "").split("\n") if line not in words
    ] == []
    assert any(path.get("stroke-dasharray") for path in root.iter(f"{SVG}path"))


@pytest.mark.browser
def test_commands_write_what_the_name_says(chromium: str, tmp_path: Path) -> None:
    done("draw", ENERGY, SIX_UNITS, "-o", tmp_path / "two.pdf", SUYIN_CHROMIUM=chromium, SUYIN_READER="rules")
    sheets = list(pypdfium2.PdfDocument(tmp_path / "two.pdf"))
    words = "".join("".join(s.get_textpage().get_text_bounded().split()) for s in sheets)
    assert "2份报告" in words
    assert len(sheets) > 1
    done("draw", ENERGY, "-o", tmp_path / "map.png", SUYIN_CHROMIUM=chromium, SUYIN_READER="rules")
    with Image.open(tmp_path / "map.png") as picture:
        assert picture.format == "PNG"
        assert min(picture.size) > 800
        assert len(picture.convert("RGB").getcolors(2**20)) > 50
    assert sorted(p.name for p in tmp_path.iterdir()) == ["map.png", "two.pdf"]


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_without_a_browser_one_line_says_what_is_needed(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"map.{ending}"
    run = suyin("draw", ENERGY, "-o", out, SUYIN_CHROMIUM=tmp_path / "nothing")
    assert run.returncode == 1
    (line,) = run.stderr.splitlines()
    assert str(out) in line
    assert "SUYIN_CHROMIUM" in line
    assert ".html" in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["map.gif", "map", "map.html.docx"])
def test_no_page_under_another_name(tmp_path: Path, name: str) -> None:
    run = suyin("draw", ENERGY, "-o", tmp_path / name)
    assert run.returncode == 1
    assert f"{tmp_path / name}: " in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_page_needs_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUYIN_CHROMIUM", "/nothing")
    check_name(Path("map.HTML"))


def test_from_the_graph(embedded_store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    name_store(embedded_store, monkeypatch)
    for make in (feedback, notice):
        load(make(), embedded_store)
    title = feedback().report.title
    for name in ("feedback", title):
        assert f'<h1 title="{title}"' in draw_reports([name], "zh", "rules")
    assert "2 份报告" in draw_reports(["notice", str(SIX_UNITS)], "zh", "rules")
    assert '<h1 title="Category: ' in draw_about("category", "assets", "en")
    for name, says in (("no-such-report", "no such report"), ("missing.txt", r"missing\.txt")):
        with pytest.raises(SuyinError, match=says):
            draw_reports([name], "zh", "rules")
    with pytest.raises(SuyinError, match="没有单位"):
        draw_about("unit", "没有", "zh")


@pytest.mark.parametrize("args", [[], [ENERGY, "--unit", "x"], ["--unit", "x", "--policy", "y"]])
def test_one_thing_at_a_time(args: list[object], tmp_path: Path) -> None:
    run = suyin("draw", *args, "-o", tmp_path / "no.html")
    assert run.returncode == 2
    assert "--category, --policy, --unit" in run.stderr
    assert list(tmp_path.iterdir()) == []
