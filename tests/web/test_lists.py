"""Lists as pages: the API's filters, facets, orders and cursors, and what a report may hide in its words."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.lookups.kinds import KINDS
from api.site.hits import excerpt
from graph.load import load
from graph.search import split_words
from graph.store import GraphStore
from tests.graph.data import Draft
from tests.web.conftest import PHONE, Visited
from tests.web.test_home import links, total

FOUND = re.compile(r"共 ([\d,]+) 条")
HOSTILE = "<script>alert(1)</script>\"'></script>\u202e倒" + "长" * 10_000
AT = "a/b?c#d%e"


def shown(client: TestClient, address: str) -> int:
    """How many a page says that there are."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text)
    said = FOUND.search(answer.text)
    assert said, address
    return int(said[1].replace(",", ""))


def titles(page: str) -> list[str]:
    return [at for at, _ in links(page.partition('class="rows')[2], r"/browse/\w+/[^\"#?]+")]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_facet_leads_to_as_many_as_it_says(client: TestClient, kind: object) -> None:
    name = kind.name  # type: ignore[attr-defined]
    page = client.get(f"/browse/{name}").text
    assert shown(client, f"/browse/{name}") == total(client, f"/browse/{name}") > 0
    facets = page.partition('class="facets')[2].partition("</aside>")[0]
    narrowed = links(facets, r"/browse/[^\"]+")
    assert narrowed
    for at, words in narrowed:
        assert shown(client, at) == int(re.findall(r"[\d,]+$", words)[0]), (at, words)
    one = client.get(narrowed[0][0]).text
    assert 'aria-current="true"' in one
    assert (
        links(one.partition('class="chips"')[2].partition("</p>")[0], r"/browse/[^\"]*")[0][0]
        == f"/browse/{name}"
    )


@pytest.mark.parametrize("given", ["", "kind=inspection-feedback&", "sort=date&"])
@pytest.mark.parametrize("reports", [0, 1, 40])
def test_pages_go_on_and_back(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, reports: int, given: str
) -> None:
    """However many reports are looked at first; 0: as short lists are."""
    if reports:
        monkeypatch.setattr("api.lookups.blocks._FIRST", reports)
        monkeypatch.setattr("api.lookups.blocks._MANY", 0)
    whole = titles(client.get(f"/browse/evidence?{given}limit=200").text)
    at, found = f"/browse/evidence?{given}limit=3", []
    while at:
        page = client.get(at).text
        found.append(list(dict.fromkeys(titles(page))))
        at = next((to for to, words in links(page, r"/browse/evidence\?[^\"]*") if "下一页" in words), "")
    assert len(found) > 2
    before = next(to for to, words in links(page, r"/browse/evidence\?[^\"]*") if "上一页" in words)
    assert list(dict.fromkeys(titles(client.get(before).text))) == found[-2]
    assert {one for some in found for one in some} == set(whole)
    assert client.get("/browse/evidence?cursor=x").status_code == 404


def test_hits_are_marked_where_the_reader_sees_them(client: TestClient) -> None:
    page = client.get(f"/browse/problems?q={quote('资金')}").text
    assert "<mark>资金</mark>" in page
    assert excerpt("专项\n资　金闲置", split_words("项资金"), 50) == [
        ("专", False),
        ("项\n资　金", True),
        ("闲置", False),
    ]
    far = excerpt("无" * 300 + "“资金”", split_words("资金"), 100)
    assert far[0] == ("…", False)
    assert ("资金", True) in far
    assert (
        client.get(f"/browse/problems?q={quote('资金')}&category=&date_from=").history[0].status_code == 303
    )
    assert "Nothing fits" in client.get("/browse/problems?q=没有这样的词&category=finance&lang=en").text


def test_where_no_problem_has_the_words_those_that_are_like_them_stand_below(client: TestClient) -> None:
    page = client.get(f"/browse/problems?q={quote('资金拨付太慢')}").text
    below = page.partition('id="near"')[2]
    assert "共 0 条" in page
    assert "没有一字不差的" in page
    assert "专项资金管理不规范" in below.partition("<ol")[2].partition("</ol>")[0]
    advice = client.get(
        f"/recommendations/related?text={quote('资金拨付太慢')}", headers={"Accept": "*/*"}
    ).json()["items"]
    assert advice
    assert all(one["recommendation"]["headline"] in below for one in advice[:5])
    assert "所查的文字" in below
    # with another filter as well, what is like the words may be no answer
    assert 'id="near"' not in client.get(f"/browse/problems?q={quote('资金拨付太慢')}&category=finance").text
    # nor has a word that nothing is like anything below
    assert "没有足够相近的" in client.get("/browse/problems?q=@@").text
    assert 'id="near"' not in client.get("/browse/problems").text


def test_suggestions_lead_to_what_is_like_the_words(client: TestClient) -> None:
    offered = client.get(f"/browse/suggest?q={quote('资金拨付太慢')}").text
    assert "没有找到" in offered
    assert (
        links(offered, r"/browse/problems\?q=[^\"]*")[0][0] == f"/browse/problems?q={quote('资金拨付太慢')}"
    )
    assert "没有找到" not in client.get(f"/browse/suggest?q={quote('资金')}").text


def test_the_same_as_json_and_csv(client: TestClient) -> None:
    for kind in KINDS:
        page = client.get(f"/browse/{kind.name}?limit=1").text
        twins = dict(reversed(one) for one in links(page, r"/[^\"]*") if one[1] in ("JSON", "CSV"))
        listed = client.get(twins["JSON"], headers={"Accept": "*/*"}).json()
        assert len(listed["items"]) == 1
        rows = list(csv.DictReader(io.StringIO(client.get(twins["CSV"]).text)))
        assert len(rows) == listed["total"]
        assert rows[0]["id"] == listed["items"][0]["id"]


def test_an_ambiguous_unit_is_told_and_chosen(client: TestClient, filled: GraphStore) -> None:
    for place in ("甲县", "乙县"):
        draft = Draft(
            f"in {place}", "audit-report", f"关于{place}财政局的审计报告\n一、账目混乱。\n", place=place
        )
        draft.said("Problem", "账目混乱", headline="账目混乱", category="finance")
        draft.link("INSPECTS", draft.report.id, draft.named("Unit", "某某财政局"))
        load(draft.done(), filled)
    page = client.get(f"/browse/problems?unit={quote('某某财政局')}").text
    assert "可指 2 个单位" in page
    fits = page.partition('class="fits"')[2].partition("</p>")[0]
    chosen = [at for at, _ in links(fits, r"/browse/problems\?unit=[^\"]*")]
    assert [shown(client, at) for at in chosen] == [1, 1]


@pytest.fixture
def hostile(filled: GraphStore) -> GraphStore:
    draft = Draft(AT, "audit-report", f"{HOSTILE}\n{HOSTILE}账目。\n", place="<b>县</b>")
    draft.said("Problem", f"{HOSTILE}账目", headline=HOSTILE, category="finance")
    draft.link("INSPECTS", AT, draft.named("Unit", HOSTILE[:200]))
    load(draft.done(), filled)
    return filled


def test_words_of_a_report_do_nothing(hostile: GraphStore, client: TestClient) -> None:
    for path in (
        "/",
        "/browse/problems",
        "/browse/reports",
        "/browse/units",
        "/browse/suggest?q=alert",
        f"/browse/problems?report={quote(AT, safe='')}",
        "/browse/problems?place=%3Cb%3E%E5%8E%BF%3C%2Fb%3E",
        f"/browse/problems?q={quote(HOSTILE[:60])}",
        f"/browse/problems?unit={quote(HOSTILE[:60])}",
    ):
        page = client.get(path).text
        assert "<script>alert" not in page, path
        assert "<b>县" not in page, path
        assert len(page) < 200_000, path
    page = client.get("/browse/reports").text
    assert f'href="/browse/reports/{quote(AT, safe="")}"' in page
    assert html.escape("<script>alert") in page


@pytest.mark.browser
def test_the_facets_of_a_long_list_come_in_when_they_are_counted(
    visit: Callable[..., Visited], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.site.lists._MANY", 1)
    monkeypatch.setattr("api.site.counted.FIRST", 0)
    visited = visit("/browse/problems?facet=unit")
    visited.page.locator(".facets section").first.wait_for()
    visited.check()
    words = visited.page.locator(".facets").inner_text()
    assert "单位" in words
    assert visited.page.locator(".facets a", has_text="政策").get_attribute("href").count("facet=") == 2


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("/browse/problems", PHONE),
        (f"/browse/problems?q={quote('资金')}&lang=en", (1280, 800)),
        ("/browse/units", PHONE),
    ],
)
def test_a_list_in_a_browser(
    hostile: GraphStore, visit: Callable[..., Visited], path: str, size: tuple[int, int]
) -> None:
    visited = visit(path, size=size)
    visited.check()
    assert visited.page.locator(".rows > li").count() > 1
    facets = visited.page.locator(".facets .all")
    assert (facets.get_attribute("open") is None) == (size == PHONE)
