"""Runs the commands as a user does: the installed `suyin`, in a process of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

SUYIN = Path(sys.executable).with_name("suyin")
REPORTS = Path(__file__).parents[2] / "samples" / "reports"
ENERGY = REPORTS / "energy-group.txt"
SIX_UNITS = REPORTS / "six-units.txt"
UNIVERSITY = REPORTS / "university.txt"


@cache
def _data_dir() -> str:
    folder = tempfile.mkdtemp(prefix="suyin-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def suyin(*args: object, **env: object) -> subprocess.CompletedProcess[str]:
    """Run `suyin`. No setting of ours reaches it but those in `env`; its data go to a folder of the tests.

    The embedded store ends with it, unless SUYIN_IDLE is in `env`.
    """
    mine = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "SUYIN_"))}
    mine |= {"SUYIN_DATA_DIR": _data_dir(), "SUYIN_IDLE": "0", "SUYIN_ARCHIVE": "0"} | {key: str(value) for key, value in env.items()}
    return subprocess.run([SUYIN, *map(str, args)], env=mine, stdin=subprocess.DEVNULL, capture_output=True,
                          encoding="utf-8", timeout=300, check=False)


def done(*args: object, **env: object) -> str:
    """Standard output of a command that must succeed."""
    run = suyin(*args, **env)
    assert run.returncode == 0, run.stderr
    return run.stdout
