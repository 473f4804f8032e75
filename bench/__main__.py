"""How long the walk takes on this machine: start, reading, loading, asking. `python -m bench [REPORT…]`

Without arguments the sample reports are read. Times are wall time of one process. A first argument of
`quality`, `reading`, `rules`, `formats`, `contract`, `speed`, `jobs`, `load`, `whole`, `memory`,
`hostile`, `corpus`, `related`, `lookups`, `browsing`, `commands`, `same`, `growth`, `results` or `layout`
runs that instead: `python -m bench speed --help`.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from cli.terminal import show_table
from extract.pipeline import build_nlp, extract_report
from graph.load import load
from graph.store import open_store

T = TypeVar("T")
SAMPLES = Path(__file__).parents[1] / "samples" / "reports"
ROUNDS = 5
MEASUREMENTS = (
    "quality", "reading", "rules", "formats", "contract", "speed", "jobs", "load", "whole", "memory",
    "hostile", "corpus", "related", "lookups", "browsing", "commands", "same", "growth", "results", "layout",
)  # fmt: skip


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of one run, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def main(reports: list[Path]) -> None:
    rows: list[tuple[str, float, str]] = []
    seconds, nlp = timed(build_nlp)
    rows.append(("build the pipeline", seconds, ""))

    runs = [timed(lambda: [extract_report(path, nlp=nlp) for path in reports]) for _ in range(ROUNDS)]
    seconds, found = min(runs, key=lambda run: run[0])
    chars = sum(findings.report.chars for findings in found)
    rows.append((f"read {len(found)} reports", seconds, f"{chars / seconds:,.0f} characters/s"))

    with tempfile.TemporaryDirectory() as folder:
        seconds, store = timed(lambda: open_store(uri=None, data_dir=folder))
        rows.append((f"open {store.uri}", seconds, ""))
        with store:
            for what in ("load", "load again"):
                seconds, written = timed(lambda: [load(findings, store) for findings in found])
                rate = f"{sum(w.nodes + w.edges for w in written) / seconds:,.0f} nodes and edges/s"
                rows.append((f"{what} ({written[0].status})", seconds, rate))
            rows.append(("count all", timed(store.counts)[0], ""))
            rows.append(("digest", timed(store.digest)[0], ""))
    show_table(("what", "seconds", "rate"), [(what, round(seconds, 3), rate) for what, seconds, rate in rows])


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in MEASUREMENTS:
        sys.exit(importlib.import_module(f"bench.{sys.argv[1]}").main(sys.argv[2:]))
    else:
        main([Path(name) for name in sys.argv[1:]] or sorted(SAMPLES.glob("*.txt")))
