"""Whether a user's query may be asked: it goes by its tokens, and needs no parser to be sure.

Between two values, and where a statement begins, Cypher has a keyword. So a query in which all such words are
on the list of those that read, and all names before a ( on that of functions, can do nothing else, whatever
the rest of it is. Whether it is right, the database says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from graph import cypher
from graph.cypher import Token
from graph.gate import limits, loops, patterns
from graph.gate.limits import OPERATORS, GateError
from graph.gate.words import FUNCTIONS, KEYWORDS, PROCEDURES, REFUSED, STARTS
from graph.values import check_text, check_values

_SIGNS = frozenset((*"()[]{},.:|&!%+-*/^=<>~", "..", "::"))
_NONE = Token("sign", "")


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that may be asked: `text` is without comments, its places are those of the user's."""

    text: str
    tokens: tuple[Token, ...]


def check(text: str, parameters: Mapping[str, Any]) -> Checked:
    """The query as it may be asked. Raises GateError; QueryError where a parameter is none."""
    check_text("the query", text)
    check_values(parameters)
    limits.check_length(text)
    found = cypher.tokens(text)
    while found and found[-1].sign == ";":
        found.pop()
    _Check(text, found, parameters).run()
    return Checked(cypher.without_comments(text, found), tuple(found))


class _Check:
    def __init__(self, text: str, found: Sequence[Token], parameters: Mapping[str, Any]) -> None:
        self.text, self.tokens, self.parameters = text, found, parameters

    def at(self, i: int) -> Token:
        return self.tokens[i] if 0 <= i < len(self.tokens) else _NONE

    def run(self) -> None:
        """Raises GateError at the first fault."""
        limits.check(self.text, self.tokens)
        if self.at(0).word not in STARTS:
            first = self.at(0).text or "空 nothing"
            self.refuse(
                0,
                f"查询不能以 {first:.20} 开头 · a query cannot begin with {first:.20}",
                f"以这些词开头 · begin with {', '.join(sorted(STARTS))}",
            )
        for i, token in enumerate(self.tokens):
            if token.sign:
                self._sign(i)
            elif token.kind == "number":
                if not patterns.NUMBER.fullmatch(token.text):
                    self.refuse(
                        i,
                        f"{token.text:.20} 不是数 · {token.text:.20} is no number",
                        "分开写 · put a blank between",
                    )
            elif token.name:
                self._name(i)
            if self._value_begins(i) and self._value_ends(i - 1):
                self._not_a_keyword(i)
        loops.check(self.tokens, self.parameters, self.refuse)

    def refuse(self, i: int, message: str, fix: str) -> NoReturn:
        place = self.at(i).start
        line, column = self.text.count("\n", 0, place) + 1, place - self.text.rfind("\n", 0, place)
        raise GateError(f"第 {line} 行第 {column} 字：{message} (line {line}, character {column}); {fix}")

    def _sign(self, i: int) -> None:
        sign = self.at(i).sign
        if sign == ";":
            self.refuse(i, "一次只能一条查询 · one statement at a time", "分开提交 · ask them one by one")
        if sign not in _SIGNS:
            self.refuse(
                i,
                f"不认得的字符 {sign!r} · {sign!r} is not known here",
                "名称里的符号要用反引号 · quote names that have signs in `…`",
            )
        if sign == "(" and self.at(i - 1).name:
            self._called(i)
        if sign == "~" and self.at(i - 1).sign == "=":
            self._pattern(i + 1)

    def _pattern(self, i: int) -> None:
        """The regular expression after =~, which no database stops once it has begun."""
        token, after = self.at(i), self.at(i + 1)
        if token.kind == "parameter" and isinstance(self.parameters.get(token.text), str):
            text = self.parameters[token.text]
        elif token.kind == "text":
            text = patterns.unescape(token.text[1:-1])
        else:
            self.refuse(
                i,
                "=~ 之后要写明正则式 · after =~ there must be a text",
                "写成文字或参数 · write it as a text or parameter",
            )
        if after.sign in OPERATORS - {"|"} or after.sign in ("[", "..", "::"):
            self.refuse(
                i + 1,
                "正则式不能由运算得出 · a pattern cannot be computed",
                "写成一个文字 · write it as one text",
            )
        if fault := patterns.fault(text):
            self.refuse(i, fault, "用 CONTAINS、STARTS WITH 或全文索引 · use CONTAINS or full text")

    def _name(self, i: int) -> None:
        token, before, after = self.at(i), self.at(i - 1), self.at(i + 1)
        if before.sign == ".":  # a key; but 1.x may be read as 1. x
            if self.at(i - 2).kind == "number":
                self.refuse(
                    i, "数后面的点不明确 · a dot after a number is not clear", "用括号 · write (1).x or 1.0"
                )
            return
        if after.sign == ":" and before.sign in ("{", ","):
            return  # a key of a map
        if token.word in REFUSED:
            self.refuse(
                i,
                f"不允许 {token.word}，只能查询 · {token.word}: queries may only read",
                "作名称时用反引号 · quote it in `…` where it is a name",
            )
        if token.word == "CALL":
            self._call(i)

    def _called(self, end: int) -> None:
        """What stands before a ( at `end`: a keyword, a function, or a procedure, which `_call` looks at."""
        begin = end - 1
        while self.at(begin - 1).sign == "." and self.at(begin - 2).name:
            begin -= 2
        if begin == end - 1 and self._is_keyword(begin):
            return
        name = self._dotted(begin, end)
        before = self.at(begin - 1)
        if before.sign == "." or (name.lower() not in FUNCTIONS and not self._is_call(begin - 1)):
            self.refuse(
                begin,
                f"不允许函数 {name:.60} · the function {name:.60} is not allowed",
                "可用的见 docs/cypher.md · docs/cypher.md lists those that are",
            )

    def _end_of_dotted(self, i: int) -> int:
        """The index after a.b.c, which begins at `i`."""
        while self.at(i + 1).sign == "." and self.at(i + 2).name:
            i += 2
        return i + 1

    def _dotted(self, i: int, end: int) -> str:
        return "".join(token.text for token in self.tokens[i:end])

    def _is_call(self, i: int) -> bool:
        return self.at(i).word == "CALL" and self._is_keyword(i)

    def _call(self, i: int) -> None:
        if self.at(i + 1).sign in ("{", "("):
            return
        end = self._end_of_dotted(i + 1)
        name = self._dotted(i + 1, end)
        if name not in PROCEDURES:
            self.refuse(
                i + 1,
                f"不允许过程 {name:.60} · the procedure {name:.60} is not allowed",
                f"可用 · there are {', '.join(sorted(PROCEDURES))}",
            )

    def _is_keyword(self, i: int) -> bool:
        return self.at(i).word in KEYWORDS and self.at(i - 1).sign != "."

    def _value_begins(self, i: int) -> bool:
        token = self.at(i)
        return token.kind in ("text", "number", "parameter") or (bool(token.name) and not self._is_keyword(i))

    def _value_ends(self, i: int) -> bool:
        token = self.at(i)
        if token.sign == "*":  # all of RETURN *, as no factor
            before = self.at(i - 1)
            return before.word in ("RETURN", "WITH", "DISTINCT", "YIELD")
        return self._value_begins(i) or token.sign in (")", "]", "}")

    def _not_a_keyword(self, i: int) -> NoReturn:
        text = self.at(i).text
        self.refuse(
            i,
            f"这里不允许 {text:.40} · {text:.40} is no word that queries may have here",
            "检查拼写；作名称时用反引号 · see its spelling, quote it in `…` where it is a name",
        )
