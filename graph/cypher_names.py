"""Which names in a text in Cypher are labels, types of edges and keys of properties.

It goes by what stands round a name, and leaves out what that does not say for sure: the keys of maps, and
those of variables that need not be nodes or edges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from graph.cypher import Token

Kind = Literal["label", "type", "label or type", "key"]
Owner = Literal["label", "type", "label or type"]
_NONE = Token("sign", "")
#: Words after which a bracket holds something, and not the arguments of a function.
_KEYWORDS = frozenset(
    (
        "MATCH",
        "OPTIONAL",
        "WHERE",
        "AND",
        "OR",
        "XOR",
        "NOT",
        "IN",
        "RETURN",
        "WITH",
        "UNWIND",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "DISTINCT",
        "AS",
        "BY",
        "YIELD",
        "UNION",
        "ALL",
        "IS",
        "CONTAINS",
        "LIMIT",
        "SKIP",
        "OFFSET",
        "ORDER",
        "CREATE",
        "MERGE",
        "SET",
        "DELETE",
        "CALL",
    )
)
_BLOCKS = frozenset(("EXISTS", "COUNT", "COLLECT", "CALL"))


class Use(NamedTuple):
    """A name in a query. `owners`: of a key, the labels or types (`owner`) of what has it; empty: any."""

    kind: Kind
    name: str
    owner: Owner = "label"
    owners: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Bound:
    """A node or an edge in a pattern: the names after its colon; None where they do not tell what it is."""

    owner: Owner
    names: set[str] | None = field(default_factory=set)


@dataclass(slots=True)
class _Open:
    """An open bracket: ( of a node, [ of an edge, { of its properties or of a projection of a variable, …"""

    what: Literal["pattern", "keys", "map", "other"]
    about: _Bound | None = None


def uses(found: Sequence[Token]) -> list[Use]:
    """The labels, types and keys that a query names, in their order."""
    return list(_Reader(found).read())


class _Reader:
    def __init__(self, found: Sequence[Token]) -> None:
        self.tokens = found
        self.variables: dict[str, _Bound] = {}
        self.open: list[_Open] = []
        self.keys: list[tuple[_Bound | str, str]] = []  # told at the end, when all patterns are known
        # names that also stand for other things than nodes and edges: p.headline AS x (not q AS x), x IN list
        self.others = {
            self.at(i + 1).name
            for i, token in enumerate(found)
            if token.word == "AS"
            and not (self.at(i - 1).name and (self.at(i - 2).sign == "," or self.at(i - 2).word))
        }
        self.others |= {
            token.name
            for i, token in enumerate(found)
            if self.at(i + 1).word == "IN" and self.at(i - 1).sign in ("[", "(")
        }
        # in parts of their own one name may be two nodes, so its labels say nothing
        self.one_scope = not any(
            token.word == "UNION" or (token.sign == "{" and self._is_block(i))
            for i, token in enumerate(found)
        )

    def at(self, i: int) -> Token:
        return self.tokens[i] if 0 <= i < len(self.tokens) else _NONE

    def read(self) -> Iterator[Use]:
        for i, token in enumerate(self.tokens):
            if token.sign in ("(", "[", "{"):
                self.open.append(self._opened(i))
            elif token.sign in (")", "]", "}"):
                if self.open:
                    self.open.pop()
            elif token.sign == ":":
                yield from self._after_colon(i)
            elif token.sign == "." and self.at(i + 1).name and self.at(i + 2).sign != "(":
                self._dotted(i)
        yield from self._told_keys()

    def _opened(self, i: int) -> _Open:
        before, after = self.at(i - 1), self.at(i + 1)
        sign = self.tokens[i].sign
        if sign == "(":
            if before.name and before.word not in _KEYWORDS | _BLOCKS:
                return _Open("other")  # a function
            named = self.at(i + 2) if after.name else after
            linked = before.sign in ("-", ">") or (self.at(i + 2).sign == ")" and self._goes_on(i + 3))
            if named.sign == ":" or before.word == "MATCH" or linked or (named.sign == "{" and after.name):
                return _Open("pattern", self._bind(after, "label", sure=before.word != "CALL"))
            return _Open("other")
        if sign == "[":
            if before.sign != "-" or self.at(i - 2).sign not in (")", "<"):
                return _Open("other")  # a list
            edge = self._bind(after, "type", sure=True)
            j = i
            while self.at(j).sign not in ("]", "{", ""):
                j += 1
                if self.at(j).sign == "*" and after.name:  # several edges: a list
                    self.others.add(after.name)
            return _Open("pattern", edge)
        if self._is_block(i):
            return _Open("other")
        in_pattern = self.open and self.open[-1].what == "pattern"
        if in_pattern and (before.name or before.sign in ("(", "[", ")", "%")):
            return _Open("keys", self.open[-1].about)
        if before.name and before.word not in _KEYWORDS:
            self.keys += [(before.name, self.at(j + 1).name) for j in self._projected(i)]
        return _Open("map")

    def _goes_on(self, i: int) -> bool:
        """Does an edge follow the node here: - before [, - or >; or <-?"""
        return (self.at(i).sign, self.at(i + 1).sign) in (("-", "["), ("-", "-"), ("-", ">"), ("<", "-"))

    def _is_block(self, i: int) -> bool:
        """Does this { begin a subquery: EXISTS {, CALL (x) {?"""
        if self.at(i - 1).word in _BLOCKS:
            return True
        if self.at(i - 1).sign != ")":
            return False
        j = i - 2
        while self.at(j).name or self.at(j).sign in (",", "*"):
            j -= 1
        return self.at(j).sign == "(" and self.at(j - 1).word == "CALL"

    def _bind(self, variable: Token, owner: Literal["label", "type"], *, sure: bool) -> _Bound:
        bound = _Bound(owner)
        if not variable.name or not sure:
            return bound
        known = self.variables.setdefault(variable.name, bound)
        return known if known.owner == owner else bound  # in another part it is something else

    def _after_colon(self, i: int) -> Iterator[Use]:
        """The names of a label or type, after this colon; those of a map are keys."""
        here = self.open[-1] if self.open else _Open("other")
        before = self.at(i - 1)
        if here.what in ("keys", "map") and before.name and self.at(i - 2).sign in ("{", ","):
            if here.what == "keys" and here.about is not None:
                self.keys.append((here.about, before.name))
            return
        bound = here.about if here.what == "pattern" else self.variables.get(before.name)
        names, sure = self._expression(i + 1, in_list=here.what == "other" and bool(self.open))
        if here.what == "pattern" and bound is not None and bound.names is not None:
            bound.names = bound.names | set(names) if sure else None
        kind: Kind = bound.owner if bound is not None else "label or type"
        if here.what != "pattern" and not self.one_scope:
            kind = "label or type"
        for name in names:
            yield Use(kind, name)

    def _expression(self, i: int, *, in_list: bool) -> tuple[list[str], bool]:
        """The names of a label expression (A|B, !A, (A&B)|C), and whether one of them is sure to be there.

        `in_list`: as in [x IN xs WHERE x:Unit | x], where the | ends it.
        """
        names: list[str] = []
        sure, inner = True, 0
        while True:
            token = self.at(i)
            if token.name and (self.at(i - 1).sign in (":", "|", "&", "!", "(")):
                names.append(token.name)
            elif token.sign == "(" or (token.sign == ")" and inner):
                inner += 1 if token.sign == "(" else -1
            elif token.sign in ("!", "%", "$"):
                sure = False
                if token.sign == "$":
                    return names, sure
            elif token.sign not in ("|", "&", ":") or (token.sign == "|" and in_list):
                return names, sure
            i += 1

    def _projected(self, i: int) -> list[int]:
        """The dots of p {.headline, .number}, which opens at `i`."""
        found, j = [], i
        while self.at(j).sign in ("{", ",") and self.at(j + 1).sign == "." and self.at(j + 2).name:
            found.append(j + 1)
            j += 3
        return found

    def _dotted(self, i: int) -> None:
        """The key in p.headline."""
        if self.at(i - 1).name and self.at(i - 2).sign != ".":
            self.keys.append((self.at(i - 1).name, self.at(i + 1).name))

    def _told_keys(self) -> Iterator[Use]:
        for owner, key in self.keys:
            if isinstance(owner, str):
                if owner in self.others or owner not in self.variables:
                    continue
                bound = self.variables[owner]
            else:
                bound = owner
            names = bound.names if bound.names and self.one_scope else set()
            yield Use("key", key, bound.owner if self.one_scope else "label or type", frozenset(names or ()))
