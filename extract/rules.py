"""Loads and checks the vocabulary in `rules/`: every rule is data with an id, hits and misses.

A rule that names an unknown code or has an unknown key is a BadRule that names the file and the rule.
Patterns are compiled once; `{C}` stands for a character within a clause, `{S}` for one within a sentence.
That each rule finds its hits and leaves its misses is tested.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick_rs

from extract.model import SuyinError
from extract.ranges import Spans

FOLDER = Path(__file__).with_name("rules")
_MACROS = {"{C}": "[^，。；！？：\\n]", "{S}": "[^。；！？\\n]", "{CN}": "[一二三四五六七八九十]"}
_KEYS = {"id", "note", "pattern", "cues", "hits", "misses"}


class BadRule(SuyinError):
    """A rule that cannot be used; names the file, the rule and the fix."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern with its proof. `props` holds the further keys of its file (role, status, type, …).

    `cues`: literals of which a match holds at least one; a quick no for texts that have none.
    """

    id: str
    pattern: re.Pattern[str]
    cues: tuple[str, ...]
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    props: Mapping[str, Any]

    def possible(self, text: str) -> bool:
        """Could the pattern be found in the text, by its cues?"""
        for cue in self.cues:
            if cue in text:
                return True
        return not self.cues


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one file, in its order."""

    name: str
    rules: tuple[Rule, ...]
    _parts: dict[tuple[tuple[str, object], ...], RuleSet] = field(
        default_factory=dict, compare=False, repr=False
    )

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def cue(self) -> re.Pattern[str]:
        """Finds any cue of its rules, which all must have some."""
        return re.compile("|".join(sorted({re.escape(cue) for rule in self.rules for cue in rule.cues})))

    def first(self, text: str) -> Rule | None:
        """The first rule whose pattern is found in the text."""
        for rule in self.rules:
            if rule.pattern.search(text):
                return rule
        return None

    def any(self, text: str) -> bool:
        return self.first(text) is not None

    def of(self, **props: object) -> RuleSet:
        """The rules whose further keys have these values."""
        key = tuple(props.items())
        if key not in self._parts:
            self._parts[key] = RuleSet(
                self.name, tuple(r for r in self.rules if all(r.props.get(k) == v for k, v in key))
            )
        return self._parts[key]


@dataclass(frozen=True, slots=True)
class Headings:
    """What a heading or a lead-in announces."""

    rules: RuleSet
    leads: RuleSet

    def look(self, text: str) -> tuple[str | None, bool]:
        """(role, generic): generic headings announce a section and state nothing themselves."""
        for rule in self.rules:
            if rule.pattern.search(text):
                return rule.props["role"], rule.props.get("generic", True)
        return None, False

    def role(self, text: str) -> str | None:
        return self.look(text)[0]


@dataclass(frozen=True, slots=True)
class Noise:
    """Lines that are not the report's: `drop` alone, `tail` ends the report, `keep` is never dropped."""

    rules: RuleSet

    def matches(self, line: str) -> bool:
        return self.rules.of(what="drop").any(line)

    def ends(self, line: str) -> bool:
        return self.rules.of(what="tail").any(line)

    def keeps(self, line: str) -> bool:
        return self.rules.of(what="keep").any(line)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Weighted words for a set of codes (categories, cause types)."""

    words: tuple[str, ...]
    weights: tuple[tuple[tuple[str, float], ...], ...]
    automaton: ahocorasick_rs.AhoCorasick

    def find(self, text: str) -> Hits:
        """All words in a text in one pass; the longest wins where two overlap."""
        found = self.automaton.find_matches_as_indexes(text)
        return Hits([s for _, s, _ in found], [e for *_, e in found], [self.weights[i] for i, *_ in found])


@dataclass(frozen=True, slots=True)
class Hits:
    """Where the words of a lexicon stand in a text, in order."""

    starts: list[int]
    ends: list[int]
    weights: list[tuple[tuple[str, float], ...]]

    def outside(self, spans: Spans) -> Hits:
        """Those that do not begin within any of the spans."""
        kept = [i for i, start in enumerate(self.starts) if spans.at(start) is None]
        return Hits(
            [self.starts[i] for i in kept], [self.ends[i] for i in kept], [self.weights[i] for i in kept]
        )

    def scores(self, start: int, end: int) -> dict[str, float]:
        """Sum of the weights of the words within a range, by code."""
        out: dict[str, float] = {}
        for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            if self.ends[i] <= end:
                for code, weight in self.weights[i]:
                    out[code] = out.get(code, 0.0) + weight
        return out


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
    at the same place in their lists adds.
    """

    words: float
    place: float
    floor: float
    share: float
    most: int
    steps: tuple[tuple[float, float], ...]

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
    "leads": {"role"},
    "kinds": {"kind", "where"},
    "problems": {"what"},
    "evidence": {"what"},
    "causes": {"confidence", "negative"},
    "effects": {"confidence"},
    "recommendations": {"what"},
    "measures": {"status"},
    "reports": {"what"},
    "policy_patterns": {"what"},
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


def _rule_set(name: str) -> RuleSet:
    rules, seen = [], set()
    for raw in _read(name).get("rule", []):
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
        for macro, text in _MACROS.items():
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
            )
        )
    return RuleSet(name, tuple(rules))


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
        _read("units"),
        frozenset(_read("links")["boilerplate"].split()),
        {
            t: LinkRule(
                r["words"],
                r["place"],
                r["floor"],
                r["share"],
                r["most"],
                tuple((a, b) for a, b in r["steps"]),
            )
            for t, r in _read("links")["links"].items()
        },
    )
