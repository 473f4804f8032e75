"""What HTTP asks of a good service: ETags, gzip, methods, request ids, a log, figures, a specification with links."""

from __future__ import annotations

import json
import logging
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient

from api.logs import write_logs
from api.lookups.items import MODELS
from api.lookups.kinds import KINDS
from graph.load import load
from graph.search import SEARCHABLE, split_words
from graph.store import GraphStore
from tests.api.test_lookups import ask
from tests.graph.data import feedback


def test_an_answer_that_is_known_is_not_sent_again(client: TestClient, filled: GraphStore) -> None:
    for address in (
        "/problems",
        "/reports/r/text",
        "/reports/r/map",
        "/openapi.json",
        "/docs",
        "/docs/docs.js",
    ):
        first = client.get(address)
        etag = first.headers["etag"]
        for known in (etag, f'"x", {etag}', "*", etag.removeprefix("W/")):
            again = client.get(address, headers={"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag), address
        assert client.get(address, headers={"If-None-Match": '"x"'}).content == first.content
        assert client.head(address, headers={"If-None-Match": etag}).status_code == 304
        assert client.head(address).headers["etag"] == etag
    etag = client.get("/problems").headers["etag"]
    load(feedback("another"), filled)
    assert client.get("/problems", headers={"If-None-Match": etag}).status_code == 200
    for address in ("/problems/none", "/health", "/metrics"):
        assert "etag" not in client.get(address).headers


def test_long_answers_are_compressed(client: TestClient) -> None:
    plain = client.get("/problems", headers={"Accept-Encoding": "identity"})
    packed = client.get("/problems")
    assert "content-encoding" not in plain.headers
    assert (packed.headers["content-encoding"], packed.content) == ("gzip", plain.content)
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.headers["etag"] == plain.headers["etag"]
    assert "content-encoding" not in client.get("/health").headers


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("PUT", "/reports", "GET, HEAD"),
        ("DELETE", "/problems/p1", "GET, HEAD"),
        ("PATCH", "/", "GET, HEAD"),
        ("OPTIONS", "/recommendations/related", "GET, HEAD, POST"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(
    client: TestClient, method: str, address: str, allowed: str
) -> None:
    answer = client.request(method, address)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_a_request_has_one_id_everywhere(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    given = client.get("/problems/none", headers={"X-Request-ID": "mine-1"})
    assert (given.headers["x-request-id"], given.json()["request_id"]) == ("mine-1", "mine-1")
    for wrong in ("", "a b", "x" * 65, "<script>"):
        made = client.get("/health", headers={"X-Request-ID": wrong}).headers["x-request-id"]
        assert len(made) == 32
        assert made != wrong
    caplog.set_level(logging.INFO, "suyin")
    client.get("/problems/p1/causes?")
    client.get("/problems", params={"q": "秘密"})
    lines = [record for record in caplog.records if record.name == "suyin.requests"]
    assert [vars(line)["route"] for line in lines] == ["/problems/{problem_id:id}/causes", "/problems"]
    assert (vars(lines[0])["path"], vars(lines[0])["status"], vars(lines[0])["method"]) == (
        "/problems/p1/causes",
        200,
        "GET",
    )
    assert "秘密" not in str([vars(line) for line in lines])


def test_the_log_is_json_with_the_id(
    client: TestClient, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    try:
        write_logs()
        client.get("/reports/无此报告", headers={"X-Request-ID": "mine-2"})
        logging.getLogger("suyin.api").warning("a %s", "b")
    finally:
        for handler in root.handlers:
            root.removeHandler(handler)
        root.setLevel(logging.WARNING)
        logging.getLogger("suyin").setLevel(logging.NOTSET)
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (
        first.items()
        >= {
            "event": "request",
            "logger": "suyin.requests",
            "level": "info",
            "request_id": "mine-2",
            "path": "/reports/无此报告",
            "status": 404,
        }.items()
    )
    assert (second["event"], second["level"]) == ("a b", "warning")


def test_figures_count_by_route_not_by_address(client: TestClient) -> None:
    for address in ("/problems/p1", "/problems/p2", "/nowhere", "/reports?kind=x"):
        client.get(address)
    client.head("/reports")
    text = client.get("/metrics").text
    for line in (
        'method="GET",route="/problems/{problem_id:id}",status="200"} 2.0',
        'route="none",status="404"} 1.0',
        'route="/reports",status="422"} 1.0',
        'method="HEAD",route="/reports",status="200"} 1.0',
        "suyin_http_requests_in_progress 1.0",
        "process_cpu_seconds_total",
    ):
        assert line in text, line
    assert "/nowhere" not in text


def spec_of(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_the_vocabularies_are_enums(client: TestClient) -> None:
    parameters = {p["name"]: p for p in spec_of(client)["paths"]["/problems"]["get"]["parameters"]}

    def words(name: str) -> list[str]:
        found: list[str] = parameters[name]["schema"]["enum"]
        return found

    assert {"finance", "other"} <= set(words("category"))
    assert {"institution", "external"} <= set(words("cause_type"))
    assert words("method") == ["explicit", "inferred"]
    assert "amount" in words("sort")
    assert "unit" in parameters["facet"]["schema"]["items"]["enum"]
    for name in ("category", "cause_type", "kind", "method"):
        for word in words(name):
            assert client.get("/problems", params={name: word, "limit": 1}).status_code == 200


def test_the_links_lead_on_and_the_examples_fit(client: TestClient) -> None:
    spec = spec_of(client)
    operations = {one["operationId"]: one for path in spec["paths"].values() for one in path.values()}
    answers = [answer for one in operations.values() for answer in one["responses"].values()]
    links = [link for answer in answers for link in answer.get("links", {}).values()]
    assert len(links) > 40
    for link in links:
        known = {f"{p['in']}.{p['name']}" for p in operations[link["operationId"]]["parameters"]}
        assert link["parameters"].keys() <= known
    examples = [
        (p["schema"], p["schema"]["examples"])
        for one in operations.values()
        for p in one.get("parameters", [])
        if "examples" in p["schema"]
    ]
    examples += [
        (schema, schema["examples"])
        for schema in spec["components"]["schemas"].values()
        if "examples" in schema
    ]
    assert len(examples) > 50
    for schema, given in examples:
        for example in given.values() if isinstance(given, dict) else given:
            jsonschema.validate(example, {**schema, "components": spec["components"]})


def test_the_examples_are_what_the_service_answers(client: TestClient) -> None:
    schemas = spec_of(client)["components"]["schemas"]
    for kind in KINDS:
        (example,) = schemas[MODELS[kind.label].__name__]["examples"]
        one = ask(client, example["links"]["self"])
        if kind.label != "Report":  # one report tells other things than its list
            assert {**one, **example} == one, kind.name


def test_what_can_be_searched_for_is_what_the_pattern_says() -> None:
    """The pattern in the specification and the folding that decides must not part."""
    import re

    pattern = re.compile(SEARCHABLE)
    for code in (*range(0xD800), *range(0xE000, 0x1_1000), 0xE0001, 0xE0FFF, 0xE1000):
        sign = chr(code)
        assert bool(pattern.search(sign)) == bool(split_words(sign) or not sign.strip()), hex(code)
