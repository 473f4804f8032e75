"""The tokens of a text in Cypher. It is no parser: whether the text is right, the database says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<skip>\s+|//[^\r\n]*|/\*.*?(?:\*/|\Z))|(?P<text>'(?:[^'\\]|\\.)*(?:'|\\?\Z)|\"(?:[^\"\\]|\\.)*(?:\"|\\?\Z))"
    r"|`(?P<quoted>(?:[^`]|``)*)(?:`|\Z)|\$\s*(?P<parameter>\w+)|(?P<number>\d\w*(?:\.\d\w*)?)"
    r"|(?P<name>[^\W\d]\w*)|(?P<sign>\.\.|::|.)",
    re.DOTALL,
)
_BLANK = re.compile(r"[^\n]")
_WHOLE = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`(?:[^`]|``)+`|/\*.*?\*/", re.DOTALL)


class Token(NamedTuple):
    """`kind`: text, parameter, number, name or sign; `text`: without $ and back quotes, then `quoted`.

    It stands from `start` to `end` (half-open) in the query.
    """

    kind: str
    text: str
    quoted: bool = False
    start: int = 0
    end: int = 0

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
    return list(_scan(cypher))


def without_comments(cypher: str, found: Sequence[Token]) -> str:
    """The query with its tokens (`found`) where they were, and between them only blanks and ends of lines.

    So no database can see a border of a comment elsewhere than we do.
    """
    parts, done = [], 0
    for token in found:
        parts += [_BLANK.sub(" ", cypher[done : token.start]), cypher[token.start : token.end]]
        done = token.end
    return "".join(parts)


def unfinished(cypher: str, found: Sequence[Token]) -> int | None:
    """Where a string, quoted name or comment begins that does not end; None where all do."""
    for token in found:
        if cypher[token.start] in "'\"`" and not _WHOLE.fullmatch(cypher, token.start, token.end):
            return token.start
    tail = found[-1].end if found else 0
    last = [match for match in _TOKEN.finditer(cypher, tail) if match[0].startswith("/*")][-1:]
    return last[0].start() if last and not _WHOLE.fullmatch(last[0][0]) else None


def _scan(cypher: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(cypher):
        kind = str(match.lastgroup)
        if kind == "quoted":
            yield Token("name", match[kind].replace("``", "`"), True, *match.span())
        elif kind != "skip":
            yield Token(kind, match[kind], False, *match.span())


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
