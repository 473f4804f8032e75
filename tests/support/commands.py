"""Runs the commands as a user does: the installed `suyin`, in a process of its own."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from graph.embedded_run import stop_running

#: Seconds that a store stays within `stores_stay`: longer than a test takes.
STAYS = "600"
SUYIN = Path(sys.executable).with_name("suyin")
REPORTS = Path(__file__).parents[2] / "samples" / "reports"
ENERGY = REPORTS / "energy-group.txt"
SIX_UNITS = REPORTS / "six-units.txt"
UNIVERSITY = REPORTS / "university.txt"


#: For each `stores_stay` that holds now, the data folders that commands have used.
_stay: list[set[str]] = []


@cache
def _data_dir() -> str:
    folder = tempfile.mkdtemp(prefix="suyin-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextmanager
def stores_stay() -> Iterator[None]:
    """Within it the store of a command stays for the next one, which is what most of their time goes to."""
    used: set[str] = set()
    _stay.append(used)
    try:
        yield
    finally:
        _stay.remove(used)
        for folder in used:
            stop_running(Path(folder) / "arcadedb", force=True)


def suyin(*args: object, **env: object) -> subprocess.CompletedProcess[str]:
    """Run `suyin`. No setting of ours reaches it but those in `env`; its data go to a folder of the tests.

    It reads by the rules, unless SUYIN_READER is in `env` or a reader is asked for. The embedded store ends
    with it, unless SUYIN_IDLE is in `env`, or the test is one of `stores_stay`.
    """
    mine = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "SUYIN_"))}
    mine |= {"SUYIN_DATA_DIR": _data_dir(), "SUYIN_IDLE": STAYS if _stay else "0", "SUYIN_READER": "rules"}
    mine["SUYIN_ARCHIVE"] = os.environ["SUYIN_ARCHIVE"]
    mine |= {key: str(value) for key, value in env.items()}
    for used in _stay:
        used.add(mine["SUYIN_DATA_DIR"])
    return subprocess.run(
        [SUYIN, *map(str, args)],
        env=mine,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def done(*args: object, **env: object) -> str:
    """Standard output of a command that must succeed."""
    run = suyin(*args, **env)
    assert run.returncode == 0, run.stderr
    return run.stdout


def held(**env: object) -> dict[str, Any]:
    """What `suyin status` tells of the graph; not since when its store runs."""
    told: dict[str, Any] = json.loads(done("status", "--json", **env))
    del told["running"]
    return told
