"""From files to a loaded graph, against the slower of its two halves.

`python -m bench whole [--reports N] [--jobs N] [--write docs/speed.md]`

Whole commands on generated reports, by the rules, wall seconds: `suyin extract --out` alone, `suyin load` of
the findings that it wrote, and `suyin load` of the reports. Each load goes into a Neo4j of its own that is
new and empty (Java 17, Maven); starting the server does not count.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.jobs import SUYIN, write_reports
from bench.pages import parser, show, table
from tests.support.neo4j_server import start_neo4j


def command_seconds(*arguments: str, env: Mapping[str, str]) -> float:
    """How long a command takes. Raises CalledProcessError where it fails."""
    start = time.perf_counter()
    subprocess.run([SUYIN, *arguments], env=os.environ | env, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=True)  # fmt: skip
    return time.perf_counter() - start


def load_seconds(path: Path, jobs: int) -> float:
    """How long all in a folder, reports or findings, takes into an empty graph."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        server = start_neo4j(Path(home))
        try:
            return command_seconds(
                "load", str(path), "--jobs", str(jobs), "--reader", "rules",
                env={"NEO4J_URI": server.uri, "NEO4J_PASSWORD": server.password},
            )  # fmt: skip
        finally:
            server.stop()


def main(arguments: Sequence[str]) -> None:
    options = parser("whole", __doc__)
    options.add_argument("--reports", type=int, default=10_000, metavar="N")
    options.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes that read"
    )
    given = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        reports, findings = write_reports(Path(folder), given.reports, seed=0), Path(folder, "findings")
        reading = command_seconds(
            "extract", str(reports), "--out", str(findings), "--jobs", str(given.jobs), "--reader", "rules",
            env={"SUYIN_DATA_DIR": f"{folder}/.data"},
        )  # fmt: skip
        loading = load_seconds(findings, given.jobs)
        both = load_seconds(reports, given.jobs)
    rows = (
        ("`suyin extract --out`", reading),
        ("`suyin load` of its findings", loading),
        ("`suyin load` of the reports", both),
    )
    lines = (
        f"{given.reports:,} generated reports, {given.jobs} processes that read, Neo4j; one run each:",
        table(("command", "seconds", "reports/s"),
              ((name, f"{seconds:.0f}", f"{given.reports / seconds:.0f}") for name, seconds in rows)),
        f"From files to graph it goes at {max(reading, loading) / both:.2f} of the rate of the slower half.",
    )  # fmt: skip
    show("\n\n".join(lines), "whole", given.write)
