"""What `suyin delete` does: finds the reports that are meant, all of them, and only then takes them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from graph.store import GraphStore
from viz.terminal import complain, show, show_json

_REPORTS = "MATCH (r:Report) RETURN r.id AS report, r.title AS title, r.name AS file ORDER BY r.id"
#: How a report may be named. Where several fit, the first of these holds.
_NAMES = ("report", "file", "title")


def delete_reports(store: GraphStore, names: Sequence[str], *, as_json: bool = False) -> int:
    """Delete the reports of these ids, names of files or titles; a line for each.

    Returns how many names are of no report, or of several; then nothing is deleted. Raises StoreError.
    """
    there = store.read(_REPORTS)
    meant: dict[str, dict[str, Any]] = {}
    bad = 0
    for name in names:
        fitting = _fitting(there, name)
        if len(fitting) == 1:
            meant[fitting[0]["report"]] = fitting[0]
            continue
        bad += 1
        if fitting:
            complain(f"{name}: {len(fitting)} reports are called so; give an id: {_listed(fitting)}")
        else:
            near = _nearest(there, name)
            complain(f"{name}: there is no such report; "
                     + (f"nearest: {_listed(near)}" if near else "suyin query report-overview lists them"))
    if bad:
        complain("nothing was deleted")
        return bad
    gone = []
    for row in meant.values():
        status = "deleted" if store.delete_report(row["report"]) else "gone"  # another process was quicker
        gone.append({**row, "status": status})
        if not as_json:
            show(f"{'已删除' if status == 'deleted' else '已不在'} {status}: {_listed([row])}")
    if as_json:
        show_json(gone)
    return 0


def _fitting(there: Iterable[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    for kind in _NAMES:
        wanted = {name, Path(name).name} if kind == "file" else {name}
        if found := [row for row in there if row[kind] in wanted]:
            return found
    return []


def _nearest(there: Iterable[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Reports with a name like this one, or that has it in it; three at most."""
    called = {str(row[kind]): row for row in there for kind in reversed(_NAMES) if row[kind]}
    near = [*get_close_matches(Path(name).name, called, n=3), *(n for n in called if name and name in n)]
    return list({called[n]["report"]: called[n] for n in near}.values())[:3]


def _listed(rows: Iterable[dict[str, Any]]) -> str:
    return "; ".join(f"{row['report']} 《{row['title']}》 {row['file'] or ''}".rstrip() for row in rows)
