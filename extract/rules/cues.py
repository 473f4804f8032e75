"""Cues of a pattern: literals of which each text that it is found in holds at least one.

They are a quick no: a text without any of them need not be searched. They are read off the pattern, as
Python's parser sees it, so that nobody has to keep a list in step with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

#: An item of a parsed pattern: (what it is, its arguments).
Item = tuple[Any, Any]
Words = frozenset[str]
#: So many literals are still a quick no, of one stretch of a pattern and in all; so long a stretch will do.
_MOST, _IN_ALL, _LONG = 60, 150, 8
#: How likely a text is to hold a given sign or character, and what it takes to look for a literal: guesses.
_OFTEN, _COMMON, _LOOK = 0.8, 0.03, 0.0004
_SIGNS = "，。；：、！？（）()“”\n"


def cues_of(pattern: str) -> tuple[str, ...]:
    """The best set of cues, in order; empty where the pattern has none."""
    found = _needed(_parser.parse(pattern))
    return tuple(sorted(found)) if found else ()


def _needed(items: Iterable[Item]) -> Words | None:
    """The best of the sets of literals that a sequence needs; None where it needs none."""
    return min(map(_shortest, _sets(items)), key=_cost, default=None)


def _sets(items: Iterable[Item]) -> Iterator[Words]:
    """Sets of literals of which a sequence needs one each, by its runs of literals and its other parts."""
    run: list[Words] = []
    for kind, value in _flat(items):
        if kind is op.ASSERT:
            yield from _sets(value[1])
        if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
            continue  # they take no room: the run goes on
        if said := _said(kind, value):
            run.append(said)
            continue
        yield from _of_run(run)
        run = []
        if inner := _inside(kind, value):
            yield inner
    yield from _of_run(run)


def _of_run(run: list[Words]) -> Iterator[Words]:
    """What stretches of a run can be; each part of it is one of a few literals."""
    for start in range(len(run)):
        words: Words = frozenset({""})
        for part in run[start : start + _LONG]:
            if len(words) * len(part) > _MOST:
                break
            words = frozenset(a + b for a in words for b in part)
            if "" not in words:
                yield words


def _flat(items: Iterable[Item]) -> Iterator[Item]:
    """A sequence with what stands in plain groups among it."""
    for kind, value in items:
        if kind is op.SUBPATTERN or kind is op.ATOMIC_GROUP:
            yield from _flat(value[-1] if kind is op.SUBPATTERN else value)
        else:
            yield kind, value


def _said(kind: Any, value: Any) -> Words | None:
    """All that an item can be, where that is few literals."""
    if kind is op.LITERAL:
        return frozenset({chr(value)})
    if kind is op.IN:
        return frozenset(chr(v) for k, v in value) if all(k is op.LITERAL for k, _ in value) else None
    if kind is op.BRANCH:
        return _union(_literal(branch) for branch in value[1])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[:2] == (0, 1):
        return _union((frozenset({""}), _literal(value[2])))
    return None


def _literal(items: Iterable[Item]) -> Words | None:
    """All that a sequence can be, where that is few literals."""
    words: Words = frozenset({""})
    for kind, value in _flat(items):
        said = _said(kind, value)
        if said is None or len(words) * len(said) > _MOST:
            return None
        words = frozenset(a + b for a in words for b in said)
    return words


def _inside(kind: Any, value: Any) -> Words | None:
    """What an item needs that is no literal itself."""
    if kind is op.BRANCH:
        return _union(_needed(branch) for branch in value[1])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and value[0] > 0:
        return _needed(value[2])
    return None


def _union(parts: Iterable[Words | None]) -> Words | None:
    """All of the sets together, where there is one for each part and they are few."""
    found = list(parts)
    if None in found:
        return None
    together = frozenset[str]().union(*(part for part in found if part is not None))
    return together if len(together) <= _IN_ALL else None


def _shortest(words: Words) -> Words:
    """Without those that hold another."""
    kept: list[str] = []
    for word in sorted(words, key=len):
        if not any(short in word for short in kept):
            kept.append(word)
    return frozenset(kept)


def _cost(words: Words) -> float:
    """What it takes to look for the literals, and how likely a text is to hold one, as guesses."""
    held = sum(prod(_OFTEN if sign in _SIGNS else _COMMON for sign in word) for word in words)
    return held + _LOOK * len(words)
