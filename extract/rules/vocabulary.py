"""What the files of words may say: policies, links, the taxonomy, the words of names of units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, field_validator

from extract.rules.checks import Confidence, Share, Strict, Text


class PolicyName(Strict):
    """A policy of the vocabulary: its canonical name and its other names."""

    name: Text
    aliases: list[Text] = Field(default_factory=list)


class LinkRule(Strict):
    """A link is inferred from a likeness of `floor` and of `share` of the best on, at most `most` a node.

    `words`: the part of shared words in a likeness, the rest is of shared categories; `place`: what standing
    at the same place in their lists adds. Where a head tells the likeness, both are 0.
    `steps`: [likeness, confidence], from 0 upwards.
    """

    floor: Share
    share: Share
    most: Annotated[int, Field(ge=1)]
    steps: Annotated[list[Annotated[tuple[Share, Confidence], Field(strict=False)]], Field(min_length=1)]
    words: Share = 0.0
    place: Share = 0.0

    @field_validator("steps")
    @classmethod
    def _from_zero_upwards(cls, steps: list[tuple[float, float]]) -> list[tuple[float, float]]:
        if steps[0][0] != 0 or sorted(steps) != steps:
            raise ValueError("must begin at a likeness of 0 and go up")
        return steps

    def confidence(self, likeness: float) -> float:
        """How often such a link is right, by the steps."""
        return max(value for start, value in self.steps if likeness >= start)


class Links(Strict):
    """rules/links.toml."""

    boilerplate: Text
    links: Mapping[Literal["CAUSED_BY", "ADDRESSES"], LinkRule]


class Words(Strict):
    """What names in braces stand for: parts of patterns, and classes of words with blanks between them."""

    signs: dict[str, Text] = Field(default_factory=dict)
    words: dict[str, Text] = Field(default_factory=dict)


class Named(Strict):
    """What a code is called."""

    zh: Text
    en: Text


class Taxonomy(Strict):
    """rules/taxonomy.toml."""

    kinds: dict[str, Named]
    categories: dict[str, Named]
    cause_types: dict[str, Named]


class Twins(Strict):
    fields: Text
    bodies: Text


class Units(Strict):
    """rules/units.toml; each list is a text of words with blanks between them."""

    levels: Text
    no_divisions: Text
    fields: Text
    field_ends: Text
    bodies: Text
    departments: Text
    ends: Text
    central: Text
    places: Text
    organs: Text
    breaks: Text
    particles: Text
    between: Text
    never: Text
    trades: Text
    businesses: Text
    bad_starts: Text
    keep: Text
    other_ends: Text
    last: Text
    run_on: Text
    twins: Twins
