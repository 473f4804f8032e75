"""`suyin extract --cluster`: the bar, the complaints and the table of a run on a cluster."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli import terminal
from cli.run_log import RunLog
from cli.tables import show_extracted
from cli.terminal import complain, show
from extract.model import SuyinError
from extract.reading import ReaderName
from extract.runs.batch import Reader
from extract.runs.workers import cores, document_seconds

if TYPE_CHECKING:
    from extract.cluster.task import Tally


def extract_on_cluster(
    places: Sequence[str],
    out: str,
    address: str,
    metadata: Path | None,
    log: RunLog,
    *,
    by: ReaderName,
    jobs: int | None,
) -> int:
    """Write what is found at these places as partitions. Returns how many files failed.

    `jobs`: processes of a cluster on this machine. `log` is told of all. Raises SuyinError.
    """
    try:
        from extract.cluster import run
        from extract.cluster.places import Folder, find_files
        from extract.cluster.task import Job, Tally
    except ImportError as error:
        raise SuyinError(
            f"--cluster needs {error.name}, which is not installed: pip install 'suyin[cluster]'"
        ) from error

    known = Reader(metadata, by=by).known
    folder = Folder(out)
    job = Job(folder.address, by, document_seconds())
    done = run.begin(folder, job, known)
    files = find_files(places)
    parts = run.partitions(files, done, known)
    left = sum(len(part.files) for part in parts)
    total = Tally()
    if parts:
        with run.opened(address, jobs or cores()) as client, terminal.counting("文件 files") as count:
            read = 0
            for part, tally in run.extract_on(client, job, parts):
                for file, reason in tally.failed.items():
                    complain(f"{file}: {reason}")
                    log.failed(file, reason)
                log.partition(
                    part.name,
                    documents=tally.reports,
                    characters=tally.characters,
                    nodes=tally.nodes,
                    edges=tally.edges,
                    warnings=tally.warnings,
                    reading=tally.reading,
                    writing=tally.writing,
                )
                read += len(part.files)
                count(read, left)
                total.add(tally)
    _show(total, len(files) - left, folder.address)
    return len(total.failed)


def _show(total: Tally, before: int, out: str) -> None:
    show_extracted(total.reports, total.nodes, total.warnings, len(total.failed), before=before)
    show(f"装入图库 into the graph: suyin load {shlex.quote(out)}")
    if total.failed:
        complain(f"{len(total.failed)} failed, listed in {out}/failures; the same command tries them again")
