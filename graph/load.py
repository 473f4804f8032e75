"""Reports into a store: prepared here or elsewhere, then written; one, or many that share transactions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import TypeAlias

from extract.model import Findings
from graph.errors import StoreAwayError, StoreError
from graph.patience import PATIENCE, Patience
from graph.prepare import Bare, Prepared, prepare
from graph.rows import Rows
from graph.store import GraphStore, WriteSummary

#: Nodes and edges of one transaction: more cost the database memory, fewer the load time.
ROWS = 50_000
#: While nothing is being written, one part in so many of ROWS is enough to begin.
EAGER = 10
#: Seconds after which a transaction takes no more reports: reading scans is slow, and what waits can be lost.
WAIT = 2.0
#: A report to be loaded, or why it could not be read.
Report: TypeAlias = Findings | Prepared | Exception
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
    reports: Iterable[Report],
    store: GraphStore,
    *,
    force: bool = False,
    rows: int = ROWS,
    patience: float = PATIENCE,
    tell: Callable[[str], object] = lambda line: None,
    took: Callable[[str, float], object] = lambda stage, seconds: None,
) -> Iterator[Outcome]:
    """`load` for each report: what became of it or why it failed, in their order; the others go on.

    What is prepared already must have been under the store's judgements.
    Reports share transactions of about so many `rows` (nodes and edges), or of those that come in WAIT
    seconds; while one is written, the reports of the next are read and prepared. Where one fails it is halved
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
        self.reports: list[Prepared | Exception] = []
        self.ids: set[str] = set()
        self.began = time.monotonic()
        self.rows = 0

    def has(self, report: Report) -> bool:
        if isinstance(report, Findings):
            return report.report.id in self.ids
        return isinstance(report, Prepared) and report.report_id in self.ids

    def add(self, report: Report) -> None:
        if isinstance(report, Findings):
            report = prepare(report, self.store.judgements)
        self.reports.append(report)
        if isinstance(report, Prepared) and isinstance(report.rows, Rows):
            self.ids.add(report.report_id)
            self.rows += report.rows.node_count + report.rows.edge_count

    def write(self, force: bool, patience: Patience) -> list[Outcome]:
        """Returns what became of each, in their order."""
        try:
            found = patience.insist(lambda: _with_known_texts(self.reports, self.store))
        except StoreError as err:
            return [err if isinstance(each := _rows(report), Rows) else each for report in self.reports]
        each_rows = [_rows(report) for report in found]
        written = iter(_write([r for r in each_rows if isinstance(r, Rows)], self.store, force, patience))
        return [next(written) if isinstance(rows, Rows) else rows for rows in each_rows]


def _rows(report: Prepared | Exception) -> Rows | Exception:
    return report.rows if isinstance(report, Prepared) else report


def _write(reports: Sequence[Rows], store: GraphStore, force: bool, patience: Patience) -> list[Outcome]:
    if not reports:
        return []
    try:
        return [*patience.insist(lambda: store.replace_rows(reports, force=force))]
    except Exception as err:  # noqa: BLE001 - whatever is wrong with one, the others go on
        if len(reports) == 1 or isinstance(err, StoreAwayError):
            return [err] * len(reports)
    half = len(reports) // 2
    return _write(reports[:half], store, force, patience) + _write(reports[half:], store, force, patience)


def _with_known_texts(
    reports: Sequence[Prepared | Exception], store: GraphStore
) -> list[Prepared | Exception]:
    """The reports; those without a text get the one that the store has of the same file.

    A quote that is not its slice of that text makes a GraphError of it.
    """
    found = list(reports)
    bare: dict[str, tuple[int, Bare]] = {
        report.report_id: (i, report.bare)
        for i, report in enumerate(reports)
        if isinstance(report, Prepared) and report.bare and isinstance(report.rows, Rows)
    }
    asked = [{"id": id_, "sha256": one.sha256, "chars": one.chars} for id_, (_, one) in bare.items()]
    for row in store.read(_TEXTS, reports=asked) if asked else ():
        i, one = bare[row["id"]]
        found[i] = prepare(one.with_text(row["text"]), store.judgements)
    return found
