"""Rules as they are applied: one pattern each, searched alone or together with the others of its file."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from extract.rules.cues import cues_of

Find = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, eq=False)
class Rule:
    """One pattern with its proof. `props` holds the further keys of its file (role, status, type, …).

    `find` gives the first match in a text that may have one.
    """

    id: str
    pattern: re.Pattern[str]
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    props: Mapping[str, Any]
    find: Find

    @cached_property
    def cues(self) -> tuple[str, ...]:
        """Literals of which a match holds at least one; a quick no for texts that have none."""
        return cues_of(self.pattern.pattern)

    def possible(self, text: str) -> bool:
        """Could the pattern be found in the text, by its cues?"""
        for cue in self.cues:
            if cue in text:
                return True
        return not self.cues

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in the text."""
        return self.find(text) if self.possible(text) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterable[re.Match[str]]:
        """All matches within a range of the text, in order."""
        return self.pattern.finditer(text, start, end) if self.possible(text) else ()


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
        return finder("|".join(re.sub(r"\?P<\w+>", "?:", rule.pattern.pattern) for rule in self.rules))

    def __getitem__(self, part: str) -> RuleSet:
        return self.parts[part]

    @property
    def only(self) -> Rule:
        """Its one rule."""
        (rule,) = self.rules
        return rule

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of its one rule."""
        return self.only.pattern

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
    """Lines that are not the report's: page numbers and `drop`, `tail` (it ends there), `keep` (no head)."""

    rules: RuleSet

    def matches(self, line: str) -> bool:
        return self.rules["drop"].any(line)

    def is_page_number(self, line: str) -> bool:
        return self.rules["page"].any(line)

    def ends(self, line: str) -> bool:
        return self.rules["tail"].any(line)

    def keeps(self, line: str) -> bool:
        return self.rules["keep"].any(line)


def finder(pattern: str) -> Find:
    """Compiles a pattern; where each alternative begins with ^, it need not be tried further on in a text."""
    outer = re.sub(r"\\.|\[[^\]]*\]", "", pattern)
    while outer != (outer := re.sub(r"\([^()]*\)", "", outer)):
        pass
    anchored = all(alternative.startswith("^") for alternative in outer.split("|"))
    return re.compile(pattern).match if anchored else re.compile(pattern).search
