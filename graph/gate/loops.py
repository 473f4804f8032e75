"""Loops within an expression: no database looks at its time limit while it is in one.

[x IN list …], all(x IN list …), reduce(s = …, x IN list | …): so their number within each other and the lists
that range() makes are limited, and reduce() may not double its value at each step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NoReturn

from graph.cypher import Token

#: Told the index of a token, what is wrong and what to do; raises.
Refuse = Callable[[int, str, str], NoReturn]
#: Loops within each other; the largest number in range().
MOST_LOOPS, MOST_STEPS = 2, 100_000
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
#: Functions whose value may be longer than what they are given.
_GROWING = frozenset(("replace", "reduce", "split"))
_COUNTS = frozenset(("size", "length"))


def check(tokens: Sequence[Token], parameters: Mapping[str, Any], refuse: Refuse) -> None:
    """Refuse what may loop for too long."""
    _Loops(tokens, parameters, refuse).check()


class _Loops:
    def __init__(self, tokens: Sequence[Token], parameters: Mapping[str, Any], refuse: Refuse) -> None:
        self.tokens, self.parameters, self.refuse = tokens, parameters, refuse

    def check(self) -> None:
        inside: list[bool] = []  # of each open bracket: is it a loop?
        for i, token in enumerate(self.tokens):
            if token.sign in _OPEN:
                inside.append(self._is_loop(i))
                if inside[-1] and inside.count(True) > MOST_LOOPS:
                    self.refuse(
                        i,
                        f"循环嵌套太深 · more than {MOST_LOOPS} loops within each other",
                        "用 UNWIND 和 WITH · use UNWIND and WITH",
                    )
                name = self.tokens[i - 1].name.lower() if i and token.sign == "(" else ""
                if name == "range":
                    self._range(i)
                elif name == "reduce":
                    self._reduce(i)
            elif token.sign in _CLOSE and inside:
                inside.pop()

    def _is_loop(self, i: int) -> bool:
        """Does [x IN or (x IN open here, or (s = of a reduce?"""
        if self.tokens[i].sign == "(" and i and self.tokens[i - 1].name.lower() == "reduce":
            return True
        return bool(self._at(i + 1).name) and self._at(i + 2).word == "IN"

    def _at(self, i: int) -> Token:
        return self.tokens[i] if i < len(self.tokens) else Token("sign", "")

    def _range(self, i: int) -> None:
        """Its arguments are small numbers, or sizes of what is there already."""
        depth, j = 1, i
        while depth and j + 1 < len(self.tokens):
            j += 1
            token = self.tokens[j]
            if token.sign in _OPEN and self.tokens[j - 1].name.lower() in _COUNTS:
                j = self._end(j)
                continue
            depth += (token.sign in _OPEN) - (token.sign in _CLOSE) if token.sign else 0
            value = self.parameters.get(token.text) if token.kind == "parameter" else token.text
            if token.kind in ("number", "parameter") and not _is_small(value):
                self.refuse(
                    j,
                    f"range 最大到 {MOST_STEPS} · range may go to {MOST_STEPS:,} at most",
                    "分几次查 · ask for less at a time",
                )
            if (token.name and token.name.lower() not in _COUNTS) or token.sign in ("*", "^", ".", "["):
                self.refuse(
                    j,
                    "range 只能用数、参数和 size(…) · range takes numbers, parameters, size(…)",
                    "写明数或用参数 · write the number or a parameter",
                )

    def _end(self, i: int) -> int:
        """The index of the bracket that closes the one at `i`; the last where none does."""
        depth = 0
        for j in range(i, len(self.tokens)):
            sign = self.tokens[j].sign
            depth += (sign in _OPEN) - (sign in _CLOSE) if sign else 0
            if not depth:
                return j
        return len(self.tokens) - 1

    def _reduce(self, i: int) -> None:
        """Refuse it where the value may grow from itself more than once a step."""
        name, growing, in_body = self._at(i + 1).name, 0, False
        inside: list[bool] = []  # of each open bracket: may what is in it grow?
        for before, j in pairwise(range(i, self._end(i))):
            token = self.tokens[j]
            if token.sign in _OPEN:
                inside.append(token.sign != "(" or self.tokens[before].name.lower() in _GROWING)
            elif token.sign in _CLOSE:
                inside.pop()
            in_body = in_body or (not inside and token.sign == "|")
            if not in_body or token.name != name or self.tokens[before].sign == ".":
                continue
            plus = "+" in (self.tokens[before].sign, self._at(j + 1).sign)
            growing += 2 if any(inside) else bool(inside) or plus
            if growing > 1:
                self.refuse(
                    j,
                    f"reduce 的值会成倍增长 · reduce makes {name:.40} grow more than once a step",
                    "每步只加一次；或用 collect、sum · add to it once a step, or use collect, sum",
                )


def _is_small(value: Any) -> bool:
    try:
        return abs(float(str(value).replace("_", ""))) <= MOST_STEPS
    except ValueError:  # 0x…, or a text
        return False
