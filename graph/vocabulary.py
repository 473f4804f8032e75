"""The words that a question may use: codes of the vocabulary, and what is nearest to one that is none."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from graph.errors import QueryError

#: Name of a type of parameter -> table of extract/rules/taxonomy.toml that has its codes.
TABLES = {"category": "categories", "cause-type": "cause_types", "kind": "kinds"}


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
    if known is None or value in known:
        return
    near = nearest(value, ((code, (code, *names)) for code, names in known.items()))
    shown = [" ".join((code, *known[code][:1])) for code in near or known]
    raise QueryError(f"{where} cannot be {value!r}; {'near it are' if near else 'it is one of'}: "
                     f"{', '.join(shown)}")


def nearest(word: str, things: Iterable[tuple[str, Iterable[str]]], most: int = 5) -> list[str]:
    """The things whose names are most like a word: they hold it or are held by it; then those spelt alike.

    `things`: each with all its names.
    """
    word = word.casefold()
    owner: dict[str, str] = {}
    for thing, names in things:
        for name in names:
            owner.setdefault(name.casefold(), thing)
    held = [name for name in owner if name and word and (word in name or name in word)]
    held.sort(key=lambda name: abs(len(name) - len(word)))
    alike = get_close_matches(word, owner, n=most, cutoff=0.6 if word.isascii() else 0.5)
    return list(dict.fromkeys(owner[name] for name in (*held, *alike)))[:most]
