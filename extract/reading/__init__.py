"""The trained reader: clauses of a report, their roles with probabilities, and the findings that follow
from them."""

from typing import Literal

#: What reads a report: the rules alone, or the trained reader beside them.
ReaderName = Literal["rules", "model"]
#: What the commands use where nothing is said.
DEFAULT: ReaderName = "model"
