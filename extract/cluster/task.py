"""What a process of a cluster does: reads the reports of a partition and writes it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata as packages
from pathlib import Path

from extract.cluster.places import Folder, PlaceError, at_hand
from extract.cluster.tables import Rows
from extract.metadata import Metadata
from extract.model import Findings, SuyinError
from extract.reading import ReaderName
from extract.runs.batch import Reader
from extract.runs.failures import unexpected
from extract.runs.worker import do, read_with


@dataclass(frozen=True, slots=True)
class Job:
    """How all partitions are read, and where they go. `seconds`: for one report, or one page of a scan."""

    folder: str
    by: ReaderName
    seconds: float
    version: str = field(default_factory=lambda: packages.version("suyin"))


@dataclass(frozen=True, slots=True)
class Part:
    """Files that are read one after the other by one process, and what a table of metadata says of them."""

    name: str
    files: tuple[str, ...]
    known: Mapping[str, Metadata]


@dataclass(slots=True)
class Tally:
    """What a partition came to. `failed`: reasons by file; `seconds`: of reading and of writing."""

    reports: int = 0
    characters: int = 0
    warnings: int = 0
    edges: int = 0
    nodes: Counter[str] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)
    reading: float = 0.0
    writing: float = 0.0

    def add(self, other: Tally) -> None:
        self.reports += other.reports
        self.characters += other.characters
        self.warnings += other.warnings
        self.edges += other.edges
        self.nodes.update(other.nodes)
        self.failed |= other.failed
        self.reading += other.reading
        self.writing += other.writing


def read_part(job: Job, part: Part) -> Tally:
    """Raises PlaceError where the partition cannot be written, SuyinError where this is another Suyin."""
    if packages.version("suyin") != job.version:
        raise SuyinError(
            f"a worker has Suyin {packages.version('suyin')} and not {job.version}; install the same on all"
        )
    reader = _reader(job.by)
    reader.known = part.known
    read_with(reader, job.seconds)
    rows, tally, began = Rows(), Tally(), time.perf_counter()
    for file in part.files:
        found = _read(file)
        try:
            if isinstance(found, Findings):
                rows.add(file, found)
        except UnicodeEncodeError as error:
            found = unexpected(Path(file), error)
        if isinstance(found, SuyinError):
            reason = " ".join(str(found).removeprefix(f"{file}: ").split())
            rows.fail(file, reason)
            tally.failed[file] = reason
            continue
        tally.reports += 1
        tally.characters += found.report.chars
        tally.warnings += len(found.report.warnings)
        tally.nodes.update(node.label for node in found.nodes)
        tally.edges += len(found.edges)
    tally.reading, began = time.perf_counter() - began, time.perf_counter()
    rows.write(Folder(job.folder), part.name)
    tally.writing = time.perf_counter() - began
    return tally


def _read(file: str) -> Findings | SuyinError:
    try:
        with at_hand(file) as path:
            return do(Reader.report, path)
    except PlaceError as error:
        return error
    except FileNotFoundError:
        return SuyinError(f"{file}: no such file; check the address")


@cache
def _reader(by: ReaderName) -> Reader:
    """One for all partitions that this process reads: its pipeline takes a second to build."""
    return Reader(by=by)
