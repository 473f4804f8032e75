"""What all pages have in common: language, policy, errors that are pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import PHONE, Visited


def test_chinese_first_and_english_by_a_switch_that_stays(client: TestClient) -> None:
    assert 'lang="zh-CN"' in client.get("/").text
    assert re.search(r'href="\?lang=en"', client.get("/").text)
    assert '<html lang="en">' in client.get("/?lang=en").text
    assert '<html lang="en">' in client.get("/").text
    assert '<html lang="zh-CN">' in client.get("/?lang=zh").text


def test_a_page_runs_only_what_the_package_brings(client: TestClient) -> None:
    answer = client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for address in re.findall(r'(?:src|href)="(/(?:static|browse/kinds)[^"]+)"', answer.text):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "path", ["/browse/nothing", "/reports/none", "/problems/none", "/?x=1", "/problems?limit=0"]
)
def test_an_error_is_a_page_for_a_browser_and_json_for_a_program(client: TestClient, path: str) -> None:
    page, plain = client.get(path), client.get(path, headers={"Accept": "*/*"})
    assert page.status_code == plain.status_code >= 400
    assert page.headers["content-type"].startswith("text/html")
    assert plain.headers["content-type"] == "application/problem+json"
    assert plain.json()["title"] in page.text


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1280, 800), PHONE])
@pytest.mark.parametrize("path", ["/", "/?lang=en"])
def test_the_first_page_in_a_browser(visit: Callable[..., Visited], path: str, size: tuple[int, int]) -> None:
    visit(path, size=size).check()
