"""Reports into a store: build, check, write; one, or many that share transactions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from typing import TypeAlias

from extract.model import Findings
from graph.build import build_graph, check_graph
from graph.data import GraphData
from graph.errors import StoreAwayError, StoreError
from graph.judge import judge
from graph.patience import PATIENCE, Patience
from graph.store import GraphStore, WriteSummary

#: Nodes and edges of one transaction: more cost the database memory, fewer the load time.
ROWS = 50_000
#: While nothing is being written, one part in so many of ROWS is enough to begin.
EAGER = 10
#: Seconds after which a transaction takes no more reports: reading scans is slow, and what waits can be lost.
WAIT = 2.0
#: What became of a report: what was written, or why nothing was.
Outcome: TypeAlias = WriteSummary | Exception

_TEXTS = (
    "UNWIND $reports AS row MATCH (r:Report {id: row.id})-[:HAS_TEXT]->(source:SourceText) "
    "WHERE r.sha256 = row.sha256 AND r.chars = row.chars RETURN row.id AS id, source.text AS text"
)


def load(findings: Findings, store: GraphStore, *, force: bool = False) -> WriteSummary:
    """Write the findings in the place of what the store had of this report, in one transaction.

    Findings that come without their text (from a document) keep the text that the store has of the same file,
    so a document over the same report loaded from its text changes nothing. A report whose graph is the same
    already is left alone (`status` unchanged) unless `force`.
    Units and policies are one or two as the store's file of judgements says (`store.judgements`).
    Raises GraphError where the findings are not as the schema says, StoreError where they cannot be written.
    """
    batch = _Batch(store)
    batch.add(findings)
    [outcome] = batch.write(force, Patience(0))
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def load_many(
    reports: Iterable[Findings | Exception],
    store: GraphStore,
    *,
    force: bool = False,
    rows: int = ROWS,
    patience: float = PATIENCE,
    tell: Callable[[str], object] = lambda line: None,
    took: Callable[[str, float], object] = lambda stage, seconds: None,
) -> Iterator[Outcome]:
    """`load` for each report: what became of it or why it failed, in their order; the others go on.

    Reports share transactions of about so many `rows` (nodes and edges), or of those that come in WAIT
    seconds; while one is written, the reports of the next are read and built. Where one fails it is halved
    until the bad report is alone. An exception among the reports (one that could not be read) stays in its
    place. A database that goes away is waited for, `patience` seconds each time, and `tell` is given a line
    then; reports whose transaction was committed though its answer was lost are `unchanged`. `took` is
    told of the seconds of the stages `building` and `writing`, of the second in another thread.
    """
    batch, written = _Batch(store), Future[list[Outcome]]()
    written.set_result([])

    def hand_over() -> list[Outcome]:
        nonlocal batch, written
        done = written.result()
        batch, written = _Batch(store), writer.submit(write, batch)
        return done

    def write(full: _Batch) -> list[Outcome]:
        began = time.perf_counter()
        outcomes = full.write(force, waits)
        took("writing", time.perf_counter() - began)
        return outcomes

    with ThreadPoolExecutor(1, "suyin-load") as writer, closing(Patience(patience, tell)) as waits:
        for report in reports:
            if batch.has(report):
                yield from hand_over()  # the earlier one is written first, so that the later one replaces it
            began = time.perf_counter()
            batch.add(report)
            took("building", time.perf_counter() - began)
            enough = rows // EAGER if written.done() else rows
            if batch.rows >= enough or time.monotonic() > batch.began + WAIT:
                yield from hand_over()
        yield from hand_over()
        yield from written.result()


class _Batch:
    """Reports that wait for their transaction, each of another id; among them those that have failed."""

    def __init__(self, store: GraphStore) -> None:
        self.store = store
        self.reports: list[Findings | Exception] = []
        self.graphs: list[GraphData | Exception] = []  # of each report, or why it has none
        self.ids: set[str] = set()
        self.began = time.monotonic()
        self.rows = 0

    def has(self, report: Findings | Exception) -> bool:
        return isinstance(report, Findings) and str(report.report.id) in self.ids

    def add(self, report: Findings | Exception) -> None:
        graph = _build(report, self.store) if isinstance(report, Findings) else report
        self.reports.append(report)
        self.graphs.append(graph)
        if isinstance(graph, GraphData):
            self.ids.add(graph.report_id)
            self.rows += len(graph.nodes) + len(graph.edges)

    def write(self, force: bool, patience: Patience) -> list[Outcome]:
        """Returns what became of each, in their order."""
        try:
            graphs = patience.insist(lambda: _with_known_texts(self.reports, self.graphs, self.store))
        except StoreError as err:
            return [graph if isinstance(graph, Exception) else err for graph in self.graphs]
        written = iter(_write([g for g in graphs if isinstance(g, GraphData)], self.store, force, patience))
        return [next(written) if isinstance(graph, GraphData) else graph for graph in graphs]


def _write(graphs: Sequence[GraphData], store: GraphStore, force: bool, patience: Patience) -> list[Outcome]:
    if not graphs:
        return []
    try:
        return [*patience.insist(lambda: store.replace_checked(graphs, force=force))]
    except Exception as err:  # noqa: BLE001 - whatever is wrong with one, the others go on
        if len(graphs) == 1 or isinstance(err, StoreAwayError):
            return [err] * len(graphs)
    half = len(graphs) // 2
    return _write(graphs[:half], store, force, patience) + _write(graphs[half:], store, force, patience)


def _build(findings: Findings, store: GraphStore) -> GraphData | Exception:
    try:
        data = judge(build_graph(findings), store.judgements)
        check_graph(data, store.schema)
    except Exception as err:  # noqa: BLE001 - the same
        return err
    return data


def _with_known_texts(
    reports: Sequence[Findings | Exception], built: Sequence[GraphData | Exception], store: GraphStore
) -> list[GraphData | Exception]:
    """The graphs; those of reports without a text get the one that the store has of the same file.

    A quote that is not its slice of that text makes a GraphError of it.
    """
    graphs = list(built)
    bare = {
        report.report.id: (i, report)
        for i, report in enumerate(reports)
        if isinstance(report, Findings)
        and report.source_text is None
        and not isinstance(graphs[i], Exception)
    }
    asked = [
        {"id": id_, "sha256": report.report.sha256, "chars": report.report.chars}
        for id_, (_, report) in bare.items()
    ]
    for row in store.read(_TEXTS, reports=asked) if asked else ():
        i, report = bare[row["id"]]
        graphs[i] = _build(replace(report, source_text=row["text"]), store)
    return graphs
