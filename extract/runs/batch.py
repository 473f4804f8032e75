"""Many reports: reading each with one pipeline, here or for another process."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extract.documents import read_document, to_json
from extract.metadata import Metadata, read_metadata
from extract.model import Findings
from extract.readers import Progress
from extract.reading import DEFAULT, ReaderName
from extract.runs.items import is_json

if TYPE_CHECKING:
    from spacy.language import Language


class Reader:
    """Reads reports with one pipeline, built for the first, and one table of metadata.

    `progress` is told (pages read, pages in all) of a scan; `by`: the rules alone, or the trained
    reader beside them; `documents`: it is to read nothing but findings documents, which need no pipeline.
    Raises MetadataError, and ReaderMissing at the first report.
    """

    def __init__(self, metadata: Path | None = None, *, report_id: str | None = None,
                 progress: Progress | None = None, by: ReaderName = DEFAULT,
                 documents: bool = False) -> None:  # fmt: skip
        self.report_id, self.progress, self.by, self.documents = report_id, progress, by, documents
        self.known: Mapping[str, Metadata] = read_metadata(metadata) if metadata else {}

    def __getstate__(self) -> dict[str, object]:
        """For another process, which builds a pipeline of its own and has nobody to tell of pages."""
        return {name: value for name, value in self.__dict__.items() if name != "nlp"} | {"progress": None}

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


def extract(reader: Reader, file: Path) -> Extracted:
    """Read a report. Raises ReadError."""
    began = time.perf_counter()
    findings = reader.report(file)
    seconds = time.perf_counter() - began
    labels = Counter(node.label for node in findings.nodes)
    report = findings.report
    return Extracted(to_json(findings), labels, report.warnings, report.chars, len(findings.edges), seconds)
