"""The commands of Suyin, one module a group: their words and their wiring.

What a command does stands in a module of its own where it is long (`draw.py` and `drawing.py`).
"""

from cli.program import main

__all__ = ["main"]
