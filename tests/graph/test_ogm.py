"""The object view, on either store."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

pytest.importorskip("py2neo", reason="the extra `notebook` is not installed")

from graph.load import load
from graph.ogm import Policy, Problem, Recommendation, Report, RootCause, open_repository, table, to_frame
from graph.queries import QueryError, find_query, run_query
from graph.store import GraphStore
from tests.conftest import name_store
from tests.graph.data import audit, feedback


@pytest.fixture
def repository(store: GraphStore, named: None) -> Any:
    load(feedback(), store)
    load(audit(), store)
    return open_repository()


def test_from_a_report_to_its_recommendations(repository: Any) -> None:
    report = Report.match(repository, "feedback").first()
    assert report.kind == "inspection-feedback"
    problems = {p.headline: p for p in report.problems}
    assert list(problems) == ["学习贯彻不深入", "专项资金管理不规范", "会议记录不完整"]
    funds = problems["专项资金管理不规范"]
    assert [c.text for c in funds.causes] == ["内部监督流于形式"]
    assert [r.headline for r in funds.recommendations] == ["健全专项资金拨付台账"]
    assert funds.text == (feedback().source_text or "")[funds.start : funds.end]


def test_an_edge_tells_whether_the_report_says_so(repository: Any) -> None:
    assert len(Report.match(repository, "feedback").first().causes) == 2
    methods = {p.headline: p.causes.get(c, "method") for p in Problem.match(repository) for c in p.causes}
    assert methods == {
        "学习贯彻不深入": "explicit",
        "专项资金管理不规范": "inferred",
        "县财政局专项资金管理不到位": "explicit",
    }


def test_causes_items_and_recommendations(repository: Any) -> None:
    cause = RootCause.match(repository).where(type="responsibility").first()
    [whole] = cause.problems
    assert {item.number for item in whole.items} == {"1", "2"}
    [recommendation] = cause.recommendations
    assert isinstance(recommendation, Recommendation)
    assert [c.id for c in recommendation.causes] == [cause.id]
    assert [r.id for r in recommendation.reports] == ["audit"]


@pytest.mark.store
def test_the_embedded_store_may_only_be_read(
    embedded_store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_store(embedded_store, monkeypatch)
    with pytest.raises(Exception, match=r"(?i)not allowed|denied|permission"):
        open_repository().graph.run("CREATE (n:Report {id: 'x'})").consume()
    assert embedded_store.counts()["nodes"]["Report"] == 0


def test_the_service_does_not_import_it() -> None:
    code = "import sys, cli.program, api.app, graph.load, graph.queries; sys.exit('py2neo' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_units_and_policies(repository: Any) -> None:
    report = Report.match(repository, "feedback").first()
    [unit] = report.inspected
    assert {p.id for p in unit.problems} >= {p.id for p in report.problems}
    cited = {
        policy.name: policy for p in (*report.problems, *report.recommendations) for policy in p.policies
    }
    for policy in cited.values():
        assert {quoted.id for quoted in policy.cited} >= {p.id for p in policy.problems}
        assert Policy.match(repository, policy.id).first().name == policy.name


def test_tables(repository: Any, store: GraphStore) -> None:
    frame = table(repository, "causes-behind-categories", kind="audit-report")
    asked = run_query(store, "causes-behind-categories", kind="audit-report")
    assert frame.to_dict("records") == [dict(row) for row in asked.rows]
    assert list(frame) == list(asked.columns)
    assert list(table(repository, "unit-dossier", unit="nobody")) == list(find_query("unit-dossier").columns)
    with pytest.raises(QueryError, match="below must be a number"):
        table(repository, "inferred-to-check", below="little")
    problems = to_frame(Problem.match(repository))
    assert len(problems) == len(list(Problem.match(repository)))
