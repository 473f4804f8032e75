"""Sentences of a text, and spans without the signs at their ends."""

from __future__ import annotations

import re

_SENTENCE = re.compile(
    r"(?:[^“（。；！？\n]+|“[^“”\n]{0,200}”|（[^（）\n]{0,200}）|[“（])+[。；！？]*[”’）]?|[。；！？]+"
)
_STRONG = re.compile(
    r"(?:[^“（。！？\n]+|“[^“”\n]{0,200}”|（[^（）\n]{0,200}）|[“（])+[。！？]*[”’）]?|[。！？]+"
)


def sentences(text: str, start: int, end: int, *, strong: bool = False) -> list[tuple[int, int]]:
    """Spans of the sentences (up to 。；！？) in a range; `strong`: a semicolon does not end one."""
    return [(m.start(), m.end()) for m in (_STRONG if strong else _SENTENCE).finditer(text, start, end)]


def first_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the first sentence of a range, empty where there is none."""
    m = _SENTENCE.search(text, start, end)
    return m.span() if m else (start, start)


def strip_span(text: str, start: int, end: int, signs: str = "。；！？，、：\n ") -> tuple[int, int]:
    """Without the punctuation at its end and the blank at its start."""
    while end > start and text[end - 1] in signs:
        end -= 1
    while start < end and text[start] in "，、：\n ；。":
        start += 1
    return start, end
