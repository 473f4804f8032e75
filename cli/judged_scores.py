"""Findings against what people judged: the lines of a file of judgements count as annotations.

Only what was judged counts. What is confirmed, or put in the place of what was found, is right where it is
found and missed where not; what is rejected or corrected away is wrong where it is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from rapidfuzz import fuzz

from extract.documents import read_document
from extract.evaluate.scoring import LIKENESS
from extract.evaluate.tally import ROWS, Comparison, Fault, Tally
from extract.model import Findings, SuyinError
from graph.build import build_graph
from graph.data import GraphData, GraphNode
from graph.judgements import read_judgements
from graph.quotes import FoldedText
from graph.review_find import Ends, Finder
from graph.reviews import Review
from graph.search import fold

_ROWS = {"Problem": "problems", "CAUSED_BY": "caused_by", "ADDRESSES": "addresses"}


def compare_judged(judgements: Path, findings: Path, *, tell: Callable[[str], object]) -> list[Comparison]:
    """Compare the findings documents (one, or all in a folder) with the judgements of their reports.

    `tell` is given a line on judgements whose report is not among them, as they do not count. Raises
    JudgementError, DocumentError, GraphError; SuyinError where there is nothing to compare.
    """
    if not judgements.is_file():
        raise SuyinError(f"{judgements}: 没有这个文件 no such file; suyin judge writes one")
    judged = read_judgements(judgements)
    used: set[Review] = set()
    comparisons = []
    for path in sorted(findings.glob("*.json")) if findings.is_dir() else [findings]:
        found = read_document(path)
        if of_it := judged.of_report(found.report.id, found.report.title):
            used.update(of_it)
            comparisons.append(_Counts(path.stem, found).compare(of_it))
    if not comparisons:
        raise SuyinError(f"{judgements}: 没有一条判断属于这些报告 no judgement is of a report in {findings}")
    if left := sum(one not in used for one in judged.reviews):
        tell(
            f"warning: {left} 条判断的报告不在其中，不计 judgements do not count: their reports are not in "
            f"{findings}"
        )
    return comparisons


class _Counts:
    """The counts of one report."""

    def __init__(self, name: str, findings: Findings) -> None:
        self.name, self.kind = name, findings.report.kind
        self.data: GraphData = build_graph(findings)
        self.finder = Finder(self.data, FoldedText.of(self.data))
        self.links = {
            (e.type, (e.source_label, e.source), (e.target_label, e.target)) for e in self.data.edges
        }
        self.rows: dict[str, Tally] = defaultdict(Tally)
        self.faults: list[Fault] = []

    def compare(self, reviews: list[Review]) -> Comparison:
        last: dict[object, tuple[Review, Ends | None]] = {}
        for one in reviews:
            ends = self.finder.ends(one)
            last[ends.finding if ends else (one.what, str(one.left), str(one.right))] = one, ends
        for one, ends in last.values():
            for row, right in self._said(one, ends):
                self._count(row, right, one)
        rows = {row: self.rows[row] for row in ROWS if self.rows[row]}
        return Comparison(self.name, self.kind, rows, tuple(self.faults), ())

    def _said(self, one: Review, ends: Ends | None) -> Iterator[tuple[str, str]]:
        """What each row counts for a judgement: right, wrong or missed."""
        row = _ROWS[one.what]
        if one.right is None:
            node = next((n for n in self.data.nodes if ends and (n.label, n.id) == ends.found[0]), None)
            if one.verdict == "rejected":
                yield from [(row, "wrong")] if node else []
                return
            yield row, "right" if node else "missed"
            yield from self._properties(one, node)
            return
        if one.verdict != "confirmed":  # also where what should be there instead is not
            old = self.finder.ends(replace(one, verdict="rejected"))
            if old and (one.what, *old.found) in self.links and not (ends and old.found == ends.right):
                yield row, "wrong"
        if one.verdict != "rejected":
            yield row, "right" if ends and (one.what, *ends.right) in self.links else "missed"

    def _properties(self, one: Review, node: GraphNode | None) -> Iterator[tuple[str, str]]:
        for row, key, sought in (
            ("headlines", "headline", one.headline),
            ("categories", "category", one.code),
        ):
            if sought:
                said = str(node.properties.get(key, "")) if node else ""
                same = (
                    said == sought
                    if key == "category"
                    else (fuzz.ratio(fold(said), fold(sought)) >= 100 * LIKENESS)
                )
                if node and not same:
                    yield row, "wrong"
                yield row, "right" if same else "missed"

    def _count(self, row: str, outcome: str, one: Review) -> None:
        self.rows[row] += Tally(**{outcome: 1})
        if outcome != "right":
            self.faults.append(Fault(self.name, outcome, row, f"line {one.line}: {one}"))
