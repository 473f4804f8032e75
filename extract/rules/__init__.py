"""The vocabulary as data, loaded and checked: every rule has an id, hits and misses.

What a file may hold is in entries.py and vocabulary.py, how a pattern is written in patterns.py. A fault
is a BadRule that names the file, the rule and the fix. That each rule finds its hits and leaves its misses is
tested.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick_rs

from extract.rules.checks import BadRule, checked, did_you_mean, read_toml
from extract.rules.entries import ENTRIES, Entry
from extract.rules.lexicon import Lexicon
from extract.rules.patterns import compiled, plain, word_classes
from extract.rules.sets import Headings, Noise, Rule, RuleSet, finder
from extract.rules.vocabulary import LinkRule, Links, PolicyName, Taxonomy, Units, Words

__all__ = ["FOLDER", "BadRule", "LinkRule", "Rules", "load_rules", "load_unit_words", "load_verbs"]

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Rules:
    """All of the vocabulary, loaded and checked."""

    taxonomy: Mapping[str, Mapping[str, Mapping[str, str]]]
    noise: Noise
    headings: Headings
    sets: Mapping[str, RuleSet]
    categories: Lexicon
    cause_types: Lexicon
    policies: tuple[PolicyName, ...]
    units: Mapping[str, Any]
    boilerplate: frozenset[str]
    links: Mapping[str, LinkRule]

    def __getitem__(self, name: str) -> RuleSet:
        return self.sets[name]


def _read(name: str) -> dict[str, Any]:
    return read_toml(FOLDER / f"{name}.toml")


def _names(content: Mapping[str, Any], known: Mapping[str, str], place: str) -> dict[str, str]:
    """What names in braces stand for: those known, and those of a file. Raises BadRule."""
    own = checked(Words, {key: content[key] for key in Words.model_fields if key in content}, place)
    if twice := known.keys() & (own.words | own.signs).keys():
        raise BadRule(f"{place}: {min(twice)!r} is a name of words.toml too; give it another")
    names = {**known, **word_classes(own.words)}
    return names | {name: plain(part, names, f"{place}: {name}") for name, part in own.signs.items()}


def _rule_set(name: str, shared: Mapping[str, str]) -> RuleSet:
    """The rules of a file; `shared`: what names in braces stand for in all files. Raises BadRule."""
    place, content = f"rules/{name}.toml", _read(name)
    tables = ("rule", *Words.model_fields)
    if unknown := set(content).difference(tables):
        raise BadRule(f"{place}: unknown table {min(unknown)!r}; {did_you_mean(min(unknown), tables)}")
    names = _names(content, shared, place)
    rules: dict[str, Rule] = {}
    parts: dict[str, list[Rule]] = {}
    for number, raw in enumerate(content.get("rule", ()), 1):
        where = f"{place}: {raw.get('id') or f'rule {number}'}"
        entry = checked(ENTRIES[name], raw, where)
        if entry.id in rules:
            raise BadRule(f"{where}: the id is used twice; give one of them another")
        rule = rules[entry.id] = _rule(entry, names, where)
        if entry.part:
            parts.setdefault(entry.part, []).append(rule)
    for part in sorted(ENTRIES[name].parts() - set(parts)):
        raise BadRule(f"{place}: no rule is {part!r}, which is looked for; add one")
    return RuleSet(
        name, tuple(rules.values()), {p: RuleSet(name, tuple(found)) for p, found in parts.items()}
    )


def _rule(entry: Entry, names: Mapping[str, str], place: str) -> Rule:
    pattern = plain(entry.pattern, names, place)
    expression = compiled(pattern, place)
    if lacking := entry.needed() - expression.groupindex.keys():
        raise BadRule(
            f"{place}: the pattern has no group {min(lacking)!r}; put (?P<{min(lacking)}>…) round what it is"
        )
    props = entry.model_dump(exclude=set(Entry.model_fields), exclude_unset=True)
    return Rule(entry.id, expression, tuple(entry.hits), tuple(entry.misses), props, finder(pattern))


def _lexicon(name: str, codes: Iterable[str]) -> Lexicon:
    """Words by code and weight. Raises BadRule."""
    weights: dict[str, list[tuple[str, float]]] = {}
    for code, groups in _read(name).items():
        place = f"rules/{name}.toml: {code}"
        if code not in codes:
            raise BadRule(f"{place}: unknown code; see taxonomy.toml; {did_you_mean(code, codes)}")
        for weight, words in groups.items():
            if not weight.isdecimal() or not isinstance(words, str):
                raise BadRule(f'{place}: {weight}: write a weight and its words, such as 3 = "账外 小金库"')
            for word in words.split():
                weights.setdefault(word, []).append((code, float(weight)))
    automaton = ahocorasick_rs.AhoCorasick(list(weights), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return Lexicon(tuple(weights), tuple(tuple(v) for v in weights.values()), automaton)


def _policies() -> tuple[PolicyName, ...]:
    """The policies of all kinds. Raises BadRule."""
    place = "rules/policies.toml"
    return tuple(
        checked(PolicyName, entry, f"{place}: {entry.get('name') or f'{kind}, entry {number}'}")
        for kind, entries in _read("policies").items()
        for number, entry in enumerate(entries, 1)
    )


@cache
def load_unit_words() -> Mapping[str, Any]:
    """The words of names of units (`rules/units.toml`), without the other rules. Raises BadRule."""
    return checked(Units, _read("units"), "rules/units.toml").model_dump()


@cache
def load_verbs() -> frozenset[str]:
    """The words of `rules/verbs.txt`, which stand in no name."""
    lines = (FOLDER / "verbs.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def load_rules() -> Rules:
    """The vocabulary; loaded once a process. Raises BadRule."""
    taxonomy = checked(Taxonomy, _read("taxonomy"), "rules/taxonomy.toml").model_dump()
    links = checked(Links, _read("links"), "rules/links.toml")
    shared = _names(_read("words"), {}, "rules/words.toml")
    sets = {name: _rule_set(name, shared) for name in ENTRIES}
    for rule in sets["kinds"]:
        if (kind := rule.props["kind"]) not in taxonomy["kinds"]:
            told = did_you_mean(kind, taxonomy["kinds"])
            raise BadRule(f"rules/kinds.toml: {rule.id}: unknown kind {kind!r}; see taxonomy.toml; {told}")
    return Rules(
        taxonomy,
        Noise(sets["noise"]),
        Headings(sets["headings"], sets["leads"]),
        sets,
        _lexicon("categories", taxonomy["categories"]),
        _lexicon("cause_types", taxonomy["cause_types"]),
        _policies(),
        load_unit_words(),
        frozenset(links.boilerplate.split()),
        {str(edge): rule for edge, rule in links.links.items()},
    )
