"""What many reports say on a category, a policy, a unit, drawn together from the store."""

from __future__ import annotations

from collections import Counter

import pytest

from extract.model import SuyinError
from graph import gather
from graph.build import build_graph
from graph.data import GraphData
from graph.errors import QueryError
from graph.gather import beyond, gather_around, gather_category, gather_policy, gather_unit, join
from graph.load import load
from graph.read import read_graph
from graph.schema import load_schema
from graph.store import GraphStore
from tests.graph.data import audit, feedback, notice
from tests.viz import water_report
from viz.maps import draw_graph


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    for make in (feedback, notice, audit, water_report.findings):
        load(make(), store)
    return store


def captions(data: GraphData, label: str) -> set[str]:
    return {
        str(n.properties.get("headline") or n.properties.get("name") or n.properties.get("text"))
        for n in data.nodes
        if n.label == label
    }


def test_a_category_in_all_reports(filled: GraphStore) -> None:
    found = gather_category(filled, "assets")
    data = found.data
    assert (found.zh, found.more) == ("问题类别：资产与专项资金", {})
    assert captions(data, "Problem") >= {
        "专项资金管理不规范",
        "专项资金拨付不及时",
        "县财政局专项资金管理不到位",
        "拨付超过规定期限",
    }
    assert "学习贯彻不深入" not in captions(data, "Problem")
    assert captions(data, "RootCause") >= {"内部监督流于形式", "岗位职责不清"}
    assert captions(data, "Recommendation") >= {
        "健全专项资金拨付台账",
        "明确岗位职责",
    }  # one is for the cause alone
    assert captions(data, "Measure") == {"闲置的86万元已全部拨付到村"}
    assert captions(data, "Effect") >= {"12个村的机井停用"}
    assert Counter(e.type for e in data.edges)["PART_OF"] >= 1
    ids = {(n.label, n.id) for n in data.nodes}
    assert all((e.source_label, e.source) in ids and (e.target_label, e.target) in ids for e in data.edges)
    for report in ("feedback", "notice", "audit"):
        whole = read_graph(filled, report)
        assert whole is not None
        own = {n.id: n for n in whole.nodes}
        assert all(own[n.id] == n for n in data.nodes if n.id in own)
        assert {e.id: e for e in whole.edges}.items() >= {
            e.id: e
            for e in data.edges
            if e.source in own and e.source != report and "own_ids" not in e.properties
        }.items()
    assert "专项资金拨付不及时" in draw_graph(data, load_schema(), title=found.zh)


def test_a_policy_however_it_is_called(filled: GraphStore) -> None:
    by_alias, by_part = (gather_policy(filled, name).data for name in ("《预算法》", "人民共和国预算"))
    assert by_alias == by_part
    assert "未按规定核算" in captions(by_alias, "Problem")
    assert "拨付超过规定期限" not in captions(by_alias, "Problem")
    tour = gather_policy(filled, "中国共产党巡视工作条例").data  # also where only a measure cites it
    assert captions(tour, "Problem") >= {"学习贯彻不深入", "学习制度不健全"}


def test_a_unit_from_its_inspection_to_its_notice(filled: GraphStore) -> None:
    found = gather_unit(filled, "县农业农村局")
    # the third of the inspection names no unit, but the report is on one
    assert captions(found.data, "Problem") == {
        "学习贯彻不深入",
        "专项资金管理不规范",
        "会议记录不完整",
        "专项资金拨付不及时",
        "学习制度不健全",
    }
    assert {n.id for n in found.data.nodes if n.label == "Report"} == {"feedback", "notice"}
    again = gather_unit(
        filled,
        next(
            n.id
            for n in found.data.nodes
            if n.label == "Unit" and "县农业农村局" in (n.properties.get("aliases") or ())
        ),
    )
    assert again.data == found.data


def test_what_leads_out_of_a_graph_is_counted_and_comes_when_asked_for(filled: GraphStore) -> None:
    data = gather_category(filled, "theory-study").data
    named = {
        str(node.properties.get("name")): node for node in data.nodes if node.label in ("Unit", "Policy")
    }
    bureau = named["青岳县农业农村局"]
    assert beyond(filled, data)[bureau.id] == 3  # two problems of other categories, and who issued
    around = gather_around(filled, "Unit", bureau.id)
    assert captions(around, "Problem") == {
        "专项资金管理不规范",
        "专项资金拨付不及时",
        "学习贯彻不深入",
        "学习制度不健全",
    }
    more = join([data, around], "more")
    assert bureau.id not in beyond(filled, more)
    draw_graph(more, load_schema(), title="more")


def test_of_too_many_the_newest_with_a_stated_cause_and_what_is_left_is_counted(
    filled: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = gather_category(filled, "assets").data
    monkeypatch.setattr(gather, "MOST", 1)
    found = gather_category(filled, "assets")
    (problem,) = (n for n in found.data.nodes if n.label == "Problem")
    assert any(e.type == "CAUSED_BY" and e.properties["method"] == "explicit" for e in found.data.edges)
    assert problem.id in {n.id for n in every.nodes}
    assert found.more == {"Problem": len(captions(every, "Problem")) - 1}
    assert f"已略去：问题 {found.more['Problem']}" in draw_graph(
        found.data, load_schema(), title="t", more=found.more
    )


@pytest.mark.parametrize(
    ("ask", "name", "says"),
    [
        (gather_category, "money", "it is one of|near it are"),
        (gather_category, "safety", "no problem in the graph"),
        (gather_policy, "预算发", "预算法"),
        (gather_policy, "", "图中没有政策"),
        (gather_unit, "农业农村", "县农业农村局"),
        (gather_unit, "县财政局", "3 are called so; give an id"),
        (gather_unit, "' OR 1=1 //", "no unit"),
    ],
)
def test_a_name_that_is_none_or_of_two(filled: GraphStore, ask: object, name: str, says: str) -> None:
    assert callable(ask)
    with pytest.raises((QueryError, SuyinError), match=says):
        ask(filled, name)


def test_several_reports_as_one_graph() -> None:
    one, other = build_graph(feedback()), build_graph(notice())
    both = join([one, other, one], "both")
    ids = [(n.label, n.id) for n in both.nodes]
    assert len(ids) == len(set(ids))
    assert {n.id for n in both.nodes} == {n.id for n in (*one.nodes, *other.nodes)}
    assert {e.id for e in both.edges} == {e.id for e in (*one.edges, *other.edges)}
