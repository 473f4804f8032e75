"""Many reports: which there are in what a command was given, and reading each with one pipeline."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extract.documents import (
    PARTITIONS,
    document_names,
    find_in_partitions,
    is_document,
    read_document,
    to_json,
)
from extract.metadata import Metadata, read_metadata
from extract.model import Findings
from extract.readers import Progress, find_reports
from extract.reading import DEFAULT, ReaderName

if TYPE_CHECKING:
    from spacy.language import Language

_DOCUMENTS = frozenset({".json"})


@dataclass(frozen=True, slots=True)
class Item:
    """A file to read. `given`: the file itself, or the folder or archive that it was found in."""

    file: Path
    given: Path

    @property
    def place(self) -> Path:
        """The folder it stands in, within what was given."""
        return Path() if self.file == self.given else self.file.parent.relative_to(self.given)


def find_items(paths: Iterable[Path]) -> list[Item]:
    """The reports that are given, alone or in folders and archives; each file once."""
    items = {report: Item(report, path) for path in paths for report in find_reports(path)}
    return list(items.values())


def find_items_to_load(
    paths: Iterable[Path], skipped: Callable[[Path], object] = lambda path: None
) -> list[Item]:
    """As `find_items`, with the findings documents (.json) in folders and in partitions.

    `skipped` is told of other .json. Raises SuyinError where partitions cannot be read.
    """
    items: dict[Path, Item] = {}
    for path in paths:
        if (path / PARTITIONS).is_file():
            items |= {file: Item(file, path) for file in find_in_partitions(path)}
            continue
        found = [*find_reports(path, also=_DOCUMENTS)]
        others = [file for file in found if file != path and is_json(file) and not is_document(file)]
        for file in others:
            skipped(file)
        items |= {file: Item(file, path) for file in found if file not in others}
        if len(others) == len(found):
            items[path] = Item(path, path)  # says that it holds no reports, when it is read
    return list(items.values())


def place_documents(items: Iterable[Item], folder: Path) -> dict[Path, Path]:
    """Where the findings of each file go: the folders within what was given are repeated in `folder`.

    Raises DocumentError where two documents would have one name.
    """
    places: dict[Path, list[Path]] = {}
    for item in items:
        places.setdefault(item.place, []).append(item.file)
    return {file: folder / place / name
            for place, files in places.items() for file, name in document_names(files).items()}  # fmt: skip


class Reader:
    """Reads reports with one pipeline, built for the first, and one table of metadata.

    `progress` is told (pages read, pages in all) of a scan; `by`: the rules alone, or the trained
    reader beside them. Raises MetadataError, and ReaderMissing at the first report.
    """

    def __init__(self, metadata: Path | None = None, *, report_id: str | None = None,
                 progress: Progress | None = None, by: ReaderName = DEFAULT) -> None:  # fmt: skip
        self.report_id, self.progress, self.by = report_id, progress, by
        self.known: Mapping[str, Metadata] = read_metadata(metadata) if metadata else {}

    def __getstate__(self) -> dict[str, object]:
        """For another process, which builds a pipeline of its own and has nobody to tell of pages."""
        return {"report_id": self.report_id, "progress": None, "by": self.by, "known": self.known}

    @cached_property
    def nlp(self) -> Language:
        from extract.pipeline import build_nlp

        return build_nlp(self.by)

    def report(self, file: Path) -> Findings:
        """The findings of a report. Raises ReadError."""
        from extract.pipeline import extract_report

        return extract_report(file, nlp=self.nlp, report_id=self.report_id,
                              metadata=self.known.get(file.name), progress=self.progress)  # fmt: skip

    def report_or_document(self, file: Path) -> Findings:
        """As `report`, or what a findings document (.json) holds. Raises ReadError, DocumentError."""
        return read_document(file) if is_json(file) else self.report(file)


class Extracted(NamedTuple):
    """The findings document of a report as text, and what is told of it. `seconds`: that reading took."""

    document: str
    labels: Counter[str]
    warnings: tuple[str, ...]
    chars: int
    edges: int
    seconds: float


class Packed:
    """Findings that go from one process to another as the text of their document, ten times as cheap."""

    def __init__(self, findings: Findings, seconds: float) -> None:
        """`seconds`: that reading took."""
        self.findings, self.seconds = findings, seconds

    def __reduce__(self) -> tuple[Callable[[str, str | None, float], Packed], tuple[str, str | None, float]]:
        document = json.dumps(self.findings.to_dict(), ensure_ascii=False)
        return _unpack, (document, self.findings.source_text, self.seconds)


def _unpack(document: str, text: str | None, seconds: float) -> Packed:
    return Packed(Findings.from_dict(json.loads(document), source_text=text), seconds)


def extract(reader: Reader, file: Path) -> Extracted:
    """Read a report. Raises ReadError."""
    findings, seconds = _timed(reader.report, file)
    labels = Counter(node.label for node in findings.nodes)
    report = findings.report
    return Extracted(to_json(findings), labels, report.warnings, report.chars, len(findings.edges), seconds)


def pack(reader: Reader, file: Path) -> Packed:
    """Read a report. Raises ReadError."""
    return Packed(*_timed(reader.report, file))


def pack_document(file: Path) -> Packed:
    """Read a findings document. Raises DocumentError."""
    return Packed(*_timed(read_document, file))


def _timed(read: Callable[[Path], Findings], file: Path) -> tuple[Findings, float]:
    """What is read of a file, and the seconds that it took."""
    began = time.perf_counter()
    findings = read(file)
    return findings, time.perf_counter() - began


def is_json(file: Path) -> bool:
    """May it be a findings document?"""
    return file.suffix.lower() in _DOCUMENTS
