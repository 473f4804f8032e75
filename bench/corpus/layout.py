"""The lines of a generated report as a page shows them, and the slips of a scan."""

from __future__ import annotations

import random

from bench.corpus.writer import Writer

_HALF_WIDTH = str.maketrans("，；：（）？！", ",;:()?!")
_SLIPS = {"0": "O", "1": "l", "审": "宙", "已": "巳", "未": "末", "人": "入", "。": ".", "、": "，"}


def lay_out(w: Writer) -> str:
    """With noise, indents, breaks, half-width signs, slips, a cut end."""
    rng, lines = w.rng, list(w.lines)
    if w.maybe(0.4):
        for _ in w.some(1, 8):
            lines.insert(rng.randrange(len(lines) + 1), w.say("{noise}"))
    indent = rng.choice(("", "", "　　", "    "))
    width = rng.choice((0, 0, 0, 28, 33, 38, 42))
    out: list[str] = []
    for line in lines:
        whole = indent + line
        out += [whole[i : i + width] for i in range(0, len(whole), width)] if width else [whole]
    text = rng.choice(("\n", "\n", "\n\n")).join(out) + "\n"
    if w.maybe(0.2):
        text = text.translate(_HALF_WIDTH)
    if w.maybe(0.1):
        text = text.replace("“", '"').replace("”", '"')
    if w.maybe(0.15):
        text = damage(text, rng, rng.uniform(0.001, 0.01))
    if w.maybe(0.1):
        text = text[: rng.randint(len(text) // 2, len(text))]
    return text.replace("\n", "\r\n") if w.maybe(0.1) else text


def damage(text: str, rng: random.Random, share: float) -> str:
    """A scan's slips at about this share of the characters: misread, lost, doubled, a blank put in."""
    chars = list(text)
    for _ in range(int(len(chars) * share)):
        at = rng.randrange(len(chars))
        char = chars[at]
        chars[at] = rng.choice((_SLIPS.get(char, char), "", char * 2, char + " ", char + "\n"))
    return "".join(chars)
