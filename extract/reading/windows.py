"""Windows of whole clauses, as the encoder reads them: title and headings, then clauses.

A window is at most `SIZE` characters of clauses; the two short lines before it stand in front, since
what a clause says hangs on the heading above it. Reading overlaps windows by half and takes each clause
from the window in which it stands farthest from the edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extract.reading.alphabet import BAR, CLOSE, NEW_LINE, OPEN, Alphabet
from extract.reading.clauses import Clause

#: Characters of clauses in a window, and by how many windows are apart in reading.
SIZE, STEP = 420, 320
#: Characters of a clause that are read, and of a heading in front of a window.
LONGEST, _HEADING = 90, 24
#: Ids that the encoder takes at most.
MOST = 512


class Window(NamedTuple):
    """`ids`: what the encoder reads; `places`: for each id the number of its clause in `clauses`, -1
    for none; `clauses`: which clauses of the text they are."""

    ids: list[int]
    places: list[int]
    clauses: list[int]


class Page:
    """A text with its clauses and their ids."""

    def __init__(self, text: str, clauses: Sequence[Clause], alphabet: Alphabet) -> None:
        self.text, self.clauses, self.alphabet = text, clauses, alphabet
        self.words = [text[c.start : c.end] for c in clauses]
        self.ids = [alphabet.ids(words[:LONGEST]) for words in self.words]
        self.lines = text.split("\n")
        self.short = sorted({c.line for c in clauses if c.heading})
        self.title = next((line for line in self.lines if line.strip()), "")

    def headings(self, clause: int) -> list[str]:
        """The two short lines before the line of a clause, the outer first."""
        line = self.clauses[clause].line
        before = [k for k in self.short if 0 < k < line][-2:]
        return [self.lines[k] for k in before]

    def tiles(
        self, size: int = SIZE, step: int | None = STEP, first: int | None = None
    ) -> list[tuple[int, int]]:
        """Runs (first, last + 1) of clauses of at most `size` characters, `step` apart (None: side by
        side)."""
        lengths = [len(ids) + 1 for ids in self.ids]
        runs, at, room = [], 0, first or size
        while at < len(lengths):
            end, filled = at, 0
            while end < len(lengths) and (end == at or filled + lengths[end] <= room):
                filled += lengths[end]
                end += 1
            runs.append((at, end))
            room = size
            if end >= len(lengths):
                break
            if step is None:
                at = end
                continue
            following, filled = at, 0
            while following < end - 1 and filled + lengths[following] <= step:
                filled += lengths[following]
                following += 1
            at = max(following, at + 1)
        return runs

    def window(self, start: int, end: int) -> Window:
        """Clauses start..end as the encoder reads them."""
        title = self.title if start and self.clauses[start].line > 0 else ""
        return compose(self.alphabet, title, self.headings(start),
                       [(k, self.ids[k], self.clauses[k].line) for k in range(start, end)],
                       before=self.clauses[start - 1].line if start else -1)  # fmt: skip


def compose(
    alphabet: Alphabet,
    title: str,
    headings: Sequence[str],
    clauses: Sequence[tuple[int, list[int], int]],
    *,
    before: int,
    line_breaks: bool = True,
) -> Window:
    """[OPEN] title | heading | heading [CLOSE] clauses [CLOSE]; `clauses`: (number, ids, line)."""
    ids = [OPEN, *alphabet.ids(title[:_HEADING])]
    for heading in headings:
        ids += [BAR, *alphabet.ids(heading[:_HEADING])]
    ids.append(CLOSE)
    places = [-1] * len(ids)
    kept: list[int] = []
    line = before
    for number, own, its_line in clauses:
        if not own or len(ids) + len(own) + 2 > MOST:
            continue
        if its_line != line and kept and line_breaks:
            ids.append(NEW_LINE)
            places.append(-1)
        line = its_line
        ids += own
        places += [len(kept)] * len(own)
        kept.append(number)
    return Window([*ids, CLOSE], [*places, -1], kept)
