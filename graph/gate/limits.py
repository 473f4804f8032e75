"""How large a user's query may be: what a parser or planner meets recursively has its limits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from graph import cypher
from graph.cypher import Token
from graph.errors import QueryError
from graph.gate.words import BLOCKS, CLAUSES

#: The longest query, in characters and in words and signs; brackets within brackets.
LONGEST, MOST_TOKENS, DEEPEST = 20_000, 4_000, 50
#: The most clauses, subqueries, and operators between two commas.
MOST_CLAUSES, MOST_BLOCKS, MOST_OPERATORS = 60, 20, 200
MOST_CASES = 20
OPERATORS = frozenset(
    (*"+-*/%^=<>~!.|&:", "AND", "OR", "XOR", "NOT", "IN", "IS", "STARTS", "ENDS", "CONTAINS")
)
#: Codes of quotes and \\: Neo4j puts the character in its place before it looks where a text ends.
_CODE = re.compile(r"\\(?:U|u(?![0-9a-fA-F]{4})|u(?:0022|0027|0060|005[cC]))")


class GateError(QueryError):
    """A query that may not be asked; the message says what stands where, and what to do."""


def check_length(text: str) -> None:
    """Before it is split into tokens. Raises GateError."""
    if len(text) > LONGEST:
        raise GateError(
            f"查询太长 · the query has {len(text):,} characters, at most {LONGEST:,} are read; "
            "把长列表放进参数 · put long lists into parameters"
        )
    if escape := _CODE.search(text):
        raise GateError(
            f"不允许 {escape[0]} · {escape[0]} at {escape.start() + 1} is not allowed; "
            "直接写字符 · write the character itself"
        )


def check(text: str, found: Sequence[Token]) -> None:
    """Raises GateError where the query has too much of something, or an open end."""
    start = cypher.unfinished(text, found)
    if start is not None:
        raise GateError(
            f"引号或注释没有结束 · a quote or comment does not end, begun at {start + 1}; 补上结尾 · close it"
        )
    deep = cypher.depth(found)
    if deep > DEEPEST:
        raise GateError(
            f"嵌套太深 · the query has brackets within brackets {deep:,} deep; at most {DEEPEST} are read"
        )
    blocks = sum(token.sign == "{" and before.word in BLOCKS for before, token in pairwise(found))
    counted = (
        (MOST_TOKENS, "词和符号 words and signs", len(found)),
        (MOST_CLAUSES, "子句 clauses", sum(token.word in CLAUSES for token in found)),
        (MOST_BLOCKS, "子查询 subqueries", blocks),
        (MOST_CASES, "CASE", sum(token.word == "CASE" for token in found)),
        (MOST_OPERATORS, "连续的运算 operators in one expression", _longest_chain(found)),
    )
    for most, what, count in counted:
        if count > most:
            raise GateError(
                f"查询太大 · the query has {count:,} {what}, at most {most:,} are read; "
                "拆成几个，长列表放进参数 · split it, put long lists into parameters"
            )


def _longest_chain(found: Sequence[Token]) -> int:
    """The most operators between two commas or clauses, whatever brackets they stand in."""
    longest = now = 0
    for token in found:
        if token.sign == "," or token.word in CLAUSES:
            now = 0
        now += token.sign in OPERATORS or token.word in OPERATORS
        longest = max(longest, now)
    return longest
