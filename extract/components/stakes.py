"""The one amount of each problem, in yuan, so that amounts of problems can be added up.

Of the amounts that its headline, its evidence and its effects name it is the largest total that they state
(共计, 涉及), else the largest that is no frame (预算, 合同金额) and no part (其中), else the largest. Amounts
that stand side by side without a total are not added: a sum may be too small, but counts nothing twice.

What is at stake is counted once over a problem and its items: the items have it, unless the problem states
another total than their sum, which then stands for them. An item that only adds up those before it (以上合计)
has none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from extract.components.component import component
from extract.draft import Draft
from extract.nodes import Node

#: So far back, in characters, do words speak of an amount.
_REACH = 120
_TOTAL, _PLAIN, _BASIS, _PART = 3, 2, 1, 0


class _Stake(NamedTuple):
    """An amount by how well it says what is at stake."""

    rank: int
    yuan: float


@component("stakes", "statements", "facts")
def find_stakes(draft: Draft) -> Mapping[Node, float]:
    """The amounts of problems that have one."""
    problems = draft.of("Problem")
    said: dict[int, list[_Stake]] = {id(problem): [] for problem in problems}
    for node in [*problems, *draft.of("Evidence"), *draft.of("Effect")]:
        problem = node if node.label == "Problem" else node.parent
        if problem is not None and id(problem) in said:
            said[id(problem)] += _stakes(draft, node)
    best = {key: max(stakes) for key, stakes in said.items() if stakes}
    amounts: dict[Node, float] = {}
    _count([p for p in problems if p.parent is None], best, amounts)
    return amounts


def _stakes(draft: Draft, node: Node) -> Iterable[_Stake]:
    rules = draft.rules["amounts"]
    for fact in draft.results.facts.get(node, ()):
        if fact.kind != "amount" or not isinstance(fact.value, float) or not fact.value:
            continue
        start = max(0, fact.start - _REACH)
        start = max(start, *(draft.text.rfind(stop, start, fact.start) + 1 for stop in "。\n"))
        before = draft.text[start : fact.start]
        rank = next((r for r, what in _RANKS if rules[what].any(before)), _PLAIN)
        yield _Stake(rank, fact.value)


_RANKS = ((_PART, "part"), (_BASIS, "basis"), (_TOTAL, "total"))


def _count(siblings: list[Node], best: dict[int, _Stake], given: dict[Node, float]) -> float:
    """Gives each problem its amount; returns what they come to together."""
    amounts: list[float] = []
    for problem in siblings:
        own = best.get(id(problem))
        amount = _count(problem.items, best, given)
        if own and (not amount or (own.rank == _TOTAL and own.yuan != amount)):
            _forget(problem.items, given)
            repeats = not amount and own.rank == _TOTAL and len(amounts) > 1 and own.yuan == _sum(amounts)
            amount = 0.0 if repeats else own.yuan
            if amount:
                given[problem] = amount
        if amount:
            amounts.append(amount)
    return _sum(amounts)


def _forget(problems: list[Node], given: dict[Node, float]) -> None:
    for problem in problems:
        given.pop(problem, None)
        _forget(problem.items, given)


def _sum(amounts: list[float]) -> float:
    return round(math.fsum(amounts), 2)
