"""Each page answers on either database."""

from __future__ import annotations

import html
import os
import re
from collections import Counter
from urllib.parse import urlsplit

from fastapi.testclient import TestClient

from api.app import create_app
from api.lookups.kinds import BY_NAME
from graph.load import load
from graph.store import GraphStore
from tests.api.conftest import Lent
from tests.graph.data import audit, feedback, notice
from tests.web.conftest import HTML

FIRST = (
    "/",
    "/browse/questions",
    "/browse/compare?a=feedback&b=notice",
    "/browse/cypher",
    "/browse/upload",
    "/browse/suggest?q=%E8%B5%84%E9%87%91",
    "/browse/problems?q=%E8%B5%84%E9%87%91&facet=unit&sort=date",
    "/browse/maps/category/finance",
    "/browse/questions/report-overview",
    "/browse/questions/units-in-focus",
)


#: Pages of a kind that Neo4j, which plans each question anew, is asked for; that it understands all filters and
#: named queries is for tests/api/test_lookups.py and tests/graph/test_queries.py.
MOST = 2


def kind_of(address: str) -> str:
    """The path without the thing or the query that it names: /browse/units/ID."""
    return "/".join("ID" if i == 3 else part for i, part in enumerate(urlsplit(address).path.split("/")))


def test_what_the_first_pages_lead_to(store: GraphStore) -> None:
    """From the first pages along all links, two steps far: no page fails. On Neo4j some of each kind."""
    for make in (feedback, notice, audit):
        load(make(), store)
    all_of_them = bool(store._connected().server) or os.environ.get("SUYIN_FULL") == "1"
    asked = Counter[str]()
    with TestClient(create_app(lambda: Lent(store)), headers=HTML) as client:
        seen: set[str] = set()
        ahead = [
            *FIRST,
            *(f"/browse/{kind}" for kind in BY_NAME),
        ]
        for _ in range(2):
            behind, ahead = [at for at in dict.fromkeys(ahead) if at not in seen], []
            for address in behind:
                seen.add(address)
                asked[kind_of(address)] += 1
                if asked[kind_of(address)] > MOST and not all_of_them:
                    continue
                answer = client.get(address)
                assert answer.status_code == 200, (address, answer.text[-1500:])
                if answer.headers["content-type"].startswith("text/html"):
                    links = map(html.unescape, re.findall(r'(?:href|src)="(/browse/[^"#]*)', answer.text))
                    ahead += [at for at in links if "sign-" not in at and "lang=" not in at][:40]
