"""Which units and policies are put before people as perhaps one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.model import Findings, Link, Mention
from graph.candidates import describe, find_candidates, find_named
from graph.errors import QueryError
from graph.judgements import Judgements, parse_judgements
from graph.load import load
from graph.store import GraphStore
from tests.graph.data import audit, feedback


def naming(place: str | None, *units: str, policies: tuple[str, ...] = (), report_id: str = "r") -> Findings:
    """A report that names these."""
    findings = replace(audit(report_id), report=replace(audit(report_id).report, place=place))
    nodes = [
        Mention(f"n{i}", "Unit", properties={"name": name.split("/")[0], "aliases": name.split("/")[1:]})
        for i, name in enumerate(units)
    ]
    nodes += [Mention(f"p{i}", "Policy", properties={"name": name}) for i, name in enumerate(policies)]
    edges = [
        Link("MENTIONS" if n.label == "Unit" else "REFERENCES", report_id, n.id, {"start": 0, "end": 3})
        for n in nodes
    ]
    stays = [n for n in findings.nodes if n.label not in ("Unit", "Policy")]
    ids = {n.id for n in stays}
    return Findings(
        findings.report,
        (*stays, *nodes),
        (*(e for e in findings.edges if {e.source, e.target} <= ids), *edges),
        findings.source_text,
    )


def found(store: GraphStore) -> dict[tuple[str, str], tuple[float, str]]:
    return {
        tuple(sorted((c.left.name, c.right.name))): (c.likeness, "; ".join(c.evidence))  # type: ignore[misc]
        for c in find_candidates(store, Judgements())
    }


def test_what_speaks_for_a_pair(store: GraphStore) -> None:
    load(
        naming(
            "青岳县",
            "县农业技术推广中心",
            "县农技推广中心",
            "县第一中学",
            "县第二中学",
            "县财政局",
            "县财政局国库股",
            "县众合小额贷款公司",
            "县恒远小额贷款公司",
        ),
        store,
    )
    load(
        naming(
            "江北市",
            "市财政局",
            "江北市青岳县财政局",
            report_id="r2",
            policies=(
                "中国共产党纪律处分条例",
                "中国共产党纪律处分条列",
                "中国共产党纪律处分条例实施细则",
                "公司章程院长负责制",
                "公司章程校长负责制",
            ),
        ),
        store,
    )
    load(naming("江南市", "市财政局", "市渔港中心", report_id="r3"), store)
    load(naming(None, "县财政局", "青岳县水利局", report_id="r4"), store)
    load(naming(None, "市渔港中心", report_id="r5"), store)
    load(naming(None, "市财政局", "鼓楼区财政局", report_id="r6"), store)
    pairs = found(store)
    assert pairs["县农业技术推广中心", "县农技推广中心"] == (
        0.7,
        "农技推广中心 may be short for 农业技术推广中心; both of 青岳县; both of level 县",
    )
    assert pairs["县财政局", "江北市青岳县财政局"][0] == 0.85
    assert pairs["县财政局", "县财政局"] == (
        0.8,
        "the same office 财政局; a report that names 县财政局 names 青岳县; of no known place and of 青岳县; both of level 县",
    )
    assert pairs["市渔港中心", "市渔港中心"][0] == 0.4
    assert 0.4 < pairs["中国共产党纪律处分条例", "中国共产党纪律处分条列"][0] < 0.6
    assert pairs["市财政局", "市财政局"][0] == 0.2  # of 江北市 or of 江南市: never these two
    names = {name for pair in pairs for name in pair}
    assert not names & {
        "县第一中学",
        "县第二中学",
        "县财政局国库股",
        "中国共产党纪律处分条例实施细则",
        "县众合小额贷款公司",
        "县恒远小额贷款公司",
        "公司章程院长负责制",
        "鼓楼区财政局",
    }


def test_a_name_of_one_is_an_alias_of_the_other(store: GraphStore) -> None:
    load(naming("青岳县", "县水利局/水务局", "水务局"), store)
    assert found(store)["县水利局", "水务局"] == (
        0.9,
        "both are called 水务局; both of 青岳县; both of level 县",
    )


def test_judged_pairs_are_left_out_and_rows_quote_the_text(store: GraphStore) -> None:
    load(feedback(), store)
    load(audit(), store)
    [pair] = [c for c in find_candidates(store, Judgements()) if c.left.label == "Unit"]
    [row] = describe(store, [pair])
    treasury = "left" if row["left_place"] else "right"
    assert "县财政局拨付" in row[f"{treasury}_quote"]
    assert row[f"{treasury}_report"] == "关于巡察县农业农村局党组的反馈意见"
    text = f"left,right,verdict\n{pair.left.id},{pair.right.id},unsure\n"
    assert pair not in find_candidates(store, parse_judgements(text))


def test_a_name_finds_its_node_or_says_why_not(store: GraphStore) -> None:
    load(feedback(), store)
    load(audit(), store)
    assert find_named(store, "县农业农村局").written == ("县农业农村局党组", "青岳县")
    assert find_named(store, "《预算法》").written == ("《中华人民共和国预算法》", "")
    with pytest.raises(QueryError, match=r"'县财政局' is the name of several: unit:.*give an id"):
        find_named(store, "县财政局")
    with pytest.raises(QueryError, match="there is no unit or policy"):
        find_named(store, "没有")
