"""The roles that the trained reader considered, clause by clause: `suyin extract --explain`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from extract.readers import read_report
from extract.reading.clauses import split_clauses
from extract.reading.labels import ROLES
from extract.reading.tagger import open_tagger
from extract.rules import load_rules
from extract.start import clean_text, start_report

#: Roles less probable than this are left out.
_LEAST = 0.05


class Considered(NamedTuple):
    """A clause with what it may be.

    `start`, `end`: offsets in the source; `roles`: (role, probability), best first.
    """

    start: int
    end: int
    text: str
    roles: list[tuple[str, float]]


def explain(path: str | os.PathLike[str]) -> Iterator[Considered]:
    """The clauses of a report. Raises ReadError, ReaderMissing."""
    rules = load_rules()
    source = read_report(path)
    clean = clean_text(source, rules)
    kind = start_report(source, clean, rules).kind
    clauses = split_clauses(clean.text)
    probable = open_tagger().roles(clean.text, clauses, kind).probable
    for clause, row in zip(clauses, probable, strict=True):
        roles = sorted(zip(ROLES, map(float, row), strict=True), key=lambda r: -r[1])
        start, end = clean.span(clause.start, clause.end)
        yield Considered(
            start, end, clean.text[clause.start : clause.end], [r for r in roles if r[1] >= _LEAST]
        )
