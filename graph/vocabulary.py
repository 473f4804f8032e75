"""The words that a question may use: codes of the vocabulary, and what is nearest to one that is none."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from itertools import pairwise

from graph.errors import QueryError

#: Name of a type of parameter -> table of extract/rules/taxonomy.toml that has its codes.
TABLES = {"category": "categories", "cause-type": "cause_types", "kind": "kinds"}

#: So much alike must a name be to be offered.
_LEAST = 0.45


@cache
def taxonomy() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """extract/rules/taxonomy.toml: table -> code -> {"zh": name, "en": name}."""
    return tomllib.loads((files("extract") / "rules" / "taxonomy.toml").read_text("utf-8"))


def choices(kind: str) -> Mapping[str, tuple[str, ...]] | None:
    """The values that a type of parameter takes (category, or a|b), each with its names; None: any."""
    if kind in TABLES:
        return {code: (named["zh"], named["en"]) for code, named in taxonomy()[TABLES[kind]].items()}
    return dict.fromkeys(kind.split("|"), ()) if "|" in kind else None


def check_choice(where: str, kind: str, value: str) -> None:
    """Raises QueryError, with the nearest values, where `value` is none of its kind. Others take any."""
    known = choices(kind)
    if known is not None:
        check_among(where, known, value)


def check_among(where: str, known: Mapping[str, tuple[str, ...]], value: str) -> None:
    """Raises QueryError, with the nearest, where `value` is none of the `known`, each with its names."""
    if value in known:
        return
    near = nearest(value, ((code, (code, *names)) for code, names in known.items()))
    shown = [" ".join((code, *known[code][:1])) for code in near or known]
    raise QueryError(
        f"{where} cannot be {value!r}; {'near it are' if near else 'it is one of'}: {', '.join(shown)}"
    )


def nearest(word: str, things: Iterable[tuple[str, Iterable[str]]], most: int = 5) -> list[str]:
    """The things whose names are most like a word: they hold it, or are held by it, or are spelt alike.

    `things`: each with all its names.
    """
    word = word.casefold()
    likeness: dict[str, float] = {}
    for thing, names in things:
        best = max((_likeness(word, name.casefold()) for name in names if name), default=0.0)
        likeness[thing] = max(best, likeness.get(thing, 0.0))
    return sorted(
        (thing for thing, like in likeness.items() if like >= _LEAST),
        key=lambda thing: (-likeness[thing], thing),
    )[:most]


def _likeness(word: str, name: str) -> float:
    """0 to 2. A short word is like a long name with its pairs of characters: 预算发, 中华人民共和国预算法."""
    if len(word) > 1 and len(name) > 1 and (word in name or name in word):
        return 1 + min(len(word), len(name)) / max(len(word), len(name))
    pairs = {a + b for a, b in pairwise(word)}
    shared = sum(pair in name for pair in pairs)
    if not shared and 2 * len(set(word) & set(name)) < len(word):
        return 0.0  # most names: not worth a look at the spelling
    return max(SequenceMatcher(None, word, name).ratio(), 0.9 * shared / len(pairs) if pairs else 0.0)
