"""Raised and lowered characters in a line of text: 10⁴ must not become 104.

Digits and signs become the raised and lowered characters of Unicode, which no pattern takes for a digit. What
has none of its own follows a sign: 10^1.5. Notes and letters (万元[3], 1st) stay as they are.
"""

from __future__ import annotations

import re

_PLAIN = "0123456789+-−–=()（）"
_RAISED = dict(zip(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾⁽⁾", strict=True)) | {"n": "ⁿ", "i": "ⁱ"}
_LOWERED = dict(zip(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎₍₎", strict=True))
_NUMBER = re.compile(r"[+\-−–(（]?\d")


def raised(text: str) -> str:
    """`text` as it is written above the line."""
    return _moved(text, _RAISED, "^")


def lowered(text: str) -> str:
    """`text` as it is written below the line."""
    return _moved(text, _LOWERED, "_")


def _moved(text: str, signs: dict[str, str], mark: str) -> str:
    said = text.strip()
    if said and all(c in signs for c in said):
        return "".join(signs[c] for c in said)
    return f"{mark}{said}" if _NUMBER.match(said) else text
