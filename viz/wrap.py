"""Breaks a headline into the few short lines that fit a box."""

from __future__ import annotations

import unicodedata
from itertools import combinations, pairwise

#: Marks that must not begin a line, and marks that must not end one.
NOT_FIRST = "，。、；：！？,.;:!?）)》〉】」』”’…%％"
NOT_LAST = "（(《〈【「『“‘"


def em(text: str) -> float:
    """The width of a text in ems, a little on the wide side, so that a drawn line never leaves its box."""
    return sum(_em(char) for char in text)


def wrap(text: str, width: float, lines: int) -> list[str]:
    """At most `lines` lines of at most `width` ems each; what does not fit is cut with …

    White space is folded. Lines are about equally long and break after a mark where that costs little;
    a closing mark stays with the line before it, a Latin word in one piece where it can.
    """
    text = " ".join(text.split())
    needed = len(_fill(text, width, lines + 1))
    if needed > lines:
        return _fill(text, width, lines)
    return _balance(text, width, needed) if needed > 1 else _fill(text, width, lines)


def _fill(text: str, width: float, lines: int) -> list[str]:
    """As much on each line as fits."""
    out: list[str] = []
    while text:
        last = len(out) == lines - 1
        if em(text) <= width:
            return [*out, text]
        cut = _fit(text, width - (1.0 if last else 0.0))
        if last:
            return [*out, text[:cut].rstrip(NOT_FIRST + NOT_LAST + " ") + "…"]
        cut = next((at for at in range(cut, max(cut - 6, 0), -1) if not _splits(text, at)), cut)
        out.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return out


def _balance(text: str, width: float, lines: int) -> list[str]:
    """The most even way to break into this many lines no wider than `width`."""
    at = [0.0]
    for char in text:
        at.append(at[-1] + _em(char))
    even = at[-1] / lines
    best: tuple[float, tuple[int, ...]] | None = None
    for breaks in combinations(range(1, len(text)), lines - 1):
        ends = (0, *breaks, len(text))
        widths = [at[b] - at[a] for a, b in pairwise(ends)]
        if max(widths) > width or any(_splits(text, b) for b in breaks):
            continue
        cost = sum((w - even) ** 2 for w in widths)
        cost += sum(18 for b in breaks if text[b - 1] not in NOT_FIRST)
        if best is None or cost < best[0]:
            best = cost, ends
    return [text[a:b].strip() for a, b in pairwise(best[1])] if best else _fill(text, width, lines)


def _em(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    return 0.7 if char.isupper() or char in "mwMW@%&" else 0.58


def _fit(text: str, width: float) -> int:
    """How many characters fit; at least one, so that filling always ends."""
    used = 0.0
    for i, char in enumerate(text):
        used += _em(char)
        if used > width:
            return max(i, 1)
    return len(text)


def _splits(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    in_word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return after in NOT_FIRST or before in NOT_LAST or in_word
