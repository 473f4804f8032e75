"""A key entered in a browser: the cookie, what it opens and what it does not, and the way from an error to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.access.hosts import COOKIE
from api.access.keys import KeyFile
from api.app import create_app
from api.settings import load_settings
from graph.store import GraphStore
from tests.api.conftest import Lent, served
from tests.web.conftest import HTML

OWN = {"Origin": "http://testserver"}


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


@pytest.fixture
def serve(embedded_store: GraphStore, tmp_path: Path) -> Callable[..., Any]:
    @contextmanager
    def service(base: str = "http://testserver", **given: Any) -> Iterator[TestClient]:
        app = create_app(
            lambda: Lent(embedded_store), load_settings(data_dir=tmp_path, **{"public": "none", **given})
        )
        with TestClient(
            app, raise_server_exceptions=False, headers=HTML, follow_redirects=False, base_url=base
        ) as client:
            yield client

    return service


def enter(client: TestClient, token: str, **fields: str) -> Any:
    return client.post(
        "/browse/sign-in", data={"key": token, **fields}, headers={"Origin": str(client.base_url).rstrip("/")}
    )


def test_from_an_error_to_the_page_that_was_wanted(
    serve: Callable[..., Any], keys: KeyFile, tmp_path: Path
) -> None:
    key, token = keys.create("审计处", ["read"])
    with serve() as client:
        refused = client.get("/browse/questions?lang=zh")
        assert refused.status_code == 401
        assert 'href="/browse/sign-in?next=%2Fbrowse%2Fquestions%3Flang%3Dzh"' in refused.text
        assert client.get("/browse/sign-in?next=%2Fbrowse%2Fquestions").status_code == 200
        wrong = enter(client, token[:-1])
        assert (wrong.status_code, COOKIE in client.cookies) == (401, False)
        assert "无效" in wrong.text
        answer = enter(client, f" {token} ", next="/browse/questions?lang=zh")
        assert (answer.status_code, answer.headers["location"]) == (303, "/browse/questions?lang=zh")
        assert {"httponly", "samesite=strict", "path=/"} <= {
            part.strip().lower() for part in answer.headers["set-cookie"].split(";")
        }
        assert not {"secure", "max-age"} & set(answer.headers["set-cookie"].lower().replace("=", " ").split())
        page = client.get("/browse/questions")
        assert (page.status_code, "审计处" in page.text) == (200, True)
        assert client.get("/reports", headers={"Accept": "*/*"}).status_code == 200
        # whom a link of another site led here, without the cookie, goes on at once
        assert client.get("/browse/sign-in?next=/browse/questions").headers["location"] == "/browse/questions"
        assert client.post("/browse/sign-out", headers=OWN).status_code == 303
        assert client.get("/browse/questions").status_code == 401
    log = (tmp_path / "audit.jsonl").read_text("utf-8")
    assert key.id in log
    assert token.rpartition("_")[2] not in log


def test_the_cookie_is_secure_on_https_and_kept_where_that_is_asked(
    serve: Callable[..., Any], keys: KeyFile
) -> None:
    with serve("https://testserver") as client:
        said = enter(client, keys.create("k", ["read"], days=1)[1], keep="1").headers["set-cookie"].lower()
    assert "secure" in said
    assert 86_000 < int(said.partition("max-age=")[2].partition(";")[0]) <= 86_400


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "x", "/a\r\nb"]
)
def test_it_leads_nowhere_else(serve: Callable[..., Any], keys: KeyFile, elsewhere: str) -> None:
    with serve() as client:
        assert enter(client, keys.create("k", ["read"])[1], next=elsewhere).headers["location"] == "/"


def test_only_pages_of_its_own_use_the_cookie(serve: Callable[..., Any], keys: KeyFile) -> None:
    with serve() as client:
        enter(client, keys.create("k", ["write"])[1])

        def get(**headers: str) -> int:
            return client.get(
                "/reports", headers={name.replace("_", "-"): value for name, value in headers.items()}
            ).status_code

        assert get(Sec_Fetch_Site="same-origin") == get(Sec_Fetch_Site="none") == get() == 200
        assert get(Sec_Fetch_Site="same-site") == get(Sec_Fetch_Site="cross-site") == 401
        assert get(Origin="http://testserver:1") == 401
        assert get(Sec_Fetch_Site="same-site", Sec_Fetch_Mode="navigate") == 200
        sent = {"files": {"file": ("a.exe", b"x")}}
        assert client.post("/uploads", **sent).status_code == 403
        assert client.post("/uploads", **sent, headers=OWN).status_code == 415
        assert client.post("/uploads", **sent, headers={"Origin": "https://evil.example"}).status_code == 403
        assert client.delete("/reports/none").status_code == 403
        # a program with a key needs no Origin
        client.cookies.clear()
        head = {"Authorization": f"Bearer {keys.create('p', ['write'])[1]}"}
        assert client.post("/uploads", **sent, headers=head).status_code == 415


def test_a_key_that_was_revoked_leaves_what_all_may(serve: Callable[..., Any], keys: KeyFile) -> None:
    key, token = keys.create("k", ["research"])
    with serve(public="read", cypher=True) as client:
        assert client.get("/browse/cypher").status_code == 401
        enter(client, token)
        assert client.get("/browse/cypher").status_code == 200
        keys.revoke(key.id)
        assert client.get("/browse/questions").status_code == 200
        refused = client.get("/browse/cypher")
        assert (refused.status_code, "revoked" in refused.text) == (401, True)


def test_where_no_key_is_needed_it_says_so(client: TestClient) -> None:
    page = client.get("/browse/sign-in").text
    assert "不需要密钥" in page
    assert 'name="key"' not in page
    assert "/browse/sign-in" not in client.get("/").text


@pytest.mark.browser
def test_in_a_browser(browser: Any, embedded_store: GraphStore, keys: KeyFile, tmp_path: Path) -> None:
    _, token = keys.create("<b>审计处", ["research"])
    settings = load_settings(data_dir=tmp_path, public="none", cypher=True)
    page = browser.new_context().new_page()
    with served(create_app(lambda: Lent(embedded_store), settings)) as at:
        page.goto(f"{at}/browse/cypher?lang=zh")
        page.click("main a.button")
        page.fill("[name=key]", token)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{at}/browse/cypher?lang=zh")
        assert page.inner_text(".who a") == "<b>审计处"
        assert page.evaluate("document.cookie").find("suyin_key") == -1
        page.fill("#query", "RETURN 1 AS one")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#answer td")
        page.click(".who button")
        page.wait_for_url(f"{at}/browse/sign-in")
        page.context.close()
