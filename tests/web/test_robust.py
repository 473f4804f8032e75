"""Bad input on all pages: hostile texts, ids that do not exist, an empty graph, a store that goes away, paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.errors import StoreAwayError
from graph.load import load
from graph.store import GraphStore
from tests.api.conftest import Lent, served
from tests.web.addresses import GONE, HOSTILE, OTHERS, OWN, SHOWING, hostile
from tests.web.conftest import HTML, PHONE, Visited

#: They ask nothing of the store.
FREE = (
    "/browse/questions",
    "/browse/questions/unit-dossier",
    "/browse/cypher",
    "/browse/sign-in",
    "/browse/upload",
)


@pytest.fixture
def hostile_site(embedded_store: GraphStore) -> Iterator[str]:
    load(hostile().done(), embedded_store)
    with served(create_app(lambda: Lent(embedded_store))) as at:
        yield at


@pytest.fixture
def asking(embedded_store: GraphStore) -> Iterator[TestClient]:
    with TestClient(
        create_app(lambda: Lent(embedded_store)), raise_server_exceptions=False, headers=HTML
    ) as client:
        yield client


@pytest.mark.browser
def test_hostile_texts_are_text(browser: Any, hostile_site: str) -> None:
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    complaints: list[str] = []
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in (*SHOWING, *OWN):
        page.goto(hostile_site + path)
        assert page.evaluate(
            "[window.broken ?? null, document.documentElement.scrollWidth > innerWidth]"
        ) == [None, False], path
        assert page.title().endswith("溯因"), path
    assert complaints == []
    page.close()


def test_hostile_texts_are_there(asking: TestClient, embedded_store: GraphStore) -> None:
    load(hostile().done(), embedded_store)
    text = asking.get("/browse/questions/causes-of-category?category=finance").text
    assert text.count("&lt;script&gt;") >= 4
    assert all(f"问题{i} " in text for i in range(len(HOSTILE)))
    for path in (*SHOWING, *OWN, *OTHERS):
        assert not re.search(
            r"<(script(?! type=\"module\" src=\"/static)|img|b on)", asking.get(path).text
        ), path
    # the id of the report leads to it, whatever it holds
    assert "a%2Fb%3Fc%3D1%26d%23e%2520f%27%22%3Cg%3E" in asking.get("/browse/questions/report-overview").text


@pytest.mark.parametrize("path", GONE)
def test_what_is_not_there_is_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"][:9]) == (404, "text/html")
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", [*SHOWING, *OTHERS])
def test_an_empty_graph(asking: TestClient, path: str) -> None:
    assert asking.get(path).status_code == 200


def test_the_store_goes_away_and_comes_back(filled: GraphStore) -> None:
    class Leaving(Lent):
        away = False

        def read(self, cypher: str, /, **params: Any) -> Any:
            self._look()
            return super().read(cypher, **params)

        def read_only(self, cypher: str, /, **params: Any) -> Any:
            self._look()
            return super().read_only(cypher, **params)

        def _look(self) -> None:
            if Leaving.away:
                raise StoreAwayError("the database is away; start it again")

    with TestClient(
        create_app(lambda: Leaving(filled)), raise_server_exceptions=False, headers=HTML
    ) as client:
        for path in (*SHOWING, *OTHERS):
            found = []
            for away in (False, True, False):
                Leaving.away = away
                answer = client.get(path)
                assert answer.headers["content-type"].startswith("text/html")
                assert (
                    not away
                    or path in FREE
                    or ("start it again" in answer.text and f'href="{path}"' in answer.text)
                )
                found.append(answer.status_code)
            assert found == ([200, 200, 200] if path in FREE else [200, 503, 200]), path


@pytest.mark.browser
def test_on_paper_nothing_is_cut(visit: Callable[..., Visited]) -> None:
    visited = visit("/browse/questions/report-overview")
    cells = visited.page.locator("td").all_inner_texts()
    assert cells
    document = pypdfium2.PdfDocument(visited.page.pdf(format="A4"))
    printed = "".join(page.get_textpage().get_text_range() for page in document)
    squeezed = re.sub(r"\s|[\u200b\ufffe]", "", printed)
    assert [cell for cell in cells if re.sub(r"\s", "", cell) not in squeezed] == []
