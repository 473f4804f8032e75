"""From each node and edge to the characters, from the characters to the nodes and edges, and the check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from extract.model import Findings
from graph.build import build_graph
from graph.load import load
from graph.queries import run_query
from graph.store import GraphStore
from graph.verify import Checked, Violation, check_store
from tests.graph.data import audit, feedback, notice

ASTRAL = "𬭚"  # two units of UTF-16, one character


def astral(findings: Findings) -> Findings:
    """The same report behind a character that Java counts twice."""
    text, n = ASTRAL * 3 + (findings.source_text or ""), 3
    nodes = tuple(
        node if node.start is None else replace(node, start=node.start + n, end=(node.end or 0) + n)
        for node in findings.nodes
    )

    def moved(properties: Mapping[str, Any]) -> dict[str, Any]:
        return {k: v + n if k in ("start", "end") and v is not None else v for k, v in properties.items()}

    edges = tuple(replace(edge, properties=moved(edge.properties)) for edge in findings.edges)
    return Findings(replace(findings.report, chars=len(text)), nodes, edges, text)


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    for findings in (feedback(), astral(notice()), audit()):
        load(findings, store)
    return store


def write(store: GraphStore, cypher: str) -> None:
    """What nobody should do to the graph."""
    with store._connected().driver.session(database=store._connected().database) as session:
        session.execute_write(lambda tx: tx.run(cypher).consume())


def test_every_node_and_edge_leads_to_the_text_and_back(filled: GraphStore) -> None:
    for findings in (feedback(), astral(notice()), audit()):
        data, text = build_graph(findings), findings.source_text or ""
        wanted = [(n.label, n.id) for n in data.nodes if n.label not in ("SourceText",)]
        wanted += [(e.type, e.id) for e in data.edges]
        silent = []
        for label, id_ in wanted:
            rows = [
                row
                for row in run_query(filled, "source-quote", id=id_, around=4).rows
                if row["report_id"] == data.report_id
            ]
            for row in rows:
                start, end = row["start"], row["end"]
                assert (row["label"], row["file"], row["report"]) == (
                    label,
                    findings.report.name,
                    findings.report.title,
                )
                assert (row["quote"], row["before"], row["after"]) == (
                    text[start:end],
                    text[max(start - 4, 0) : start],
                    text[end : end + 4],
                )
                if row["basis"] == "own" and label not in ("Report", "STATED_IN"):
                    found = run_query(filled, "standing-at", report=data.report_id, start=start, end=end).rows
                    assert (label, id_, row["quote"]) in [
                        (f["label"], f["item_id"], f["quote"]) for f in found
                    ]
            if not rows:
                silent.append(label)
        # of a unit that is only inspected, nothing says in which words
        assert set(silent) <= {"HAS_TEXT", "NAMES", "INSPECTS", "ISSUED_BY", "Unit"}


def test_an_edge_without_a_place_stands_where_its_ends_do(filled: GraphStore) -> None:
    edge = next(
        e
        for e in build_graph(feedback()).edges
        if e.properties.get("method") == "inferred" and e.type == "CAUSED_BY"
    )
    rows = run_query(filled, "source-quote", id=edge.id, report="feedback").rows
    assert [(row["basis"], row["quote"][:6]) for row in rows] == [
        ("ends", "专项资金管理"),
        ("ends", "内部监督流于"),
    ]
    assert run_query(filled, "source-quote", id=edge.id, report="audit").rows == []


def test_what_stands_at_a_character_is_the_shortest_first(filled: GraphStore) -> None:
    at = (feedback().source_text or "").index("由于")
    rows = run_query(filled, "standing-at", report="feedback", start=at).rows
    assert [(row["what"], row["label"], row["to"]) for row in rows] == [
        ("edge", "CAUSED_BY", "主要负责人重视不够"),
        ("node", "Problem", None),
    ]
    assert run_query(filled, "standing-at", report="feedback", start=5000).rows == []


class TestCheck:
    def check(self, store: GraphStore) -> tuple[Checked, list[Violation]]:
        checked = Checked()
        return checked, list(check_store(store, checked))

    def test_a_store_as_it_was_loaded_is_right(self, filled: GraphStore) -> None:
        checked, faults = self.check(filled)
        assert not faults
        grounded = sum(n.start is not None for f in (feedback(), notice(), audit()) for n in f.nodes)
        placed = sum(
            e.type != "STATED_IN" and e.properties.get("start") is not None
            for f in (feedback(), notice(), audit())
            for e in f.edges
        )
        assert (checked.reports, checked.without_text, checked.quotes) == (3, 0, grounded + placed)

    def test_a_document_has_no_text_to_compare(self, store: GraphStore) -> None:
        load(replace(feedback(), source_text=None), store)
        checked, faults = self.check(store)
        assert (faults, checked.reports, checked.without_text) == ([], 1, 1)

    @pytest.mark.parametrize(
        ("harm", "fault"),
        [
            (
                "MATCH (n:RootCause {text: '主要负责人重视不够'}) SET n.text = '主要负责人很重视'",
                "its text is not what stands there: 主要负责人",
            ),
            (
                "MATCH (n:RootCause {text: '主要负责人重视不够'})-[s:STATED_IN]->() SET s.start = 1",
                "its STATED_IN edge gives another place",
            ),
            (
                "MATCH (n:RootCause {text: '主要负责人重视不够'})-[s:STATED_IN]->() SET n.start = 9000, n.end = 9009, s.start = 9000, s.end = 9009",
                r"its place is behind the end of the text \(\d+\)",
            ),
            ("MATCH (n:RootCause {text: '主要负责人重视不够'}) REMOVE n.end", "it has no place"),
            (
                "MATCH ()-[e:CAUSED_BY {cue: '由于'}]->() SET e.cue = '因为'",
                "its cue 因为 does not stand there: 由于",
            ),
            ("MATCH (r:Report {id: 'feedback'}) SET r.chars = 7", "its text has 186 characters"),
            (
                "MATCH (:Report {id: 'feedback'})-[e:MENTIONS]->() SET e.end = 9999",
                "its place is behind the end",
            ),
        ],
    )
    def test_what_was_changed_is_found(self, harm: str, fault: str, filled: GraphStore) -> None:
        write(filled, harm)
        _, faults = self.check(filled)
        assert len(faults) == 1
        assert faults[0].report == "feedback"
        assert re.match(fault, faults[0].fault)
