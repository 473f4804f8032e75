"""Where Suyin keeps its data on this machine."""

from __future__ import annotations

import os
from pathlib import Path


def data_dir(given: Path | str | None = None) -> Path:
    """The folder of the embedded store and the list of failures: `given`, SUYIN_DATA_DIR or the default."""
    return Path(given or os.environ.get("SUYIN_DATA_DIR") or "~/.local/share/suyin").expanduser()
