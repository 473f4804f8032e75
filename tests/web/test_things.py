"""The pages of one thing, of a unit over time, of two beside each other, and the maps of many reports."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

import pytest
from fastapi.testclient import TestClient

from api.lookups.kinds import BY_NAME
from graph.load import load
from graph.store import GraphStore
from tests.graph.data import Draft
from tests.web.conftest import PHONE, Visited

JSON = {"Accept": "application/json"}
KINDS = tuple(name for name in BY_NAME if name != "reports")


def one(client: TestClient, kind: str, **given: Any) -> dict[str, Any]:
    """The first of a list."""
    found: list[dict[str, Any]] = client.get(f"/{kind}", params={"limit": 1, **given}, headers=JSON).json()[
        "items"
    ]
    return found[0]


def unit(client: TestClient) -> str:
    return next(
        item["id"]
        for item in client.get("/units", params={"q": "农业农村局"}, headers=JSON).json()["items"]
        if item["inspected"] == 2
    )


def said(html: str) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html.split("<main", 1)[1]))


@pytest.mark.parametrize("kind", KINDS)
def test_each_thing_has_a_page_that_its_links_name_and_that_leads_to_its_neighbours(
    client: TestClient, kind: str
) -> None:
    item = one(client, kind)
    page = client.get(item["links"]["page"])
    assert page.status_code == 200
    assert item["links"]["page"] == f"/browse/{kind}/{quote(item['id'], safe='')}"
    assert item.get("headline", item.get("name", item.get("quote")))[:20] in page.text
    whole = client.get(item["links"]["self"], headers=JSON).json()
    shown = unquote(page.text)
    for group in whole["neighbours"].values():
        for near in group[:10]:
            if near["href"] and near["relation"] not in ("IN_CATEGORY", "OF_TYPE"):
                assert f"/browse{unquote(near['href'])}" in shown
    for address in {*re.findall(r'href="(/(?!browse|static)[^"#?]*)', page.text)}:
        if not address.endswith(("/pdf", "/png")):  # a browser of its own draws them
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_round_a_thing_comes_as_csv_too(client: TestClient, kind: str) -> None:
    item = one(client, kind)
    rows = list(csv.DictReader(io.StringIO(client.get(f"{item['links']['page']}/neighbours.csv").text)))
    whole = client.get(item["links"]["self"], headers=JSON).json()["neighbours"]
    assert [row["id"] for row in rows] == [near["id"] for group in whole.values() for near in group]


@pytest.mark.parametrize(
    "path",
    [
        *(f"/browse/{kind}/none" for kind in KINDS),
        "/browse/maps/policy/none",
        "/browse/maps/unit/none",
        "/browse/compare?a=none",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "none" in said(answer.text)


def test_the_page_of_a_problem_says_why_and_what_is_recommended_here_and_elsewhere(
    client: TestClient,
) -> None:
    problem = one(client, "problems", report="feedback", q="学习贯彻不深入")
    text = client.get(problem["links"]["page"]).text
    words = said(text)
    assert "主要负责人重视不够" in words
    assert "明示" in words
    assert "制定年度学习计划并逐月督办" in words
    assert "推断 0.80" in words
    place = problem["place"]
    assert f"/browse/reports/feedback#c{place['start']}-{place['end']}" in text
    related = client.get(f"/problems/{problem['id']}/recommendations", headers=JSON).json()["related"]
    assert related
    for other in related[:8]:
        assert other["recommendation"]["headline"] in words
        assert f"相近 {other['likeness']:.2f}" in words
        assert all(word in words for step in other["path"] for word in step["words"][:6])
    assert "0 毫不相干，1 完全一样" in words


def test_a_problem_leads_to_its_map_to_files_to_hand_on_and_to_causes_elsewhere(client: TestClient) -> None:
    problem = one(client, "problems", report="notice", q="专项资金拨付不及时")
    text = client.get(problem["links"]["page"]).text
    assert re.search(r'href="/browse/reports/notice/map#n=n[0-9a-f]{12}"', text)
    assert 'href="/reports/notice/download/html?lang=zh"' in text
    assert "没有说明原因" in text
    similar = said(text.partition('id="similar"')[2].join(("<main", "")))
    assert "专项资金管理不规范" in similar
    assert re.search(r"原因是 .*(明示|推断)", similar)
    ways = client.get("/browse/reports/notice/map").text.partition('class="ways"')[2].partition("</p>")[0]
    assert 'href="/browse/reports/notice"' in ways
    assert 'href="/reports/notice/download/html?lang=zh"' in ways
    assert 'href="/' not in client.get("/reports/notice/download/html").text


def test_an_error_says_in_words_what_is_wrong_and_leads_on(client: TestClient) -> None:
    gone = client.get("/browse/problems/none").text
    assert "这里没有内容" in gone
    assert '<a href="/browse/problems">' in gone
    wrong = said(client.get("/browse/problems?date_from=last").text)
    assert "日期不早于 写得不对。 如 2023 或 2023-06" in wrong


def test_stated_and_inferred_are_told_apart_in_english(client: TestClient) -> None:
    problem = one(client, "problems", report="feedback", q="专项资金管理不规范")
    words = said(client.get(problem["links"]["page"], params={"lang": "en"}).text)
    assert "inferred 0.55" in words
    assert "CNY 860,000" in words


def test_a_unit_over_time_counts_by_category_and_tells_what_recurs_and_is_open(client: TestClient) -> None:
    id_ = unit(client)
    words = said(client.get(f"/browse/units/{quote(id_, safe='')}").text)
    assert "历次报告 2" in words
    assert "反复出现" in words
    # the notice has a measure for the problem of the inspection that is its own
    assert re.search(r"已完成 +2", words)
    assert re.search(r"推进中 +2", words)
    assert "专项资金拨付不及时 已完成 与先前的一个相近 0.4" in words


def test_two_reports_beside_each_other(client: TestClient) -> None:
    text = client.get("/browse/compare", params={"a": "feedback", "b": "notice"}).text
    words = said(text)
    assert "两边都有 2" in words
    assert "只在甲 1 会议记录不完整 未见措施" in words
    assert "只在乙 0" in words
    assert "闲置的86万元已全部拨付到村" in words
    id_ = unit(client)
    same = said(client.get("/browse/compare", params={"a": id_, "b": id_}).text)
    assert "只在甲 0" in same
    assert client.get("/browse/compare").status_code == 200


def test_a_map_of_many_reports_leads_back_and_further_but_not_as_a_file(client: TestClient) -> None:
    policy = next(item for item in client.get("/policies", headers=JSON).json()["items"] if item["citations"])
    for path in (
        "/browse/maps/category/assets",
        f"/browse/maps/policy/{quote(policy['id'], safe='')}",
        f"/browse/maps/unit/{quote(unit(client), safe='')}",
    ):
        served, saved = client.get(path), client.get(path, params={"save": "true"})
        assert served.status_code == saved.status_code == 200
        assert 'href="/"' in served.text
        assert 'href="/' not in saved.text
        assert data(saved.text)["beyond"] == {}
        assert "attachment" in saved.headers["content-disposition"]


def test_what_is_round_a_box_is_fetched_from_the_graph(client: TestClient) -> None:
    page = data(client.get("/browse/maps/category/theory-study").text)
    records = {record["id"]: record for record in page["records"]}
    box, (count, address) = next(
        (id_, found) for id_, found in page["beyond"].items() if records[id_]["label"] == "Unit"
    )
    more = data(client.get(f"/browse/maps/category/theory-study{address}").text)
    assert len(more["records"]) > len(page["records"])
    assert count >= len(more["records"]) - len(page["records"]) - 2  # with the reports of what is new
    assert box not in more["beyond"]


def data(html: str) -> dict[str, Any]:
    """What a map holds."""
    found: dict[str, Any] = json.loads(html.split('id="map-data">', 1)[1].split("</script>", 1)[0])["page"]
    return found


EVIL = "</script><script>alert(1)</script>'\"&lt;\u202eevil"


@pytest.mark.parametrize("id_", ["县审〔2024〕3/7号", "a?b#c%2F", '"><img src=x onerror=alert(1)>'])
def test_what_reports_write_stays_text(client: TestClient, filled: GraphStore, id_: str) -> None:
    d = Draft(
        id_, "audit-report", place="青岳县", text=f"关于{EVIL}的报告\n一、{EVIL}资金闲置。\n{'长' * 10_000}\n"
    )
    d.said("Problem", f"{EVIL}资金闲置", number="一", headline=EVIL + "闲" * 10_000, category="assets")
    named = d.named("Unit", f"{EVIL}{id_}局")
    d.link("INSPECTS", id_, named)
    load(replace(d.done()), filled)
    problem = one(client, "problems", report=id_)
    units = client.get("/units", params={"report": id_}, headers=JSON).json()["items"]
    page = client.get(problem["links"]["page"]).text
    assert "alert(1)" in page
    for path in (
        problem["links"]["page"],
        units[0]["links"]["page"],
        f"/browse/compare?a={quote(id_, safe='')}&b=notice",
        "/browse/maps/category/assets",
        f"/browse/maps/unit/{quote(units[0]['id'], safe='')}",
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
    assert f'href="/browse/reports/{quote(id_, safe="")}#c' in page


@pytest.mark.browser
@pytest.mark.parametrize(("size", "lang"), [((1280, 800), "zh"), (PHONE, "en")])
def test_the_pages_in_a_browser(
    visit: Callable[..., Visited], client: TestClient, size: tuple[int, int], lang: str
) -> None:
    problem = one(client, "problems", report="feedback", q="学习贯彻不深入")
    for path in (
        problem["links"]["page"],
        f"/browse/units/{quote(unit(client), safe='')}",
        "/browse/compare?a=feedback&b=notice",
        one(client, "policies")["links"]["page"],
    ):
        visit(f"{path}{'&' if '?' in path else '?'}lang={lang}", size=size).check()


@pytest.mark.browser
def test_enter_on_a_box_fetches_what_is_round_it(visit: Callable[..., Visited]) -> None:
    visited = visit("/browse/maps/category/theory-study")
    page = visited.page
    page.wait_for_selector("[data-ready]")
    before = page.evaluate("Suyin.map.boxes.size")
    page.evaluate("""Suyin.map.select(Suyin.data.page.records.find(
        (record) => record.label === 'Unit' && Suyin.data.page.beyond[record.id]).id)""")
    page.focus("#network")
    page.keyboard.press("Enter")
    page.wait_for_url("**around=*")
    page.wait_for_selector("[data-ready]")
    assert page.evaluate("Suyin.map.boxes.size") > before
    assert page.evaluate("Suyin.map.selected()") is not None
    visited.check()
