"""The tokens of a text in Cypher. It is no parser: whether the text is right, the database says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<skip>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))|(?P<text>'(?:[^'\\]|\\.)*(?:'|\\?\Z)|\"(?:[^\"\\]|\\.)*(?:\"|\\?\Z))"
    r"|`(?P<quoted>(?:[^`]|``)*)(?:`|\Z)|\$\s*(?P<parameter>\w+)|(?P<number>\d\w*(?:\.\d\w*)?)"
    r"|(?P<name>[^\W\d]\w*)|(?P<sign>\.\.|::|.)", re.DOTALL)


class Token(NamedTuple):
    """`kind`: text, parameter, number, name or sign; `text`: without $ and back quotes, then `quoted`."""

    kind: str
    text: str
    quoted: bool = False

    @property
    def word(self) -> str:
        """A name in capitals, as it may be a keyword; of other tokens nothing."""
        return self.text.upper() if self.kind == "name" and not self.quoted else ""

    @property
    def sign(self) -> str:
        return self.text if self.kind == "sign" else ""

    @property
    def name(self) -> str:
        return self.text if self.kind == "name" else ""


def tokens(cypher: str) -> list[Token]:
    """Without blanks and comments. A string or comment that does not end goes to the end of the text."""
    found = []
    for match in _TOKEN.finditer(cypher):
        kind = str(match.lastgroup)
        if kind == "quoted":
            found.append(Token("name", match[kind].replace("``", "`"), quoted=True))
        elif kind != "skip":
            found.append(Token(kind, match[kind]))
    return found


def depth(found: Sequence[Token]) -> int:
    """How deep brackets stand in each other."""
    deepest = now = 0
    for token in found:
        if token.sign:
            now += (token.text in "([{") - (token.text in ")]}")
            deepest = max(deepest, now)
    return deepest


def parameters(found: Sequence[Token]) -> set[str]:
    """The names of the parameters that a query uses."""
    return {token.text for token in found if token.kind == "parameter"}
