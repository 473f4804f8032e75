"""Findings documents as files: their names, reading them, writing them whole or not at all."""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Iterator
from pathlib import Path

from extract.files import replacing
from extract.model import Findings, FindingsError, NewerFormatError, SuyinError

#: The ending of the partitions that a cluster writes; documents stand in them as files in an archive.
PARTITION = ".parquet"
#: What says that a folder holds partitions.
PARTITIONS = "partitions.json"
_SAYS_SO = re.compile(rb'"format"\s*:\s*"suyin\.findings/')


class DocumentError(SuyinError):
    """A file that cannot be read or written; names the file and what to do."""


def to_json(findings: Findings) -> str:
    """The findings document as text, readable in a diff; without a line end."""
    return json.dumps(findings.to_dict(), ensure_ascii=False, indent=1)


def is_document(path: Path) -> bool:
    """Whether a .json file says that it is a findings document; one that cannot be read says so later."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return _SAYS_SO.search(content) is not None
    except ValueError:  # an empty file
        return False
    except OSError:
        return True


def read_document(path: Path) -> Findings:
    """Read a findings document (.json), also one in a partition of a cluster's.

    Raises DocumentError that names the file and the place in it.
    """
    if path.parent.suffix == PARTITION:
        from extract.cluster.tables import read_member

        return read_member(path)
    try:
        findings = Findings.from_dict(json.loads(path.read_text(encoding="utf-8-sig")))
        _check(findings)
        return findings
    except NewerFormatError as error:
        raise DocumentError(f"{path}: {error}; update Suyin, or extract the report again") from error
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}; check the path") from error
    except (ValueError, RecursionError, FindingsError) as error:
        raise DocumentError(f"{path}: no findings document ({error}); make one by: suyin extract") from error


def _check(findings: Findings) -> None:
    """What every reader of a document relies on. Raises FindingsError that names the place in it."""
    first: dict[str, str] = {findings.report.id: "report"}
    for i, node in enumerate(findings.nodes):
        where = f"nodes[{i}]"
        if not isinstance(node.id, str) or not isinstance(node.label, str):
            raise FindingsError(f"{where}: id and label must be strings")
        if node.id in first and not (node.label == "Report" and first[node.id] == "report"):
            raise FindingsError(f"{where}: the id {node.id!r:.60} is that of {first[node.id]}")
        first.setdefault(node.id, where)
        said = [value for value in (node.text, node.start, node.end) if value is not None]
        if said and not (
            isinstance(node.text, str)
            and type(node.start) is int
            and type(node.end) is int
            and 0 <= node.start <= node.end <= findings.report.chars
        ):
            raise FindingsError(f"{where}: {node.start!r:.20}–{node.end!r:.20} is no place in the source")
        if node.text is not None and len(node.text) != (node.end or 0) - (node.start or 0):
            raise FindingsError(
                f"{where}: {node.text!r:.40} has {len(node.text)} characters and cannot be "
                f"what the source has from {node.start} to {node.end}"
            )
    for i, edge in enumerate(findings.edges):
        for end in (edge.source, edge.target):
            if end not in first:
                raise FindingsError(
                    f"edges[{i}]: {edge.type} {edge.source} → {edge.target}: there is no node {end!r:.60}"
                )


def find_in_partitions(folder: Path) -> Iterator[Path]:
    """The documents in the partitions in a folder. Raises SuyinError."""
    try:
        from extract.cluster.tables import find_documents
    except ImportError as error:
        raise DocumentError(
            f"{folder}: holds partitions; to read them: pip install 'suyin[cluster]'"
        ) from error
    return find_documents(folder)


def make_folder(path: Path) -> None:
    """Create a folder and those above it. Raises DocumentError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be made a folder ({error.strerror}); choose another") from error


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file so that readers see the old one or the whole new one. Raises DocumentError."""
    try:
        with replacing(path) as part:
            part.write_bytes(data)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be written ({error.strerror}); choose another place") from error


def write_text(path: Path, text: str) -> None:
    """Write a file so that readers see the old one or the whole new one. Raises DocumentError."""
    try:
        if path.exists() and not path.is_file():  # a folder fails here; a pipe or /dev/stdout is written to
            path.write_text(text, encoding="utf-8")
            return
        with replacing(path) as part:
            part.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise DocumentError(f"{path}: cannot be written ({error.strerror}); choose another place") from error
