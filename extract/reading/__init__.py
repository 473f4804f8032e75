"""The trained reader: clauses of a report, their roles with probabilities, and what follows from them."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

#: What reads a report: the rules alone, or the trained reader beside them.
ReaderName = Literal["rules", "model"]
#: What the commands use where nothing is said: the trained reader where its extra is installed.
DEFAULT: ReaderName = "model" if find_spec("onnxruntime") else "rules"
#: The code that decides what the weights mean.
CODE = ("labels.py", "clauses.py", "windows.py", "alphabet.py")


def code_hash() -> str:
    """A hash of that code; the reader's card has that of the code it was trained with."""
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in CODE)).hexdigest()
