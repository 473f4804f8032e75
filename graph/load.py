"""One report into a store: build, check, write."""

from __future__ import annotations

from dataclasses import replace

from extract.model import Findings
from graph.build import build_graph, check_graph
from graph.data import GraphData
from graph.judge import judge
from graph.store import GraphStore, WriteSummary

_TEXT = ("MATCH (:Report {id: $id, sha256: $sha256, chars: $chars})"
         "-[:HAS_TEXT]->(source:SourceText) RETURN source.text AS text")


def load(findings: Findings, store: GraphStore, *, force: bool = False) -> WriteSummary:
    """Write the findings in the place of what the store had of this report, in one transaction.

    Findings that come without their text (from a document) keep the text that the store has of the same file,
    so a document over the same report loaded from its text changes nothing. A report whose graph is the same
    already is left alone (`status` unchanged) unless `force`.
    Units and policies are one or two as the store's file of judgements says (`store.judgements`).
    Raises GraphError where the findings are not as the schema says, StoreError where they cannot be written.
    """
    data = judge(build_graph(findings), store.judgements)
    if findings.source_text is None:
        data = _with_known_text(findings, store) or data
    return store.replace_report(data, force=force)


def _with_known_text(findings: Findings, store: GraphStore) -> GraphData | None:
    """The graph with the text of the same file that the store has; None where it has none.

    Raises GraphError where a quote is not its slice of that text.
    """
    report = findings.report
    for row in store.read(_TEXT, id=report.id, sha256=report.sha256, chars=report.chars):
        data = judge(build_graph(replace(findings, source_text=row["text"])), store.judgements)
        check_graph(data, store.schema)
        return data
    return None
