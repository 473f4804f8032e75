"""Where Suyin keeps its data on this machine."""

from __future__ import annotations

import os
from pathlib import Path


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
