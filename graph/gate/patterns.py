"""Regular expressions and numbers of a user's query.

A database matches with backtracking and cannot be stopped while it does. So only such expressions pass as
need about the square of a text's length: no repeated group, no reference back, two repetitions that can share
characters.
"""

from __future__ import annotations

import re

#: A whole number, a decimal one, the front of 1e-5, 0x1F, 0o17.
NUMBER = re.compile(r"[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][0-9]*)?|0[xX][0-9a-fA-F]+|0[oO]?[0-7]+")
_LONGEST, _MOST_REPEATS, _MOST_OPTIONAL = 300, 2, 6
_PART = re.compile(
    r"(?P<escape>\\.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\\[&])*\])|(?P<flags>\(\?[ims]+\))"
    r"|(?P<open>\((?:\?[ims]*:)?)|(?P<close>\))|(?P<repeat>[*+]|\{\d+(?:,\d*)?\})|(?P<optional>\?)|(?P<plain>[^\\\[\](){}*+?])",
    re.DOTALL,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def unescape(text: str) -> str:
    r"""What a text of Cypher, without its quotes, stands for: \\d is \d."""
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), text, flags=re.DOTALL)


def fault(pattern: str) -> str | None:
    """What is wrong with a regular expression that a user may match with; None where nothing is."""
    if len(pattern) > _LONGEST:
        return f"正则式太长 · the pattern has {len(pattern):,} characters, at most {_LONGEST}"
    place = repeats = optional = 0
    last = ""
    while place < len(pattern):
        match = _PART.match(pattern, place)
        kind = match.lastgroup if match else None
        if match is None or (kind == "escape" and (match[0][1].isdigit() or match[0][1] in "kQE")):
            return f"正则式在第 {place + 1} 字不可用 · the pattern has at {place + 1} what is not allowed"
        if kind in ("repeat", "optional") and last == "close":
            return "正则式重复一个括号 · the pattern repeats a group in ( )"
        place = match.end()
        at_end = match[0] == "*" and place == len(pattern)
        repeats += kind == "repeat" and not at_end
        optional += kind == "optional"
        last = str(kind)
    if repeats > _MOST_REPEATS or optional > _MOST_OPTIONAL:
        return (
            f"正则式的重复太多 · the pattern repeats too much: at most {_MOST_REPEATS} of * + {{}}, "
            "and a * at its end"
        )
    return None
