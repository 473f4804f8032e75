"""Texts as quotes see them: without white space, and names without width and quotation marks."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

_SPACE = re.compile(r"[\s\ufeff]")
_UNSEEN = re.compile(r"[\s《》〈〉<>“”\"‘’'「」『』]")


class BareText:
    """A report without its white space, and the way into it from the report's own offsets (code points)."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = without_space(source)
        self._at = list(accumulate((not _SPACE.match(c) for c in source), initial=0))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the source to offsets in the bare text; what lies outside of it is cut off."""
        last = len(self.source)
        return self._at[max(0, min(start, last))], self._at[max(0, min(end, last))]

    def find(self, first: str, last: str, after: int, before: int | None) -> tuple[int, int] | None:
        """Where a quote given by its first and last characters stands, within a range of the bare text."""
        first, last = without_space(first), without_space(last)
        start = self.text.find(first, after, before)
        if start < 0:
            return None
        least = (
            0 if first == last else max(0, len(first) - len(last))
        )  # the end lies not before that of `first`
        end = self.text.find(last, start + least, before)
        return None if end < 0 else (start, end + len(last))

    def place(self, words: str, start: int, end: int) -> tuple[int, int] | None:
        """Where words stand in a range of the bare text, width and quotation marks aside."""
        folded: list[str] = []
        places: list[int] = []
        for i in range(start, end):
            for character in fold(self.text[i]):
                folded.append(character)
                places.append(i)
        wanted = fold(words)
        at = "".join(folded).find(wanted)
        return (places[at], places[at + len(wanted) - 1] + 1) if wanted and at >= 0 else None


def without_space(text: str) -> str:
    return _SPACE.sub("", text)


def fold(text: str) -> str:
    """A name to compare by: width, white space and quotation marks do not count."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
