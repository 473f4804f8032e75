"""`suyin load`: what a process that reads gives back of a report, ready for the store."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from extract.model import SuyinError
from extract.runs.batch import Reader
from graph.judgements import Judgements
from graph.prepare import Prepared, prepare


@dataclass(frozen=True, slots=True)
class Ready:
    """A report, prepared, and what is told of it. `seconds`: that its stages took, by name."""

    prepared: Prepared
    chars: int
    labels: Counter[str]
    edges: int
    warnings: tuple[str, ...]
    seconds: dict[str, float]


def make_ready(judgements: Judgements, reader: Reader, file: Path) -> Ready:
    """Read a report or a findings document, and prepare it. Raises ReadError, DocumentError."""
    began = time.perf_counter()
    findings = reader.report_or_document(file)
    read = time.perf_counter()
    prepared = prepare(findings, judgements)
    if isinstance(prepared.rows, Exception) and not isinstance(prepared.rows, SuyinError):
        raise prepared.rows  # a fault of ours, which may not go from one process to another as it is
    seconds = {"reading": read - began, "building": time.perf_counter() - read}
    labels = Counter(node.label for node in findings.nodes)
    report = findings.report
    return Ready(prepared, report.chars, labels, len(findings.edges), report.warnings, seconds)
