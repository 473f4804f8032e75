"""Which report in the graph is meant by an id, the name of its file, or its title."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from extract.model import SuyinError
from graph.store import GraphStore

_REPORTS = "MATCH (r:Report) RETURN r.id AS report, r.title AS title, r.name AS file ORDER BY r.id"
#: How a report may be named. Where several fit, the first of these holds.
_NAMES = ("report", "file", "title")


def read_reports(store: GraphStore) -> list[dict[str, Any]]:
    """All reports in the graph: report (its id), title, file. Raises StoreError."""
    return store.read(_REPORTS)


def find_report(store: GraphStore, name: str) -> str:
    """The id of the one report that is called so. Raises SuyinError that lists those it may be."""
    there = read_reports(store)
    fitting = fitting_reports(there, name)
    if len(fitting) == 1:
        return str(fitting[0]["report"])
    if fitting:
        raise SuyinError(f"{name}: {len(fitting)} reports are called so; give an id: {listed(fitting)}")
    near = nearest_reports(there, name)
    raise SuyinError(
        f"{name}: 没有这个文件或报告 · no such file, and no such report in the graph; "
        + (f"nearest: {listed(near)}" if near else "suyin query report-overview lists them")
    )


def fitting_reports(there: Iterable[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """The rows of `read_reports` that have this name."""
    for kind in _NAMES:
        wanted = {name, Path(name).name} if kind == "file" else {name}
        if found := [row for row in there if row[kind] in wanted]:
            return found
    return []


def nearest_reports(there: Iterable[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Reports with a name like this one, or that has it in it; three at most."""
    called = {str(row[kind]): row for row in there for kind in reversed(_NAMES) if row[kind]}
    near = [*get_close_matches(Path(name).name, called, n=3), *(n for n in called if name and name in n)]
    return list({called[n]["report"]: called[n] for n in near}.values())[:3]


def listed(rows: Iterable[dict[str, Any]]) -> str:
    """The reports in one line."""
    return "; ".join(f"{row['report']} 《{row['title']}》 {row['file'] or ''}".rstrip() for row in rows)
