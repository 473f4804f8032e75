"""Each page answers on either database."""

from __future__ import annotations

import html
import re

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


def test_what_the_first_pages_lead_to(store: GraphStore) -> None:
    """From the first pages along all links, two steps far: no page fails."""
    for make in (feedback, notice, audit):
        load(make(), store)
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
                answer = client.get(address)
                assert answer.status_code == 200, (address, answer.text[-1500:])
                if answer.headers["content-type"].startswith("text/html"):
                    links = map(html.unescape, re.findall(r'(?:href|src)="(/browse/[^"#]*)', answer.text))
                    ahead += [at for at in links if "sign-" not in at and "lang=" not in at][:40]
