"""What tables leave in a text on its way through a reader: where their cells stand, and what they say.

A reader of Word or web pages joins lines to a text and knows no offsets yet. So the lines of a table carry
marks, made of noncharacters of Unicode that no text may hold; `take_marks` takes them out of the whole text.
"""

from __future__ import annotations

import re

from extract.model import Cell

#: A cell that its table shows as one with the cell on its left, or with the one above.
LEFT, ABOVE = "\ufdd0", "\ufdd1"
#: A cell that holds something which could not be read.
UNREAD = "\ufdef"
_BODY, _END = "\ufdd2", "\ufdd3"
#: What a line made of a cell says. `table` opens a list of problems, `item` is a part of a problem, `status`
#: says only how far a measure has come, `unit` whose task it is, `aside` no finding; `data` is a row of a
#: table that lists no problems.
ROLES = (
    *("table", "group", "problems", "item", "causes", "recommendations", "measures"),
    *("unit", "aside", "data", "status", "done", "ongoing", "long-term"),
)
_OPEN = {role: chr(0xFDD4 + i) for i, role in enumerate(ROLES)}
_ROLE = {mark: role for role, mark in _OPEN.items()}
_STATUSES = ("done", "ongoing", "long-term")
_ANY = re.compile(r"[\ufdd0-\ufdef]")
_MARKED = re.compile(
    r"(?P<open>[\ufdd4-\ufdef])(?P<row>\d{0,6})\ufdd2(?P<label>[^\ufdd0-\ufdef]*)\ufdd2"
    r"(?P<words>[^\ufdd0-\ufdef]*)\ufdd3"
    r"|[\ufdd0-\ufdef]"
)


def mark(role: str, words: str, *, label: str = "", row: int = 0) -> str:
    """A line of a table: `label` (a number, 整改措施：) and `words`, in the row of this number."""
    return f"{_OPEN[role]}{row}{_BODY}{''.join(label.split())}{_BODY}{words}{_END}"


def without_marks(text: str) -> str:
    """The text alone."""
    return _MARKED.sub(lambda m: (m["label"] or "") + (m["words"] or ""), text)


def take_marks(text: str) -> tuple[str, tuple[Cell, ...]]:
    """(the text without its marks, the cells that they marked, in order)."""
    if not _ANY.search(text):
        return text, ()
    parts: list[str] = []
    cells: list[Cell] = []
    at = size = 0
    for m in _MARKED.finditer(text):
        parts.append(text[at : m.start()])
        size += m.start() - at
        at = m.end()
        role = _ROLE.get(m["open"] or "")
        if role is None:
            continue
        words = m["label"] + m["words"]
        status = role if role in _STATUSES else None
        if words:
            body = size + len(m["label"])
            role = "status" if status else role
            cells.append(Cell(size, size + len(words), role, int(m["row"] or 0), body, status))
        parts.append(words)
        size += len(words)
    return "".join([*parts, text[at:]]), tuple(cells)
