"""Problems that sentences spell out without a list, an item or a word that leads to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.rules import Rules

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SpelledOut:
    """Where a text does so, each found once for all who ask.

    `named`: one after another, with the span of their list: 反馈了A、B、C等6个方面的问题; `convicted`: what a
    decision finds: 经查，…，违反了《…》; `sampled`: by figures: 抽查30批次，8批次不合格.
    """

    named: tuple[tuple[Span, Span], ...] = ()
    convicted: tuple[Span, ...] = ()
    sampled: tuple[Span, ...] = ()

    def holds(self, at: int) -> bool:
        """Does an offset lie in such a sentence?"""
        spans = (*(span for span, _ in self.named), *self.convicted, *self.sampled)
        return any(start <= at < end for start, end in spans)


def find_spelled_out(text: str, rules: Rules) -> SpelledOut:
    """All such places of a text."""

    def matches(what: str) -> Iterator[re.Match[str]]:
        return (m for rule in rules["problems"][what] for m in rule.finditer(text))

    return SpelledOut(
        tuple((m.span(), m.span("list")) for m in matches("enumerated")),
        tuple(m.span() for m in matches("convicted")),
        tuple(m.span() for m in matches("sampled")),
    )
