"""What the pages ask of the graph themselves, on either database."""

from __future__ import annotations

import pytest

from api.app import create_app
from api.lookups.find import Question, find
from api.lookups.kinds import BY_NAME
from api.site.counted import Counted
from api.site.naming import names_with
from api.site.overview import read_overview, read_totals
from api.site.rows import read_rows
from api.site.suggest import _problems
from graph.load import load
from graph.store import GraphStore
from tests.graph.data import audit, feedback, notice

assert create_app  # it makes known how an id stands in an address


@pytest.fixture
def loaded(store: GraphStore) -> GraphStore:
    for make in (feedback, notice, audit):
        load(make(), store)
    return store


def test_the_overview(loaded: GraphStore) -> None:
    overview, totals = read_overview(loaded), read_totals(loaded)
    assert sum(one.reports for one in overview.reports) == totals["reports"] == 3
    assert sum(one.problems for one in overview.reports) == totals["problems"]
    assert sum(one.causes for one in overview.reports) == totals["causes"]
    assert {method for numbers in overview.causes.values() for method in numbers} == {"explicit", "inferred"}
    assert overview.categories[0].reports >= overview.categories[-1].reports >= 1


def test_what_is_offered_and_what_a_row_tells(loaded: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.site.counted.FIRST", 60)
    assert _problems(loaded, ["专项资金"]).offers[0].pieces[0] == ("专项资金", True)
    assert _problems(loaded, ["学"]).offers, "one character, of which the index says nothing"
    counted = Counted()
    [unit, *_] = names_with(loaded, counted, "units", ["农业农村局"], 5)
    assert "农业农村局" in unit.name
    assert names_with(loaded, counted, "policies", ["巡视", "条例"], 5)
    assert names_with(loaded, counted, "reports", ["反馈"], 5)[0].id == "feedback"
    kind = BY_NAME["problems"]
    rows = read_rows(loaded, kind, find(loaded, kind, Question({"report": "feedback"})).items, [])
    assert {cause.method for row in rows for cause in row.causes} == {"explicit", "inferred"}
    assert any(row.units for row in rows)
