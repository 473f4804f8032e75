"""How the patterns of rules are written, and what they become.

A pattern may go over several lines: blanks at the ends of a line and lines that begin with # do not count.
A name in braces stands for a class of words or a part of a pattern: those of rules/words.toml, and those
of `[signs]` and `[words]` of the rule's own file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from extract.rules.checks import BadRule, did_you_mean

#: A name in braces; what repeats ({2,40}, {3}) is none.
_NAME = re.compile(r"\{(?!\d*,?\d*\})([^{}]*)\}")


def word_classes(words: Mapping[str, str]) -> dict[str, str]:
    """A pattern for each class of words; the words of a class have blanks between them."""
    return {name: any_of(listed.split()) for name, listed in words.items()}


def plain(written: str, classes: Mapping[str, str], place: str) -> str:
    """The pattern as `re` takes it. Raises BadRule where it names an unknown class."""
    lines = (line.strip() for line in written.split("\n"))
    joined = "".join(line for line in lines if not line.startswith("#"))

    def expand(match: re.Match[str]) -> str:
        if (name := match[1]) not in classes:
            raise BadRule(
                f"{place}: unknown class of words {{{name}}}; {did_you_mean(name, classes)}; see words.toml"
            )
        return classes[name]

    return _NAME.sub(expand, joined)


def compiled(pattern: str, place: str) -> re.Pattern[str]:
    """Raises BadRule where the pattern is none."""
    try:
        return re.compile(pattern)
    except re.error as err:
        at = f" at …{pattern[max(0, err.pos - 12) : err.pos + 12]}…" if err.pos is not None else ""
        raise BadRule(f"{place}: the pattern does not compile: {err.msg}{at}") from None


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words that looks at each character of a text once; the longest first."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[:1], []).append(word[1:])
    branches = [
        re.escape(first) + (any_of(rest) if any(rest) else "") for first, rest in tails.items() if first
    ]
    return f"(?:{'|'.join(branches)})" + ("?" if "" in tails else "")
