"""Loads and checks the vocabulary in `rules/`: every rule is data with an id, hits and misses.

A rule that names an unknown code or has an unknown key is a BadRule that names the file and the rule.
Patterns are compiled once; `{C}` stands for a character within a clause, `{S}` for one within a sentence.
That each rule finds its hits and leaves its misses is tested.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import ahocorasick_rs

from extract.model import SuyinError
from extract.ranges import Spans

FOLDER = Path(__file__).with_name("rules")
_MACROS = {"{C}": "[^，。；！？：\\n]", "{S}": "[^。；！？\\n]", "{CN}": "[一二三四五六七八九十]"}
_KEYS = {"id", "note", "pattern", "cues", "hits", "misses"}


Find = Callable[[str], re.Match[str] | None]


class BadRule(SuyinError):
    """A rule that cannot be used; names the file, the rule and the fix."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One pattern with its proof. `props` holds the further keys of its file (role, status, type, …).

    `cues`: literals of which a match holds at least one; a quick no for texts that have none.
    `find` gives the first match in a text that may have one.
    """

    id: str
    pattern: re.Pattern[str]
    cues: tuple[str, ...]
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    props: Mapping[str, Any]
    find: Find

    def possible(self, text: str) -> bool:
        """Could the pattern be found in the text, by its cues?"""
        for cue in self.cues:
            if cue in text:
                return True
        return not self.cues

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in the text."""
        return self.find(text) if self.possible(text) else None

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """All matches in the text, in order."""
        return self.pattern.finditer(text) if self.possible(text) else ()


@dataclass(frozen=True)
class RuleSet:
    """The rules of one file, in its order; `set[part]` are those that are `what` or stand `where` it says."""

    name: str
    rules: tuple[Rule, ...]
    parts: Mapping[str, RuleSet] = field(default_factory=dict)

    @cached_property
    def cue(self) -> re.Pattern[str]:
        """Finds any cue of its rules; where a rule has none, it is found in every text."""
        cues = {re.escape(cue) for rule in self.rules for cue in rule.cues}
        return re.compile("|".join(sorted(cues)) if all(rule.cues for rule in self.rules) else "")

    @cached_property
    def either(self) -> Find:
        """Finds what any of its rules does."""
        if len(self.rules) == 1:
            return self.rules[0].find
        return _find("|".join(re.sub(r"\?P<\w+>", "?:", rule.pattern.pattern) for rule in self.rules))

    def __getitem__(self, part: str) -> RuleSet:
        return self.parts[part]

    @property
    def only(self) -> Rule:
        """Its one rule."""
        (rule,) = self.rules
        return rule

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def first(self, text: str) -> Rule | None:
        """The first rule whose pattern is found in the text."""
        for rule in self.rules:
            if rule.search(text):
                return rule
        return None

    def any(self, text: str) -> bool:
        return self.either(text) is not None


@dataclass(frozen=True, slots=True)
class Headings:
    """What a heading or a lead-in announces."""

    rules: RuleSet
    leads: RuleSet

    def look(self, text: str) -> tuple[str | None, bool]:
        """(role, generic): generic headings announce a section and state nothing themselves."""
        rule = self.rules.first(text) if self.rules.cue.search(text) else None
        return (rule.props["role"], rule.props.get("generic", True)) if rule else (None, False)

    def role(self, text: str) -> str | None:
        return self.look(text)[0]


@dataclass(frozen=True, slots=True)
class Noise:
    """Lines that are not the report's: `drop` alone, `tail` ends the report, `keep` is never dropped."""

    rules: RuleSet

    def matches(self, line: str) -> bool:
        return self.rules["drop"].any(line)

    def ends(self, line: str) -> bool:
        return self.rules["tail"].any(line)

    def keeps(self, line: str) -> bool:
        return self.rules["keep"].any(line)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Weighted words for a set of codes (categories, cause types)."""

    words: tuple[str, ...]
    weights: tuple[tuple[tuple[str, float], ...], ...]
    automaton: ahocorasick_rs.AhoCorasick

    def find(self, text: str) -> Hits:
        """All words in a text in one pass; the longest wins where two overlap."""
        found = self.automaton.find_matches_as_indexes(text)
        words, starts, ends = zip(*found, strict=True) if found else ((), (), ())
        return Hits(starts, ends, [self.weights[i] for i in words])


@dataclass(frozen=True, slots=True)
class Hits:
    """Where the words of a lexicon stand in a text, in order."""

    starts: Sequence[int]
    ends: Sequence[int]
    weights: Sequence[tuple[tuple[str, float], ...]]

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


def _find(pattern: str) -> Find:
    """Compile; where each alternative begins with ^, it need not be tried further on in a text."""
    outer = re.sub(r"\\.|\[[^\]]*\]", "", pattern)
    while outer != (outer := re.sub(r"\([^()]*\)", "", outer)):
        pass
    anchored = all(alternative.startswith("^") for alternative in outer.split("|"))
    return re.compile(pattern).match if anchored else re.compile(pattern).search


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
                _find(pattern),
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
