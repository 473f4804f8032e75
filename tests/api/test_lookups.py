"""Look-ups of all eight kinds, alike on both stores: filters, facets, orders, names, links, quotes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.lookups.kind import Kind
from api.lookups.kinds import KINDS
from extract.model import Findings
from graph.load import load
from tests.api.conftest import Lent
from tests.conftest import _emptied
from tests.graph.data import Draft, audit, feedback, notice
from tests.viz import water_report


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("embedded", marks=pytest.mark.store),
        pytest.param("neo4j", marks=pytest.mark.neo4j),
    ],
)
def client(request: pytest.FixtureRequest) -> Iterator[TestClient]:
    """The service on the five reports; nothing here writes, so they are loaded once."""
    store = _emptied(request.getfixturevalue(f"_{request.param}_store"))
    for report in loaded():
        load(report, store)
    with TestClient(create_app(lambda: Lent(store)), raise_server_exceptions=False) as client:
        yield client


SAID = [kind for kind in KINDS if kind.report]
LINKED = [kind for kind in SAID if kind.label != "Problem"]


def ask(client: TestClient, address: str, **params: Any) -> dict[str, Any]:
    answer = client.get(address, params=params or None)
    assert answer.status_code == 200, (address, params, answer.text)
    found: dict[str, Any] = answer.json()
    return found


def ids(page: dict[str, Any]) -> list[str]:
    return [item["id"] for item in page["items"]]


def province() -> Findings:
    """A report of one place on a unit of another."""
    d = Draft("province", "audit-report", "关于青岳县档案馆的审计结果\n一、账册不全。\n", place="云岭省")
    problem = d.said("Problem", "账册不全", headline="账册不全", category="finance")
    bureau = d.named("Unit", "青岳县档案馆")
    d.link("INSPECTS", "province", bureau)
    d.link("CONCERNS", problem, bureau)
    return d.done()


def loaded() -> list[Findings]:
    return [feedback(), notice(), audit(), water_report.findings(), province()]


def linked(label: str, **wanted: Any) -> set[str]:
    """What the findings say: things of a label that one edge joins to a problem with these properties."""
    found = set()
    for report in loaded():
        nodes = {node.id: node for node in report.nodes}
        for edge in report.edges:
            ends = {nodes[edge.source].label: edge.source, nodes[edge.target].label: edge.target}
            own, problem = ends.get(label), nodes.get(ends.get("Problem", ""))
            if own and problem and wanted.items() <= problem.properties.items():
                found.add(own)
    return found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_facet_counts_what_its_filter_finds(client: TestClient, kind: Kind) -> None:
    whole = ask(client, f"/{kind.name}", facet=list(kind.facets), limit=200)
    assert whole["facets"].keys() == kind.facets.keys()
    assert whole["total"] == len(set(ids(whole))) > 0
    for name in kind.facets.keys() & set(kind.filters):
        assert whole["facets"][name], name
        for value in whole["facets"][name]:
            found = ask(client, f"/{kind.name}", **{name: value["value"]})
            assert found["total"] == value["count"] > 0, (name, value)
            again = ask(client, f"/{kind.name}", **{name: value["value"]}, facet=name)
            assert again["facets"][name] == whole["facets"][name], "a facet leaves its own filter aside"


def test_a_report_is_of_its_place_and_of_that_of_whom_it_inspects(client: TestClient) -> None:
    for kind in ("reports", "problems"):
        page = ask(client, f"/{kind}", report="province") if kind == "problems" else ask(client, f"/{kind}")
        counts = {
            value["value"]: value["count"]
            for value in ask(client, f"/{kind}", facet="place")["facets"]["place"]
        }
        for place in ("云岭省", "青岳县"):
            found = ask(client, f"/{kind}", place=place)
            assert found["total"] == counts[place]
            assert set(ids(page)) & set(ids(found)), place


@pytest.mark.parametrize("label", ["RootCause", "Measure", "Evidence"])
def test_what_is_linked_to_problems_of_a_category(client: TestClient, label: str) -> None:
    kind = next(kind for kind in KINDS if kind.label == label)
    for category in ("assets", "finance", "theory-study", "cadre"):
        found = ask(client, f"/{kind.name}", category=category, limit=200)
        assert set(ids(found)) == linked(label, category=category), category


#: (address, filters, what the texts begin with, in order)
FOUND: list[tuple[str, dict[str, str], list[str]]] = [
    ("/causes", {"report": "feedback"}, ["主要负责人", "内部监督"]),
    ("/causes", {"method": "inferred", "report": "feedback"}, ["内部监督"]),
    ("/causes", {"method": "explicit", "confidence": "0.95", "place": "青岳县"}, ["主要负责人"]),
    ("/causes", {"confidence": "0.96", "report": "feedback"}, []),
    ("/causes", {"q": "监督 流于", "unit": "县农业农村局"}, ["内部监督"]),
    ("/recommendations", {"cause_type": "responsibility", "report": "audit"}, ["明确岗位"]),
    ("/recommendations", {"category": "assets", "method": "inferred", "place": "青岳县"}, ["健全专项"]),
    ("/measures", {"status": "done"}, ["闲置的86万元"]),
    ("/measures", {"policy": "中国共产党巡视工作条例"}, ["正在修订"]),
    ("/measures", {"q": "８６万元"}, ["闲置的86万元"]),
    ("/evidence", {"q": "专项资金闲置86万元"}, ["县财政局拨付"]),
    ("/evidence", {"unit": "县农业农村局"}, ["2023年集中", "县财政局拨付"]),
    ("/problems", {"policy": "预算法", "report": "audit"}, ["未按《预算法》"]),
    ("/problems", {"policy": "预算", "report": "audit"}, ["未按《预算法》"]),
    ("/problems", {"method": "explicit", "place": "青岳县"}, ["学习贯彻"]),
    (
        "/problems",
        {"cause_type": "supervision", "method": "inferred", "confidence": "0.5", "place": "青岳县"},
        ["专项资金管理"],
    ),
    ("/problems", {"cause_type": "supervision", "method": "explicit", "place": "青岳县"}, []),
    ("/reports", {"unit": "县农业农村局", "sort": "title"}, ["关于巡察", "青岳县农业"]),
    ("/reports", {"date_from": "2023-11", "date_to": "2023"}, [water_report.TITLE[:4]]),
    ("/reports", {"date_from": "2023-12"}, []),
    ("/reports", {"date_to": "2023-11-29"}, []),
    ("/reports", {"q": "整改情况"}, ["青岳县农业"]),
    ("/reports", {"policy": "预算法"}, ["关于专项"]),
    ("/units", {"q": "财政局", "place": "青岳县"}, ["县财政局"]),
    ("/units", {"report": "audit"}, ["县财政局"]),
    ("/units", {"category": "assets", "place": "青岳县"}, ["青岳县农业农村局"]),
    ("/policies", {"report": "audit"}, ["中华人民共和国预算法"]),
    ("/policies", {"q": "预算法"}, ["中华人民共和国预算法"]),
    ("/policies", {"q": "《巡视工作条例》（试行）"}, ["中国共产党巡视"]),
    ("/policies", {"unit": "县农业农村局"}, ["中国共产党巡视"]),
]


def test_filters(client: TestClient) -> None:
    for address, filters, begins in FOUND:
        page = ask(client, address, **filters)
        said = [item.get("quote") or item.get("name") or item["title"] for item in page["items"]]
        assert [text[: len(begin)] for text, begin in zip(said, begins, strict=False)] == begins, (
            address,
            filters,
            said,
        )
        assert page["total"] == len(begins)


#: A value for each filter that leaves some of the five reports' things.
VALUES = {
    "q": "县",
    "category": "assets",
    "cause_type": "supervision",
    "unit": "县农业农村局",
    "policy": "条例",
    "place": "青岳县",
    "date_from": "2023",
    "kind": "inspection-feedback",
    "method": "inferred",
    "confidence": 0.5,
    "status": "done",
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_two_filters_leave_what_each_of_them_leaves(
    client: TestClient, kind: Kind, request: pytest.FixtureRequest
) -> None:
    """On Neo4j, which plans each pair anew, a third of them, always the same."""
    all_pairs = not request.node.get_closest_marker("neo4j") or os.environ.get("SUYIN_FULL") == "1"
    items = [item for item in ask(client, "/problems", limit=200)["items"] if item["part_of"]]
    values = VALUES | {"part_of": items[0]["part_of"], "problem": items[0]["part_of"], "report": "feedback"}
    alone = {
        name: set(ids(ask(client, f"/{kind.name}", **{name: values[name]}, limit=200)))
        for name in kind.filters
        if name in values
    }
    for name in kind.joined:
        for other in alone.keys() - {name}:
            if not all_pairs and crc32(f"{name} {other}".encode()) % 3:
                continue
            both = ask(client, f"/{kind.name}", **{name: values[name], other: values[other]}, limit=200)
            assert set(ids(both)) == alone[name] & alone[other], (name, other)
            assert both["total"] == len(both["items"]), (name, other)


def test_orders(client: TestClient) -> None:
    amounts = [p["amount"] or -1 for p in ask(client, "/problems", sort="amount", limit=200)["items"]]
    assert amounts[0] == 860000
    assert amounts == sorted(amounts, reverse=True)
    dates = [p["date"] or "" for p in ask(client, "/reports", sort="date")["items"]]
    assert dates == sorted(dates, reverse=True)
    cited = [p["citations"] for p in ask(client, "/policies", sort="citations")["items"]]
    assert cited == sorted(cited, reverse=True)
    assert ask(client, "/reports", sort="problems")["items"][0]["id"] == "r"
    without = ask(client, "/problems", sort="relevance")
    assert ids(without) == ids(ask(client, "/problems"))
    assert "ordered by report" in without["notes"][0]


def test_a_name_that_fits_several_units_says_so_and_lists_them(client: TestClient) -> None:
    page = ask(client, "/problems", unit="县财政局", sort="report")
    matches = page["matches"]["unit"]
    assert {match["place"] for match in matches} == {"青岳县", "云溪县", None}
    assert "县财政局 可指 3 个单位" in page["notes"][0]
    assert "fits 3" in page["notes"][0]
    apart = [ask(client, "/problems", unit=match["id"]) for match in matches]
    assert sorted(ids(page)) == sorted(id_ for found in apart for id_ in ids(found))
    assert all(p["notes"] == [] or p["total"] == 0 for p in apart)
    assert ask(client, "/problems", unit="县农业农村局")["notes"] == []
    assert ask(client, matches[0]["href"])["name"] == "县财政局"


@pytest.mark.parametrize("kind", SAID, ids=lambda kind: kind.name)
def test_each_item_quotes_its_report(client: TestClient, kind: Kind) -> None:
    texts = {report.report.id: report.source_text or "" for report in loaded()}
    page = ask(client, f"/{kind.name}", limit=200)
    for item in page["items"]:
        place = item["place"]
        assert texts[item["report"]["id"]][place["start"] : place["end"]] == item["quote"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_link_leads_somewhere(client: TestClient, kind: Kind) -> None:
    for item in ask(client, f"/{kind.name}", limit=2)["items"]:
        one = ask(client, item["links"]["self"])
        assert kind.label == "Report" or {**one, **item} == one, "one thing has all that its list tells"
        near = [n for group in one.get("neighbours", {}).values() for n in group]
        assert near or kind.label == "Report"
        hrefs = [n["href"] for n in near if n["href"]]
        hrefs += [p["href"] for p in item["problems"]] if kind in LINKED else []
        for address in {*item["links"].values(), *hrefs}:
            assert client.get(address).status_code in (200, *[404] * ("/quotes/" in address)), address


def test_lists_of_neighbours_agree_with_the_neighbours(client: TestClient) -> None:
    for problem in ask(client, "/problems", report="r")["items"]:
        near = ask(client, problem["links"]["self"])["neighbours"]
        for group in ("evidence", "measures", "items", "policies"):
            listed = ask(client, problem["links"][group])
            direct = {n["id"] for n in near.get(group, [])}
            assert direct <= set(ids(listed)), (problem["headline"], group)
            assert group == "policies" or direct == set(ids(listed))


def test_neighbours_tell_stated_from_inferred(client: TestClient) -> None:
    problem = ask(client, "/problems", q="学习贯彻不深入")["items"][0]
    near = ask(client, problem["links"]["self"])["neighbours"]
    (cause,) = near["causes"]
    assert (cause["method"], cause["cue"], cause["quote"]) == ("explicit", "由于", "主要负责人重视不够")
    assert cause["stated_at"]["start"] < cause["place"]["start"]
    assert [p["article"] for p in near["policies"]] == ["第三条"]
    (advice,) = near["recommendations"]
    assert (advice["method"], advice["confidence"]) == ("inferred", 0.8)
    listed = ask(client, advice["href"])
    assert [(p["id"], p["method"]) for p in listed["problems"]] == [(problem["id"], "inferred")]


def test_the_text_of_a_report_with_all_spans(client: TestClient) -> None:
    for report in loaded():
        text = ask(client, f"/reports/{report.report.id}/text")
        assert text["text"] == report.source_text
        nodes = [span for span in text["spans"] if span["what"] == "node"]
        assert {span["id"] for span in nodes} == {n.id for n in report.nodes if n.start is not None}
        assert len(nodes) == len({span["id"] for span in nodes})
        stated = [e for e in report.edges if e.type != "STATED_IN" and e.properties.get("start") is not None]
        edges = [span for span in text["spans"] if span["what"] == "edge"]
        assert sorted((s["label"], s["place"]["start"], s["place"]["end"]) for s in edges) == sorted(
            (e.type, e.properties["start"], e.properties["end"]) for e in stated
        )
        assert [s["place"]["start"] for s in text["spans"]] == sorted(
            s["place"]["start"] for s in text["spans"]
        )
    assert client.get("/reports/none/text").status_code == 404
