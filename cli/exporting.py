"""`suyin export neo4j-import`: processes that make the lines of the files, and one that writes them."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from cli import terminal
from cli.runs import show_warnings
from cli.terminal import complain
from extract.documents import PARTITION, make_folder
from extract.model import Findings, SuyinError
from extract.reading import DEFAULT, ReaderName
from extract.runs.batch import Reader
from extract.runs.items import Item, Items
from extract.runs.workers import choose_jobs, reading
from graph.bulk import COMMAND, ImportFiles
from graph.data import GraphError
from graph.import_rows import ReportRows, rows_of
from graph.judgements import Judgements, read_judgements
from graph.places import judgements_file
from graph.reviewing import misfit

#: By the name of a file, or of a document in a partition.
Made: TypeAlias = Mapping[str, ReportRows | SuyinError]


def export_all(
    items: Items,
    folder: Path,
    metadata: Path | None,
    *,
    by: ReaderName = DEFAULT,
    jobs: int | None = None,
    verbose: bool = False,
) -> int:
    """Write each file into those of an import of Neo4j, and the command. Returns how many failed.

    `jobs`: processes that read, if not as many as are worth it.
    """
    make_folder(folder)
    judgements = read_judgements(judgements_file())
    sources = (source for source, _ in groupby(source_of(item) for item in items))
    made: tuple[Path, Made | SuyinError] | None = None
    with terminal.Bars(rate=True) as bars, ImportFiles(folder, judgements) as files:
        reader = Reader(metadata, progress=bars.pages, by=by)
        with reading(
            partial(_make, judgements), reader, sources, jobs=choose_jobs(jobs, len(items), by)
        ) as read:

            def work(item: Item) -> None:
                nonlocal made
                source = source_of(item)
                if made is None or made[0] != source:
                    made = source, _attempt(read, source)
                rows = made[1][item.file.name] if isinstance(made[1], Mapping) else made[1]
                if isinstance(rows, SuyinError):
                    raise rows
                if verbose:
                    show_warnings(item.file, rows.warnings, all_of_them=True)
                files.add_rows(rows)

            failed = bars.for_each(items, work)
    for one in files.misfits:
        complain(misfit(one, judgements.where))
    terminal.show(
        f"{len(items) - len(failed)} 份报告 reports; 停止 Neo4j 后运行 stop Neo4j, then run:\n"
        f"cd {shlex.quote(str(folder))} && {COMMAND}"
    )
    if failed:
        complain(f"{len(failed)} failed and are not in {folder}")
    return len(failed)


def source_of(item: Item) -> Path:
    """What is read at once: the file, or the partition that it is a document of."""
    return item.file.parent if item.file.parent.suffix == PARTITION else item.file


def _attempt(read: Callable[[Path], Made], source: Path) -> Made | SuyinError:
    try:
        return read(source)
    except SuyinError as error:
        return error


def _make(judgements: Judgements, reader: Reader, source: Path) -> Made:
    """In any process. Raises SuyinError where a file or a whole partition cannot be read."""
    if source.suffix != PARTITION:
        return {source.name: _rows(reader.report_or_document(source), source, judgements)}
    from extract.cluster.tables import read_partition

    return {
        f"{report}.json": _rows(findings, source / f"{report}.json", judgements)
        for report, findings in read_partition(source).items()
    }


def _rows(findings: Findings, file: Path, judgements: Judgements) -> ReportRows | SuyinError:
    try:
        return rows_of(findings, judgements)
    except GraphError as error:
        return GraphError(f"{file}: {error}")
