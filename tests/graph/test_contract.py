"""One contract on two stores: each named query gives the same rows in the same order on generated reports too."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from bench.corpus import as_source, generate
from extract.pipeline import build_nlp, extract_source
from graph.load import load_many
from graph.queries import NamedQuery, list_queries, run_query
from graph.store import GraphStore, WriteSummary

#: How many reports; `make test-full` takes more.
REPORTS = int(os.environ.get("SUYIN_REPORTS", "200"))
#: What the graph itself has for a parameter that must be given: the fullest of its kind, and one in the middle.
VALUES = {
    "category": "MATCH (p:Problem) RETURN p.category AS value, count(p) AS n ORDER BY n DESC, value",
    "unit": "MATCH (u:Unit)<-[:INSPECTS]-(:Report)<-[e:STATED_IN]-(:Problem) RETURN u.name AS value, count(e) AS n "
            "ORDER BY n DESC, value",
    "policy": "MATCH (u:Policy)<-[e]-() RETURN u.name AS value, count(e) AS n ORDER BY n DESC, value",
    "problem": "MATCH (p:Problem) RETURN p.headline AS value, count(p) AS n ORDER BY n DESC, value",
    "text": "MATCH (p:Problem) WHERE p.headline =~ '[\\u4e00-\\u9fff]{6,}' RETURN p.headline AS value, count(p) AS n ORDER BY n DESC, value",
    "report": "MATCH (r:Report)<-[e:STATED_IN]-() RETURN r.id AS value, count(e) AS n ORDER BY n DESC, value",
    "id": "MATCH (p:Problem)<-[e]-() RETURN p.id AS value, count(e) AS n ORDER BY n DESC, value",
}
START = 100


@pytest.fixture
def both(embedded_store: GraphStore, neo4j_store: GraphStore) -> tuple[GraphStore, GraphStore]:
    """The stores with the same reports, which came to one of them in the opposite order."""
    nlp = build_nlp()
    found = [extract_source(as_source(*made), nlp=nlp) for made in generate(5, REPORTS)]
    for store in (embedded_store, neo4j_store):
        outcomes = list(load_many(found, store))
        assert all(isinstance(outcome, WriteSummary) for outcome in outcomes), outcomes
        found.reverse()
    return embedded_store, neo4j_store


def asked(query: NamedQuery, store: GraphStore) -> Iterator[dict[str, Any]]:
    """Parameters to try: the defaults with values from the graph, all of the rows, and the example's."""
    needed = [p.name for p in query.parameters if p.default is None]
    limit = {p.name: 10_000 for p in query.parameters if p.name == "limit"}
    found = {name: [row["value"] for row in store.read(VALUES[name])] for name in needed if name in VALUES}
    start = {"start": START} if "start" in needed else {}
    for at in (0, 0.5):
        values = {name: each[int(at * len(each))] for name, each in found.items()}
        yield {**values, **start}
        yield {**values, **start, **limit}
    yield {**query.example, **limit}


def test_every_query_on_generated_reports(both: tuple[GraphStore, GraphStore]) -> None:
    here, there = both
    assert here.digest() == there.digest()
    assert here.counts() == there.counts()
    answered = set()
    for query in list_queries():
        for parameters in asked(query, here):
            rows, same = (run_query(store, query.name, **parameters) for store in both)
            assert rows == same, (query.name, parameters)
            answered |= {query.name} if rows.rows else set()
    silent = {query.name for query in list_queries()} - answered
    # no unit of theirs is inspected twice
    assert silent <= {"recurring-after-rectification", "recurring-problems-of-unit", "unlinked-recommendations"}, silent


def test_deletions_leave_the_same(both: tuple[GraphStore, GraphStore]) -> None:
    gone = [row["id"] for row in both[0].read("MATCH (r:Report) RETURN r.id AS id ORDER BY id")][::2]
    for store in both:
        assert all(store.delete_report(report_id) for report_id in gone)
    assert both[0].digest() == both[1].digest()
