"""The file of results: a line of JSON for each measurement, with its tables, the machine and the versions."""

from __future__ import annotations

import json
import os
import platform
import re
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import psutil

#: Names the file that measurements add to; nothing is added where it is not set.
RESULTS = "SUYIN_BENCH_RESULTS"
_PACKAGES = ("suyin", "spacy", "neo4j", "pyarrow", "distributed", "fastapi")
_TABLE = re.compile(r"(?:^\|.*\|\n?)+", re.MULTILINE)


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in _PACKAGES},
    }


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*: (.*)", cpuinfo.read_text()) if cpuinfo.exists() else None
    return named[1] if named else platform.processor()


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def add(part: str, content: str, file: Path) -> None:
    """Add what a measurement says, as Markdown with tables, to the file of results."""
    when = datetime.now(UTC).isoformat(timespec="seconds")
    entry = {"part": part, "when": when, "machine": machine(), "tables": tables(content)}
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(entry, ensure_ascii=False) + "\n")


def tables(content: str) -> list[dict[str, Any]]:
    """The tables of a text as {"columns": […], "rows": [[…], …]}, cells as they are written."""
    found = []
    for lines in _TABLE.findall(content):
        head, _, *rows = (re.split(r" \| |\| | \|", line.strip())[1:-1] for line in lines.splitlines())
        found.append({"columns": head, "rows": rows})
    return found


def latest(file: Path) -> dict[str, dict[str, Any]]:
    """The last line of each measurement."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {entry["part"]: entry for entry in map(json.loads, lines)}
