"""What `suyin resolve` does: lists candidates, writes judgements, makes the graph follow them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from cli.terminal import complain, show
from graph.candidates import describe, find_candidates, find_named
from graph.judge import apply_judgements
from graph.judgements import COLUMNS as PAIR_COLUMNS
from graph.judgements import JudgementError, Verdict
from graph.judgements_file import add_line, edit_judgements
from graph.reviewing import misfits
from graph.store import GraphStore

COLUMNS = (
    "likeness",
    "evidence",
    "left",
    "left_place",
    "left_level",
    "left_report",
    "left_quote",
    "right",
    "right_place",
    "right_level",
    "right_report",
    "right_quote",
    "left_id",
    "right_id",
)


def candidates(store: GraphStore, limit: int) -> tuple[list[str], list[dict[str, Any]]]:
    """Columns and rows of the likeliest pairs; says so where there are more. Raises SuyinError."""
    found = find_candidates(store, store.judgements)
    if len(found) > limit:
        complain(f"warning: only the first {limit} of {len(found)} pairs are given; --limit gives more")
    return list(COLUMNS), describe(store, found[:limit])


def write_judgement(store: GraphStore, pair: tuple[str, str], verdict: Verdict, *, by: str, why: str) -> None:
    """Add a line to the file of judgements, which the store then has. Raises SuyinError."""
    path = store.judgements_file
    if path is None:
        raise JudgementError("this store has no file of judgements; set SUYIN_JUDGEMENTS")
    left, right = (find_named(store, name) for name in pair)
    if left.label != right.label:
        raise JudgementError(f"{left.name} is a {left.label}, {right.name} a {right.label}; they are two")
    if left.id == right.id:
        raise JudgementError(f"{pair[0]} and {pair[1]} are one node already; see suyin resolve")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    cells = dict(zip(PAIR_COLUMNS, (*left.written, *right.written, verdict, by, at, why), strict=True))
    store.judgements = edit_judgements(path, lambda text: add_line(text, cells))
    show(f"{path}: {left.name} {verdict} {right.name}")


def apply(store: GraphStore) -> None:
    """Make the graph what a clean load gives under the file as it is now. Raises SuyinError."""
    statuses = Counter(summary.status for summary in apply_judgements(store))
    show(f"重写的报告 reports written anew: {statuses.total()}")
    for line in misfits(store):
        complain(line)
