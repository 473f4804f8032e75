"""The page of a report: its text marked, its map beside it, its problems below, and judging them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import load_settings
from api.site.marked import Mark, paragraphs
from graph.judgements import Judgements
from graph.load import load
from graph.store import GraphStore
from tests.api.conftest import Lent
from tests.graph.data import feedback
from tests.web.conftest import HTML, PHONE, Visited
from viz.maps import id_on_page

PAGE = "/browse/reports/feedback"


@pytest.fixture
def filled(filled: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GraphStore:
    """With a file of judgements, which is not there yet."""
    monkeypatch.setattr(filled, "judgements_file", tmp_path / "judgements.csv")
    monkeypatch.setattr(filled, "judgements", Judgements())
    return filled


def drawn_lines(client: TestClient) -> str:
    """The lines of the map of the report, as its page has them."""
    return (
        client.get("/browse/reports/feedback/map").text.partition('"edges": ')[2].partition('"options": ')[0]
    )


def mark(start: int, end: int, kind: str, *ids: str) -> Mark:
    return Mark(start, -end, kind, ids)


def plain(markup: str) -> str:
    """The characters of a paragraph, with those that a gap stands for as line breaks."""
    text = re.sub(r'<i class="gap" data-c="(\d+)"></i>', lambda m: "\n" * int(m[1]), markup)
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def test_passages_nest_and_those_that_overlap_are_cut() -> None:
    found = sorted([mark(0, 10, "Problem", "p"), mark(2, 6, "RootCause", "c"), mark(8, 14, "Evidence", "e")])
    (one,) = paragraphs("0123456789abcdef", found)
    bare = re.sub(r"<svg.*?</svg>", "", one.html)
    assert bare == (
        '<span class="s k-Problem" id="c0-10" data-n="p">01<span class="s k-RootCause" id="c2-6" data-n="c">2345</span>67'
        '<span class="s k-Evidence" id="c8-14" data-n="e">89</span></span><span class="s k-Evidence" data-n="e">abcd</span>ef'
    )
    assert one.html.count("<svg") == 2  # a sign where a problem or cause begins


def test_every_character_keeps_its_place() -> None:
    text = "  关于<script>alert(1)</script>的通报\r\n\r\n一、存在问题\u202e\n（一）“账”实不符，\x00资金&amp;闲置𠀀。\n\n　　因监管不力。\n"
    found = sorted(
        [mark(0, len(text), "Problem", "p"), mark(5, 40, "Evidence", "e"), mark(30, 900, "Unit", "u")]
    )
    made = paragraphs(text, found)
    assert len(made) == 4
    for one in made:
        said = plain(one.html)
        assert said == text[one.at : one.at + len(said)].replace("\0", "\ufffd")
        assert "<script" not in one.html


def test_everything_of_the_report_is_on_the_page(client: TestClient) -> None:
    page = client.get(PAGE).text
    graph = client.get("/reports/feedback/graph").json()
    for node in graph["nodes"]:
        if node["label"] in ("Problem", "Evidence", "RootCause", "Effect", "Recommendation", "Measure"):
            assert re.search(rf'id="c{node["properties"]["start"]}-{node["properties"]["end"]}"', page), node
            assert f'data-n="{id_on_page(node["id"])}"' in page
        if node["label"] == "Problem":
            assert f'href="/browse/problems/{quote(node["id"], safe="")}"' in page
    for word in ("明示", "推断", "下载", "检查对象"):
        assert word in page
    for file in re.findall(r'href="(/reports/feedback/download/(?:csv|json)[^"]*)"', page):
        assert client.get(html.unescape(file)).status_code == 200
    assert "Outline of problems" in client.get(PAGE + "?lang=en").text
    assert client.get("/browse/reports/none").status_code == 404


@pytest.mark.parametrize("id_", ["a/b?c#d%e", "审计 1"])
def test_what_a_report_says_is_never_markup(client: TestClient, filled: GraphStore, id_: str) -> None:
    made = feedback(id_)
    title = "</script><script>alert('x')</script>\u202e" + "长" * 10_000
    load(replace(made, report=replace(made.report, title=title)), filled)
    address = f"/browse/reports/{quote(id_, safe='')}"
    answer = client.get(address)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert f'data-src="/reports/{quote(id_, safe="")}/map' in answer.text
    assert client.get(f"/reports/{quote(id_, safe='')}/download/csv").status_code == 200


def test_what_was_judged_is_told_with_who_when_and_why(client: TestClient) -> None:
    edge = next(e for e in client.get("/reports/feedback/graph").json()["edges"] if e["type"] == "CAUSED_BY")
    said = {"what": "CAUSED_BY", "left": edge["source"], "right": edge["target"]}
    client.post("/judgements", json={**said, "verdict": "confirmed", "by": "<王>", "why": "文中明说"})
    page = client.get(PAGE).text
    assert "✓ 已确认" in page
    assert "&lt;王&gt;" in page
    assert "文中明说" in page
    assert '"judged": "confirmed"' in drawn_lines(client)
    client.post("/judgements", json={**said, "verdict": "rejected", "by": "李"})
    page = client.get(PAGE).text
    assert "✓ 已确认" not in page
    assert "被否定或已不相符的" in page
    assert '"judged": "confirmed"' not in drawn_lines(client)
    assert id_on_page(edge["target"]) not in drawn_lines(client)


def test_who_may_not_write_is_told_so(filled: GraphStore) -> None:
    with TestClient(create_app(lambda: Lent(filled), load_settings(public="read")), headers=HTML) as reader:
        page = reader.get(PAGE).text
    assert "write 权限" in page
    assert 'class="small judge"' not in page
    assert "<dialog" not in page


def opened(visit: Callable[..., Visited], path: str = PAGE, **kwargs: Any) -> Any:
    page = visit(path, **kwargs).page
    page.wait_for_selector("iframe[data-ready=yes]")
    return page


@pytest.mark.browser
def test_text_and_map_show_each_other(visit: Callable[..., Visited], client: TestClient) -> None:
    cause = next(
        n for n in client.get("/reports/feedback/graph").json()["nodes"] if n["label"] == "RootCause"
    )
    n, own = id_on_page(cause["id"]), cause["properties"]
    page = opened(visit)
    page.hover(f'#paras .s[data-n="{n}"]')
    inside = page.frame_locator("#map iframe")
    page.locator(f'#findings .lit[data-n="{n}"]').first.wait_for()
    assert any(
        page.frames[1].evaluate("Suyin.map.hovered()") == n or page.wait_for_timeout(50) for _ in range(200)
    )
    page.click(f'#paras .s[data-n="{n}"]')
    inside.locator("#panel h2", has_text=own["text"][:10]).wait_for()
    assert page.locator("#here li").count() >= 1
    # the other way: what the map has chosen is marked in the text and the table
    row = page.locator("#findings th[data-n]").first
    inside.locator("#search").fill(row.locator("a").first.inner_text())
    inside.locator("#search").press("Enter")
    page.locator(f'#paras .s.chosen[data-n="{row.get_attribute("data-n")}"]').first.wait_for()
    assert page.locator("#findings th.chosen").count() == 1
    page.click('.kind[data-kind="Problem"]')
    assert page.locator("#paras .s.k-Problem:not(.off)").count() == 0


@pytest.mark.browser
def test_a_place_in_the_address_is_marked(visit: Callable[..., Visited], client: TestClient) -> None:
    text = client.get("/reports/feedback/text").json()["text"]
    start = len(text) - 30
    page = visit(f"{PAGE}#c{start}-{start + 9}").page
    said = page.evaluate("[...document.querySelectorAll('mark.place')].map((m) => m.textContent).join('')")
    assert said == text[start : start + 9].replace("\n", "")
    assert page.locator("mark.place").first.is_visible()


@pytest.mark.browser
def test_a_person_judges_and_takes_it_back(visit: Callable[..., Visited], client: TestClient) -> None:
    page = opened(visit)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#findings td button.judge").first.click()
    page.get_by_label("确认").check()
    page.get_by_label("谁判断").fill("王审计")
    page.get_by_label("为什么").fill("文中明说")
    page.get_by_role("button", name="记下").click()
    page.locator("#findings .judgement.confirmed", has_text="王审计").wait_for()
    assert [one["by"] for one in client.get("/reports/feedback/judgements").json()] == ["王审计"]
    page.locator("[data-withdraw]").click()
    page.locator("#findings .judgement").wait_for(state="detached")
    assert client.get("/reports/feedback/judgements").json() == []


@pytest.mark.browser
@pytest.mark.parametrize(("path", "size"), [(PAGE, (1280, 800)), (PAGE, PHONE), (PAGE + "?lang=en", PHONE)])
def test_the_page_in_a_browser(visit: Callable[..., Visited], path: str, size: tuple[int, int]) -> None:
    visited = visit(path, size=size)
    if size == PHONE:
        assert not visited.page.locator("#findings").is_visible()
        visited.page.click("#tab-findings")
        assert visited.page.locator("#findings").is_visible()
        assert not visited.page.locator("#text").is_visible()
    else:
        visited.page.wait_for_selector("iframe[data-ready=yes]")
    visited.check()
