"""Where Suyin keeps its data on this machine, and how long the embedded store stays after a command."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path

from extract.model import SuyinError

#: Seconds that it stays where nothing is said.
IDLE = 300.0


def data_dir(given: Path | str | None = None) -> Path:
    """The folder of the embedded store and the list of failures: `given`, SUYIN_DATA_DIR or the default."""
    return Path(given or os.environ.get("SUYIN_DATA_DIR") or "~/.local/share/suyin").expanduser()


def encoder_dir(given: Path | str | None = None) -> Path:
    """The folder of the sentence encoder's files: SUYIN_ENCODER, or in the data folder."""
    if named := os.environ.get("SUYIN_ENCODER"):
        return Path(named).expanduser()
    return data_dir(given) / "encoders" / "bge-small-zh-v1.5-q"


def judgements_file(given: Path | str | None = None) -> Path:
    """What people judged to be one unit or policy: SUYIN_JUDGEMENTS, or judgements.csv in the data folder."""
    if named := os.environ.get("SUYIN_JUDGEMENTS"):
        return Path(named).expanduser()
    return data_dir(given) / "judgements.csv"


def store_dir(given: Path | str | None = None) -> Path:
    """The folder of the embedded store, in the data folder."""
    return data_dir(given) / "arcadedb"


def idle_seconds() -> float:
    """Seconds without use after which an embedded store that a command started ends: SUYIN_IDLE, or 300.

    0: with the command; so it is on Windows, where nobody has tried anything else. Raises SuyinError.
    """
    if sys.platform == "win32":
        return 0.0
    said = os.environ.get("SUYIN_IDLE") or str(IDLE)
    try:
        seconds = float(said)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise SuyinError(
            f"SUYIN_IDLE: {said!r} must be a number of seconds, such as 300; "
            "0: the store ends with the command"
        )
    return seconds
