"""The runs of the commands over many files: bars, complaints, tables, the list of failures.

spaCy and neo4j are imported only where they are needed.
"""

from __future__ import annotations

import logging
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cli import tables, terminal
from cli.run_log import RunLog
from cli.terminal import complain, show_json
from extract.documents import make_folder, write_text
from extract.runs.batch import Reader, extract
from extract.runs.failures import FailureList, Job, what_to_retry
from extract.runs.items import Item, Items, Place, is_json
from extract.runs.workers import choose_jobs, reading
from graph.places import data_dir, idle_seconds

if TYPE_CHECKING:
    from graph.prepare import Prepared
    from graph.store import GraphStore


@contextmanager
def opened_store(*, idle: float | None = None) -> Iterator[GraphStore]:
    """The store that the environment names; a sign turns while it starts. Raises StoreError.

    `idle`: seconds that an embedded one stays for the next command, if not as SUYIN_IDLE says.
    """
    from graph.store import open_store

    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # what it warns of, StoreError says in one line
    with terminal.working("打开图库 opening the store"):
        store = open_store(tell=complain, idle=idle_seconds() if idle is None else idle)
    with store:
        yield store


def store_name(store: GraphStore) -> str:
    """The same tomorrow, though the embedded store has another port by then."""
    return store.uri if os.environ.get("NEO4J_URI") else "embedded"


def failure_list() -> FailureList:
    """One for all commands, beside the embedded store."""
    return FailureList(data_dir() / "failures.jsonl")


def extract_all(
    items: Items,
    place: Place,
    job: Job,
    left: FailureList,
    *,
    jobs: int | None = None,
    apart: bool = False,
    quiet: bool = False,
    verbose: bool = False,
    log: RunLog | None = None,
) -> int:
    """Write the findings of each file to its place. Returns how many failed.

    `jobs`: processes that read, if not as many as are worth it; `apart`: not this one, though it be one only.
    `log` is told of all.
    """
    log = log or RunLog("extract")
    files = (item.file for item in items)
    jobs = choose_jobs(jobs, len(items), job.reader)
    with terminal.Bars(rate=True) as bars, ExitStack() as stack:
        reader = _reader(job, bars)
        read = stack.enter_context(reading(extract, reader, files, jobs=jobs, apart=apart))

        def work(item: Item) -> None:
            found = read(item.file)
            log.read(item.file, characters=found.chars, nodes=found.labels, edges=found.edges,
                     warnings=len(found.warnings), seconds=found.seconds)  # fmt: skip
            if verbose:
                show_warnings(item.file, found.warnings, all_of_them=True)
            with log.stage("writing"):
                document = place(item)
                make_folder(document.parent)
                write_text(document, found.document)

        failed = bars.for_each(items, log.watch(left.watch(job, work, place)))
    if not quiet:
        tables.show_extracted(len(items) - len(failed), log.nodes, log.warnings, len(failed))
    tables.complain_at_the_end(
        log, len(failed), unrecorded=left.unrecorded, where="in the documents under report.warnings"
    )
    return len(failed)


def _reader(job: Job, bars: terminal.Bars, *, documents: bool = False) -> Reader:
    metadata = Path(job.metadata) if job.metadata else None
    return Reader(metadata, report_id=job.report_id, progress=bars.pages, by=job.reader, documents=documents)


def load_all(
    items: Items,
    job: Job,
    store: GraphStore,
    left: FailureList,
    *,
    as_json: bool = False,
    jobs: int | None = None,
    apart: bool = False,
    quiet: bool = False,
    verbose: bool = False,
    log: RunLog | None = None,
) -> int:
    """Put each file into the store. `jobs`, `apart`, `log`: as in `extract_all`. Returns how many failed."""
    from cli.preparing import make_ready
    from graph.errors import StoreAwayError
    from graph.load import load_many
    from graph.reviewing import misfits

    log = log or RunLog("load")
    warned: dict[Item, tuple[str, ...]] = {}  # of what was read and is not written yet
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    rows: list[dict[str, object]] = []  # for JSON
    away: list[Exception] = []  # the database went and did not come back: nothing more is read
    files = (item.file for item in items)
    documents = sum(is_json(item.file) for item in items)
    jobs = choose_jobs(jobs, len(items), job.reader, documents=documents)
    with terminal.Bars(rate=True) as bars, ExitStack() as stack:
        reader = _reader(job, bars, documents=documents == len(items))
        work_of = partial(make_ready, store.judgements)
        ready = stack.enter_context(reading(work_of, reader, files, jobs=jobs, apart=apart))

        def read(item: Item) -> Prepared | Exception:
            if away:
                return away[0]
            try:
                found = ready(item.file)
            except Exception as error:  # noqa: BLE001 - it is told when it is this file's turn
                return error
            log.read(item.file, characters=found.chars, nodes=found.labels, edges=found.edges,
                     warnings=len(found.warnings), seconds=found.seconds["reading"])  # fmt: skip
            log.took("building", found.seconds["building"])
            warned[item] = found.warnings
            if verbose:
                show_warnings(item.file, found.warnings, all_of_them=True)
            return found.prepared

        # reads ahead as many as share a transaction
        outcomes = load_many(map(read, items), store, tell=complain, took=log.took)

        def work(item: Item) -> None:
            outcome = next(outcomes)
            warnings = warned.pop(item, ())
            if isinstance(outcome, StoreAwayError):
                away.append(outcome)
            if isinstance(outcome, Exception):
                raise outcome
            log.tell("written", file=str(item.file), report=outcome.report_id, status=outcome.status,
                     nodes=outcome.nodes, edges=outcome.edges)  # fmt: skip
            sums = {"reports": 1, "nodes": outcome.nodes, "edges": outcome.edges, "warnings": len(warnings)}
            written[outcome.status].update(sums)
            if as_json:
                rows.append(
                    {
                        "file": str(item.file),
                        "status": outcome.status,
                        "report": outcome.report_id,
                        "nodes": outcome.nodes,
                        "edges": outcome.edges,
                        "warnings": warnings,
                    }
                )

        failed = bars.for_each(items, log.watch(left.watch(job, work)))
    if as_json:
        show_json(
            rows
            + [
                {"file": str(item.file), "status": "failed", "error": str(error)}
                for item, error in failed.items()
            ]
        )
    elif not quiet:
        tables.show_loaded(written, len(failed))
    if not away and store.judgements.reviews:
        for line in misfits(store):
            complain(line)
    tables.complain_at_the_end(log, len(failed), unrecorded=left.unrecorded, where="by: suyin query warnings")
    return len(failed)


def retry_all(left: FailureList, *, quiet: bool, verbose: bool) -> int:
    """Try all that failed once more, as it was asked for then. Returns how many failed again.

    Another process reads: what crashed it then may do so again.
    """
    bad = 0
    for job, group in left.by_job().items():
        items, place = what_to_retry(group)
        if job.command == "extract":
            make_folder(Path(job.target))
            bad += extract_all(items, place, job, left, apart=True, quiet=quiet, verbose=verbose)
            continue
        with opened_store() as store:
            if job.target == store_name(store):
                bad += load_all(items, job, store, left, apart=True, quiet=quiet, verbose=verbose)
            else:
                bad += len(items)
                complain(
                    f"{len(items)} failed in loading into {job.target}, which this is not; "
                    "set NEO4J_URI to it (embedded: unset it) and try again"
                )
    return bad


def show_warnings(file: Path, warnings: Sequence[str], *, all_of_them: bool = False) -> None:
    others = len(warnings) - 1 if not all_of_them else 0
    for warning in warnings[: None if all_of_them else 1]:
        complain(f"{file}: warning: {warning}" + (f" (and {others} more in the findings)" if others else ""))
