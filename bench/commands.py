"""How long a command takes before it answers: help, the first question to the embedded store, and the next.

`python -m bench commands [--rounds N] [--write docs/speed.md]`

Whole processes in turns, in a data folder and a cache of their own with the sample reports; wall seconds, and
processor seconds of the command with all that it started and waited for. The ratio is to `python -c pass`.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.pages import parser, show, table

SAMPLES = Path(__file__).parents[1] / "samples" / "reports"
SUYIN = str(Path(sys.executable).with_name("suyin"))
QUERY = ("query", "causes-of-category", "category=finance")
PASS = "`python -c pass`"
#: What is measured: the command, and what the environment says besides.
RUNS: Mapping[str, tuple[Sequence[str], Mapping[str, str]]] = {
    PASS: ([sys.executable, "-c", "pass"], {}),
    "`suyin --help`": ([SUYIN, "--help"], {}),
    "`suyin query …`, the store runs": ([SUYIN, *QUERY], {"SUYIN_IDLE": "3600"}),
    "`suyin status`, the store runs": ([SUYIN, "status"], {"SUYIN_IDLE": "3600"}),
    "`suyin query …`, the store is started and ended": ([SUYIN, *QUERY], {"SUYIN_IDLE": "0"}),
    "the same without the archive of classes": ([SUYIN, *QUERY], {"SUYIN_IDLE": "0", "SUYIN_ARCHIVE": "0"}),
}


@dataclass(slots=True)
class Times:
    """Seconds of each round."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def run(command: Sequence[str], env: Mapping[str, str]) -> tuple[float, float]:
    """Wall and processor seconds of a process; the latter with those of its children that have ended."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env=os.environ | env, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(rounds: int) -> dict[str, Times]:
    """Each of RUNS in each round; there are two copies of the data, so that one can be left to its store."""
    times = {name: Times() for name in RUNS}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        common = {"XDG_CACHE_HOME": f"{folder}/cache", "SUYIN_READER": "rules", "NEO4J_URI": ""}
        kept, ended = ({**common, "SUYIN_DATA_DIR": f"{folder}/{name}"} for name in ("kept", "ended"))
        run([sys.executable, "-m", "graph.embedded_training"], common)
        reports = sorted(map(str, SAMPLES.glob("*.txt")))
        try:
            for place, idle in ((kept, "3600"), (ended, "0")):
                run([SUYIN, "load", *reports], {**place, "SUYIN_IDLE": idle})
            for _ in range(rounds):
                for name, (command, settings) in RUNS.items():
                    place = ended if settings.get("SUYIN_IDLE") == "0" else kept
                    wall, processor = run(command, place | settings)
                    times[name].wall.append(wall)
                    times[name].processor.append(processor)
        finally:
            run([SUYIN, "stop", "--force"], kept)
    return times


def main(arguments: Sequence[str]) -> None:
    options = parser("commands", __doc__)
    options.add_argument("--rounds", type=int, default=7)
    given = options.parse_args(arguments)
    times = measure(given.rounds)
    base = times[PASS].wall
    rows = []
    for name, each in times.items():
        ratio = statistics.median(a / b for a, b in zip(each.wall, base, strict=True))
        rows.append(
            (
                name,
                f"{statistics.median(each.wall):.2f}",
                f"{min(each.wall):.2f}",
                f"{statistics.median(each.processor):.2f}",
                f"{ratio:.1f}",
            )
        )
    show(table(("process", "seconds", "least", "processor seconds", "ratio"), rows), "commands", given.write)


if __name__ == "__main__":
    main(sys.argv[1:])
