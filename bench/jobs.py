"""How much faster several processes read than one, and the memory that they take.

`python -m bench jobs [--jobs N] [--rules N] [--model N] [--memory N…] [--rounds N] [--write docs/speed.md]`

Whole commands (`suyin extract --out`) on generated reports, in turns, wall seconds; the ratio is the median
of the rounds'. Memory is the largest resident set seen, looked at ten times a second: of the process that was
started, and of the largest of those that read for it. Processor seconds say what free cores could gain: the
command can be no faster than the one that was started, nor than its share of the others.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

from bench.corpus import generate
from bench.pages import parser, show, table

SUYIN = str(Path(sys.executable).with_name("suyin"))


@dataclass(slots=True)
class Run:
    """Wall seconds; processor seconds of the process started and of those that read for it; bytes of their
    largest resident sets."""

    seconds: float = 0.0
    parent_busy: float = 0.0
    workers_busy: float = 0.0
    parent: int = 0
    worker: int = 0


def run(reports: Path, reader: str, jobs: int) -> Run:
    """Extract all the reports in a folder."""
    found, start = Run(), time.perf_counter()
    with tempfile.TemporaryDirectory() as out:
        command = [SUYIN, "extract", str(reports), "--out", out, "--jobs", str(jobs), "--reader", reader]
        quiet, env = subprocess.DEVNULL, os.environ | {"SUYIN_DATA_DIR": f"{out}/.data"}
        with subprocess.Popen(command, env=env, stdout=quiet, stderr=quiet) as process:
            parent = psutil.Process(process.pid)
            while process.poll() is None:
                with suppress(psutil.Error):
                    found.parent = max(found.parent, parent.memory_info().rss)
                    found.parent_busy = sum(parent.cpu_times()[:2])
                    children = parent.children()
                    found.worker = max([found.worker, *(child.memory_info().rss for child in children)])
                    busy = sum(sum(child.cpu_times()[:2]) for child in children)
                    found.workers_busy = max(found.workers_busy, busy)
                time.sleep(0.1)
            found.seconds = time.perf_counter() - start
        if process.returncode or len([*Path(out).glob("*.json")]) != len([*reports.iterdir()]):
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return found


def write_reports(folder: Path, count: int, seed: int) -> Path:
    """The folder with so many generated reports."""
    folder /= str(count)
    folder.mkdir(exist_ok=True)
    for name, text in generate(seed, count):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    return folder


def main(arguments: Sequence[str]) -> None:
    options = parser("jobs", __doc__)
    options.add_argument("--jobs", type=int, default=2, metavar="N", help="processes to compare with one")
    options.add_argument("--rules", type=int, default=1000, metavar="N", help="reports for the rules alone")
    options.add_argument("--model", type=int, default=100, metavar="N", help="and for the trained reader")
    options.add_argument("--memory", type=int, nargs="*", default=[1000, 10_000], metavar="N", help="reports")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args(arguments)
    rows, memory = [], []
    with tempfile.TemporaryDirectory() as name:
        for reader, count in (("rules", given.rules), ("model", given.model)):
            reports = write_reports(Path(name), count, given.seed)
            pairs = [(run(reports, reader, 1), run(reports, reader, given.jobs)) for _ in range(given.rounds)]
            ratios = sorted(one.seconds / several.seconds for one, several in pairs)
            ones, others = zip(*pairs, strict=True)
            rows.append(
                (
                    reader,
                    f"{count:,}",
                    f"{median(run.seconds for run in ones):.1f}",
                    f"{median(run.seconds for run in others):.1f}",
                    f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})",
                    f"{median(run.parent_busy for run in ones):.1f}",
                    f"{median(run.parent_busy for run in others):.1f} + "
                    f"{median(run.workers_busy for run in others):.1f}",
                )
            )
        for count in given.memory:
            found = run(write_reports(Path(name), count, given.seed), "rules", given.jobs)
            memory.append(
                (
                    f"{count:,}",
                    *(f"{size / 1e6:.0f}" for size in (found.parent, found.worker)),
                    f"{count / found.seconds:.0f}",
                )
            )
    several = f"{given.jobs} processes"
    show(
        "\n\n".join(
            (
                f"`suyin extract --out`, whole commands, {given.rounds} rounds:",
                table(
                    (
                        "reader",
                        "reports",
                        "1 process, s",
                        f"{several}, s",
                        "ratio",
                        "1: processor s",
                        f"{given.jobs}: parent + workers, processor s",
                    ),
                    rows,
                ),
                f"Largest resident sets with {several}, by the rules:",
                table(("reports", "parent, MB", "largest worker, MB", "reports/s"), memory),
            )
        ),
        "jobs",
        given.write,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
