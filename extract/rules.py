"""Loads and checks the vocabulary in `rules/`: every rule is data with an id, hits and misses.

A rule that names an unknown code or has an unknown key is a BadRule that names the file and the rule.
Patterns are compiled once; `{C}` stands for a character within a clause, `{S}` for one within a sentence,
`{key}` for any of the words that the file lists under `[words]`.
That each rule finds its hits and leaves its misses is tested.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick_rs

from extract.lexicon import Lexicon
from extract.model import SuyinError
from extract.rule_sets import Headings, Noise, Rule, RuleSet, finder

FOLDER = Path(__file__).with_name("rules")
_MACROS = {"{C}": "[^，。；！？：\\n]", "{S}": "[^。；！？\\n]", "{CN}": "[一二三四五六七八九十]"}
_KEYS = {"id", "note", "pattern", "cues", "hits", "misses"}


class BadRule(SuyinError):
    """A rule that cannot be used; names the file, the rule and the fix."""


@dataclass(frozen=True, slots=True)
class PolicyName:
    """An entry of the vocabulary of policies: canonical name, what it is, other names."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkRule:
    """A link is inferred from a likeness of `floor` and of `share` of the best on, at most `most` a node.

    `words`: the part of shared words in a likeness, the rest is of shared categories; `place`: what standing
    at the same place in their lists adds. Where a head tells the likeness, both are 0.
    """

    floor: float
    share: float
    most: int
    steps: tuple[tuple[float, float], ...]
    words: float = 0.0
    place: float = 0.0

    def confidence(self, likeness: float) -> float:
        """How often such a link is right, by the steps."""
        return max(value for start, value in self.steps if likeness >= start)


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


#: Rule files and the further keys that their rules may have.
RULE_FILES = {
    "noise": {"what"},
    "headings": {"role", "generic"},
    "leads": {"role", "chain"},
    "kinds": {"kind", "where"},
    "problems": {"what"},
    "evidence": {"what"},
    "causes": {"confidence", "negative", "inferred"},
    "effects": {"confidence"},
    "recommendations": {"what"},
    "measures": {"status"},
    "plans": {"scope"},
    "reports": {"what"},
    "policy_patterns": {"what"},
    "amounts": {"what"},
    "policy_names": {"what"},
    "tables": {"what", "column", "said", "status"},
}
ROLES = {
    "problems",
    "causes",
    "recommendations",
    "measures",
    "rectified",
    "overview",
    "process",
    "responsibility",
    "pledge",
    "closing",
    "effects",
}


def _read(name: str) -> dict[str, Any]:
    path = FOLDER / f"{name}.toml"
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise BadRule(f"rules/{name}.toml: missing; reinstall Suyin") from None
    except tomllib.TOMLDecodeError as err:
        raise BadRule(f"rules/{name}.toml: {err}") from err


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words that looks at each character of a text once; the longest first."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[:1], []).append(word[1:])
    branches = [
        re.escape(first) + (_any_of(rest) if any(rest) else "") for first, rest in tails.items() if first
    ]
    return f"(?:{'|'.join(branches)})" + ("?" if "" in tails else "")


def _rule_set(name: str) -> RuleSet:
    rules, seen = [], set()
    content = _read(name)
    macros = _MACROS | {
        f"{{{key}}}": _any_of(words.split()) for key, words in content.get("words", {}).items()
    }
    for raw in content.get("rule", []):
        ident = raw.get("id", "?")
        place = f"rules/{name}.toml: {ident}"
        if unknown := set(raw) - _KEYS - RULE_FILES[name]:
            raise BadRule(
                f"{place}: unknown key {sorted(unknown)[0]!r}; known: {sorted(_KEYS | RULE_FILES[name])}"
            )
        if missing := {"id", "pattern", "hits", "misses"} - set(raw):
            raise BadRule(f"{place}: {sorted(missing)[0]!r} is missing")
        if ident in seen:
            raise BadRule(f"{place}: the id is used twice")
        if raw.get("role", "problems") not in ROLES:
            raise BadRule(f"{place}: unknown role {raw['role']!r}; known: {sorted(ROLES)}")
        seen.add(ident)
        pattern = raw["pattern"]
        for macro, text in macros.items():
            pattern = pattern.replace(macro, text)
        try:
            compiled = re.compile(pattern)
        except re.error as err:
            raise BadRule(f"{place}: the pattern does not compile: {err}") from err
        rules.append(
            Rule(
                ident,
                compiled,
                tuple(raw.get("cues", ())),
                tuple(raw["hits"]),
                tuple(raw["misses"]),
                {k: v for k, v in raw.items() if k in RULE_FILES[name]},
                finder(pattern),
            )
        )
    parts: dict[str, list[Rule]] = {}
    for rule in rules:
        if part := rule.props.get("what") or rule.props.get("where"):
            parts.setdefault(part, []).append(rule)
    return RuleSet(name, tuple(rules), {part: RuleSet(name, tuple(found)) for part, found in parts.items()})


def _lexicon(name: str, codes: Mapping[str, Any]) -> Lexicon:
    weights: dict[str, list[tuple[str, float]]] = {}
    for code, groups in _read(name).items():
        if code not in codes:
            raise BadRule(f"rules/{name}.toml: unknown code {code!r}; see taxonomy.toml")
        for weight, words in groups.items():
            for word in words.split():
                weights.setdefault(word, []).append((code, float(weight)))
    automaton = ahocorasick_rs.AhoCorasick(list(weights), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return Lexicon(tuple(weights), tuple(tuple(v) for v in weights.values()), automaton)


@cache
def load_unit_words() -> Mapping[str, Any]:
    """The words of names of units (`rules/units.toml`), without the other rules. Raises BadRule."""
    return _read("units")


@cache
def load_verbs() -> frozenset[str]:
    """The words of `rules/verbs.txt`, which stand in no name."""
    lines = (FOLDER / "verbs.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def load_rules() -> Rules:
    """The vocabulary; loaded once a process. Raises BadRule."""
    taxonomy = _read("taxonomy")
    sets = {name: _rule_set(name) for name in RULE_FILES}
    for rule in sets["kinds"]:
        if rule.props["kind"] not in taxonomy["kinds"]:
            raise BadRule(
                f"rules/kinds.toml: {rule.id}: unknown kind {rule.props['kind']!r}; see taxonomy.toml"
            )
    policies = tuple(
        PolicyName(p["name"], kind, tuple(p.get("aliases", ())))
        for kind, entries in _read("policies").items()
        for p in entries
    )
    return Rules(
        taxonomy,
        Noise(sets["noise"]),
        Headings(sets["headings"], sets["leads"]),
        sets,
        _lexicon("categories", taxonomy["categories"]),
        _lexicon("cause_types", taxonomy["cause_types"]),
        policies,
        load_unit_words(),
        frozenset(_read("links")["boilerplate"].split()),
        {
            t: LinkRule(**r | {"steps": tuple((a, b) for a, b in r["steps"])})
            for t, r in _read("links")["links"].items()
        },
    )
