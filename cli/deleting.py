"""What `suyin delete` does: finds the reports that are meant, all of them, and only then takes them out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cli.naming import fitting_reports, listed, nearest_reports, read_reports
from cli.terminal import complain, show, show_json
from graph.store import GraphStore


def delete_reports(store: GraphStore, names: Sequence[str], *, as_json: bool = False) -> int:
    """Delete the reports of these ids, names of files or titles; a line for each.

    Returns how many names are of no report, or of several; then nothing is deleted. Raises StoreError.
    """
    there = read_reports(store)
    meant: dict[str, dict[str, Any]] = {}
    bad = 0
    for name in names:
        fitting = fitting_reports(there, name)
        if len(fitting) == 1:
            meant[fitting[0]["report"]] = fitting[0]
            continue
        bad += 1
        if fitting:
            complain(f"{name}: {len(fitting)} reports are called so; give an id: {listed(fitting)}")
        else:
            near = nearest_reports(there, name)
            complain(
                f"{name}: there is no such report; "
                + (f"nearest: {listed(near)}" if near else "suyin query report-overview lists them")
            )
    if bad:
        complain("nothing was deleted")
        return bad
    gone = []
    for row in meant.values():
        status = "deleted" if store.delete_report(row["report"]) else "gone"  # another process was quicker
        gone.append({**row, "status": status})
        if not as_json:
            show(f"{'已删除' if status == 'deleted' else '已不在'} {status}: {listed([row])}")
    if as_json:
        show_json(gone)
    return 0
