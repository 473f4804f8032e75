"""Values that the vocabulary or the graph has not: refused or told, with the nearest ones."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from graph.load import load
from graph.queries import find_query, list_queries, run_query
from graph.store import GraphStore, QueryError
from graph.vocabulary import choices, nearest
from tests.graph.data import audit, feedback, notice


@pytest.mark.parametrize(
    ("name", "parameter", "value", "says"),
    [
        ("causes-of-category", "category", "finanse", "near it are: finance 财务管理"),
        ("causes-of-category", "category", "财务", "near it are: finance 财务管理"),
        ("causes-of-category", "category", "", "it is one of: theory-study 理论学习"),
        ("money-by-category", "kind", "audit", "near it are: audit-report 审计报告"),
        ("measures-by-status", "status", "finished", "it is one of: done, ongoing, long-term"),
        ("causal-chains", "method", "explicite", "near it are: explicit"),
        ("inferred-to-check", "edge", "caused_by", "near it are: CAUSED_BY"),
        ("cause-co-occurrence", "within", "reports", "near it are: report"),
        ("reports-over-time", "by", "day", "it is one of: year, month"),
        ("categories-across", "by", "", "place, level, year, round, kind"),
        ("unit-problems", "unit", ["a"], "unit must be a text"),
        ("problem-dossier", "problem", "“”", "must have a character"),
    ],
)
def test_a_value_that_is_none_is_refused(
    embedded_store: GraphStore, name: str, parameter: str, value: object, says: str
) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(embedded_store, name, **{parameter: value})
    assert f"{name}: {parameter} " in str(caught.value)
    assert says in str(caught.value)


def test_what_may_be_empty_may() -> None:
    for query in list_queries():
        for parameter in query.parameters:
            assert parameter.may_be_empty or parameter.default != "" or parameter.type == "string", query.name
    assert not find_query("causes-of-category").parameters[0].may_be_empty


def test_the_choices_are_those_of_the_rules() -> None:
    rules = tomllib.loads((files("extract") / "rules" / "measures.toml").read_text("utf-8"))
    said = set(re.findall(r"'status': '([\w-]+)'", str(rules)))
    status = next(p for p in find_query("measures-by-status").parameters if p.name == "status")
    assert set(choices(status.type) or ()) == said - {"planned"}  # which says nothing of what was done


def test_a_name_that_the_graph_lacks_is_told(store: GraphStore) -> None:
    for make in (feedback, notice, audit):
        load(make(), store)
    for name, values, says in [
        ("unit-problems", {"unit": "青岳县农业局"}, "unit 青岳县农业局; did you mean 青岳县农业农村局"),
        ("unit-dossier", {"unit": "农业农村局"}, "did you mean 青岳县农业农村局"),
        ("policy-citations", {"policy": "预算发"}, "did you mean 中华人民共和国预算法"),
        ("who-inspects-whom", {"unit": "某某某"}, "the graph has no unit 某某某"),
        ("standing-at", {"report": "feedbak", "start": 1}, "did you mean feedback "),
        ("report-outline", {"report": "县水务局"}, "the graph has no report 县水务局"),
    ]:
        answer = run_query(store, name, **values)
        assert (answer.rows, len(answer.notes)) == ([], 1)
        assert says in answer.notes[0]
    assert run_query(store, "unit-problems", unit="局党组").notes == ()


def test_the_nearest_come_in_order() -> None:
    names = ["青岳县财政局", "青岳县财政局党组", "白水县财政局", "青岳县水利局", "税务所"]
    assert nearest("青岳县财政", ((n, (n,)) for n in names))[:2] == ["青岳县财政局", "青岳县财政局党组"]
    assert nearest("", [("a", ("a",))]) == []
    assert len(nearest("财政局", ((f"{i}县财政局", (f"{i}县财政局",)) for i in range(50)))) == 5
