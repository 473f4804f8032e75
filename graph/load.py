"""Reports into a store: build, check, write; one, or many that share transactions."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from extract.model import Findings
from graph.build import build_graph, check_graph
from graph.data import GraphData
from graph.errors import StoreAwayError, StoreError
from graph.store import GraphStore, WriteSummary

#: Nodes and edges of one transaction: more cost the database memory, fewer the load time.
ROWS = 20_000
#: Seconds after which a transaction takes no more reports: reading scans is slow, and what waits can be lost.
WAIT = 2.0
#: What became of a report: what was written, or why nothing was.
Outcome: TypeAlias = WriteSummary | Exception

_TEXTS = ("UNWIND $reports AS row MATCH (r:Report {id: row.id})-[:HAS_TEXT]->(source:SourceText) "
          "WHERE r.sha256 = row.sha256 AND r.chars = row.chars RETURN row.id AS id, source.text AS text")


def load(findings: Findings, store: GraphStore, *, force: bool = False) -> WriteSummary:
    """Write the findings in the place of what the store had of this report, in one transaction.

    Findings that come without their text (from a document) keep the text that the store has of the same file,
    so a document over the same report loaded from its text changes nothing. A report whose graph is the same
    already is left alone (`status` unchanged) unless `force`.
    Raises GraphError where the findings are not as the schema says, StoreError where they cannot be written.
    """
    [outcome] = load_many([findings], store, force=force)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def load_many(reports: Iterable[Findings | Exception], store: GraphStore, *, force: bool = False,
              rows: int = ROWS) -> Iterator[Outcome]:
    """`load` for each report: what became of it or why it failed, in their order; the others go on.

    Reports share transactions of about so many `rows` (nodes and edges), or of those that come in WAIT
    seconds. Where one fails it is halved until the bad report is alone. An exception among the reports (one
    that could not be read) stays in its place.
    """
    batch = _Batch(store, force)
    for report in reports:
        if batch.has(report):
            yield from batch.write()                        # the later one is to replace the earlier
        batch.add(report)
        if batch.rows >= rows or time.monotonic() > batch.began + WAIT:
            yield from batch.write()
    yield from batch.write()


class _Batch:
    """Reports that wait for their transaction, each of another id; among them those that have failed."""

    def __init__(self, store: GraphStore, force: bool) -> None:
        self.store, self.force = store, force
        self._clear()

    def _clear(self) -> None:
        self.waiting: list[Findings | Exception] = []
        self.ids: set[str] = set()
        self.began = time.monotonic()
        self.rows = 0

    def has(self, report: Findings | Exception) -> bool:
        return isinstance(report, Findings) and str(report.report.id) in self.ids

    def add(self, report: Findings | Exception) -> None:
        self.waiting.append(report)
        self.rows += 1
        if isinstance(report, Findings):
            self.ids.add(str(report.report.id))             # what is no text is refused later
            self.rows += len(report.nodes) + len(report.edges)

    def write(self) -> list[Outcome]:
        """Write them and begin anew. Returns what became of each, in their order."""
        waiting = self.waiting
        self._clear()
        built = [_build(report, self.store) if isinstance(report, Findings) else report for report in waiting]
        try:
            built = _with_known_texts(waiting, built, self.store)
        except StoreError as err:
            return [graph if isinstance(graph, Exception) else err for graph in built]
        written = iter(_write([g for g in built if isinstance(g, GraphData)], self.store, self.force))
        return [next(written) if isinstance(graph, GraphData) else graph for graph in built]


def _write(graphs: Sequence[GraphData], store: GraphStore, force: bool) -> list[Outcome]:
    if not graphs:
        return []
    try:
        return [*store.replace_checked(graphs, force=force)]
    except Exception as err:  # noqa: BLE001 - whatever is wrong with one, the others go on
        if len(graphs) == 1 or isinstance(err, StoreAwayError):
            return [err] * len(graphs)
    half = len(graphs) // 2
    return _write(graphs[:half], store, force) + _write(graphs[half:], store, force)


def _build(findings: Findings, store: GraphStore) -> GraphData | Exception:
    try:
        data = build_graph(findings)
        check_graph(data, store.schema)
    except Exception as err:  # noqa: BLE001 - the same
        return err
    return data


def _with_known_texts(reports: Sequence[Findings | Exception], built: Sequence[GraphData | Exception],
                      store: GraphStore) -> list[GraphData | Exception]:
    """The graphs; those of reports without a text get the one that the store has, where that is quoted.

    One file may have two texts: another version may read a PDF otherwise.
    """
    graphs = list(built)
    bare = {report.report.id: (i, report) for i, report in enumerate(reports)
            if isinstance(report, Findings) and report.source_text is None
            and not isinstance(graphs[i], Exception)}
    asked = [{"id": id_, "sha256": report.report.sha256, "chars": report.report.chars}
             for id_, (_, report) in bare.items()]
    for row in store.read(_TEXTS, reports=asked) if asked else ():
        i, report = bare[row["id"]]
        data = _build(replace(report, source_text=row["text"]), store)
        if isinstance(data, GraphData):
            graphs[i] = data
    return graphs
