"""Cursors: pages that follow each other whatever is loaded or deleted in between."""

from __future__ import annotations

import base64
import json
from typing import Any

from fastapi.testclient import TestClient

from api.lookups.kinds import KINDS
from graph.load import load
from graph.store import GraphStore
from tests.api.test_lookups import ask, ids
from tests.graph.data import feedback


def walk(client: TestClient, address: str, **params: Any) -> list[str]:
    """All ids, page by page."""
    found, cursor = [], ""
    while True:
        page = ask(client, address, **params, cursor=cursor)
        found += ids(page)
        if page["next"] is None:
            return found
        assert len(page["items"]) == params["limit"]
        cursor = page["next"]


def walk_back(client: TestClient, address: str, **params: Any) -> list[str]:
    """All ids, from the last page to the first."""
    page = ask(client, address, **params)
    while page["next"]:
        page = ask(client, address, **params, cursor=page["next"])
    found: list[str] = ids(page)
    while page["previous"]:
        page = ask(client, address, **params, cursor=page["previous"])
        found = ids(page) + found
    return found


def test_pages_are_the_list(client: TestClient) -> None:
    for kind, order in [(one, name) for one in KINDS for name in one.orders]:
        words = {"q": "资金"} if order == "relevance" else {}
        whole = ids(ask(client, f"/{kind.name}", sort=order, limit=200, **words))
        assert walk(client, f"/{kind.name}", sort=order, limit=max(1, len(whole) // 3), **words) == whole, (
            kind.name,
            order,
        )
        assert (
            walk_back(client, f"/{kind.name}", sort=order, limit=max(1, len(whole) // 3), **words) == whole
        ), (kind.name, order)
        by_offset = ask(client, f"/{kind.name}", sort=order, limit=2, offset=1, **words)
        assert ids(by_offset) == whole[1:3]


def test_what_is_loaded_or_deleted_in_between_moves_nothing(client: TestClient, filled: GraphStore) -> None:
    whole = ids(ask(client, "/problems", limit=200))
    first = ask(client, "/problems", limit=5)
    filled.delete_report("audit")  # it stood on the page before
    load(feedback("aaa"), filled)  # as does this one
    rest = ask(client, "/problems", limit=200, cursor=first["next"])
    assert ids(rest) == whole[5:]


#: What no list has given.
WRONG = [
    "x",
    "!",
    "e30",
    "W10",
    "WzEsMl0",
    "5rOV",
    base64.urlsafe_b64encode(b"[" * 3000).decode(),
    base64.urlsafe_b64encode(json.dumps(["x", {"id": []}]).encode()).decode(),
]


def test_a_cursor_holds_for_its_own_list(client: TestClient) -> None:
    for wrong in WRONG:
        answer = client.get("/problems", params={"cursor": wrong})
        assert (answer.status_code, "cursor" in answer.text) == (404, True)
    cursor = ask(client, "/problems", limit=2, category="assets")["next"]
    for other in ({}, {"category": "finance"}, {"category": "assets", "sort": "date"}):
        answer = client.get("/problems", params={"cursor": cursor, **other})
        assert (answer.status_code, "other filters" in answer.text) == (404, True)
    whole = ids(ask(client, "/problems", category="assets"))
    both = ask(client, "/problems", cursor=cursor, category="assets", offset=1)
    assert ids(both) == whole[3:], "an offset counts from the cursor"
    mark = json.loads(base64.urlsafe_b64decode(cursor + "=="))[0]
    for last in ({"id": "x"}, {"id": "x", "k0": [1], "k1": 2}, {"id": "x", "k0": 1, "k1": None}, "x"):
        forged = base64.urlsafe_b64encode(json.dumps([mark, last]).encode()).decode()
        answer = client.get("/problems", params={"cursor": forged, "category": "assets"})
        assert answer.status_code == 404
