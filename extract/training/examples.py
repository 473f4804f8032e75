"""Annotated reports -> clauses with the roles that the annotations give them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from extract.evaluate.gold import Gold, GoldNode, gold_files, read_gold
from extract.evaluate.quotes import fold
from extract.readers import read_report
from extract.reading.clauses import Clause, split_clauses
from extract.reading.labels import KINDS, LABELS
from extract.reading.names import BEGINS, INSIDE, OUTSIDE
from extract.rules import load_rules
from extract.start import clean_text, start_report
from extract.text.clean import CleanText
from extract.units.names import titles

_FAMILIES = {
    "Evidence": "evidence",
    "RootCause": "cause",
    "Effect": "effect",
    "Recommendation": "recommendation",
    "Measure": "measure",
}
#: The first of these that covers half of a clause is its role.
_ORDER = ("evidence", "cause", "effect", "headline", "measure", "recommendation")
_NUMBER = {label: i for i, label in enumerate(LABELS)}
_PUNCTUATION = "，。；：！？"
#: A character of which it does not count what it is to a name.
UNKNOWN = -1
#: Names that stand for a unit named before.
_STANDS_FOR = re.compile("[我该本贵此其][^，。]{0,6}|.{1,2}")


@dataclass(slots=True)
class Example:
    """A report with its clauses, their labels and which of them count (an optional node's do not).

    `naming`: for each character of the text what it is to the name of a unit (NAMING, or UNKNOWN).
    """

    name: str
    text: str
    kind: int
    clauses: list[Clause]
    labels: list[int] = field(default_factory=list)
    counts: list[bool] = field(default_factory=list)
    naming: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    path: Path | None = None


def read_examples(folders: list[Path]) -> list[Example]:
    """All annotated reports of these folders. Raises GoldError, ReadError."""
    return [read_example(path) for folder in folders for path in gold_files(folder)]


def read_example(path: Path) -> Example:
    """The report that an annotation file quotes, its clauses labelled. Raises GoldError, ReadError."""
    gold = read_gold(path)
    source = read_report(gold.report)
    rules = load_rules()
    clean = clean_text(source, rules)
    kind = start_report(source, clean, rules).kind
    clauses = split_clauses(clean.text)
    example = Example(
        path.stem, clean.text, KINDS.index(kind) if kind in KINDS else len(KINDS) - 1, clauses, path=path
    )
    _label(example, gold, _into_clean(clean, source.text, gold))
    units = gold.names["units"]
    example.naming = name_characters(clean.text, units.required, units.optional)
    return example


def name_characters(
    text: str, required: Iterable[Iterable[str]], optional: Iterable[Iterable[str]]
) -> np.ndarray:
    """What each character of a text is to the names of units, wherever they stand; of an optional one it does
    not count."""
    naming = np.full(len(text), OUTSIDE)
    seen = [(i, c) for i, character in enumerate(text) for c in fold(character)]
    folded = "".join(c for _, c in seen)
    taken = np.zeros(len(text), bool)
    counts = {name: True for names in required for name in names} | {
        name: False for names in optional for name in names
    }
    for name in sorted(counts, key=len, reverse=True):
        at = folded.find(name) if name else -1
        while at >= 0:
            start, end = seen[at][0], seen[at + len(name) - 1][0] + 1
            if not taken[start:end].any():
                taken[start:end] = True
                known = counts[name] and not _STANDS_FOR.fullmatch(name)
                naming[start:end] = INSIDE if known else UNKNOWN
                naming[start] = BEGINS if known else UNKNOWN
            at = folded.find(name, at + 1)
    for title in titles(text).all:
        naming[slice(*title)] = UNKNOWN
    return naming


def _into_clean(clean: CleanText, source: str, gold: Gold) -> np.ndarray:
    """For each offset of the bare text (and its end) the offset of the clean text at or after it."""
    of_source = np.full(len(source) + 1, -1)
    for i, start in enumerate(clean.starts):
        end = clean.starts[i + 1] if i + 1 < len(clean.starts) else len(clean.text)
        origin = clean.origins[i]
        length = min(end - start, len(source) - origin)
        of_source[origin : origin + length] = np.arange(start, start + length)
    last = len(clean.text)
    for i in range(len(of_source) - 1, -1, -1):
        last = of_source[i] = of_source[i] if of_source[i] >= 0 else last
    back = np.full(len(gold.text.text) + 1, len(source))
    for i in range(len(source)):
        a, b = gold.text.span(i, i + 1)
        if b > a:
            back[a] = i
    return of_source[back]


def _label(example: Example, gold: Gold, into: np.ndarray) -> None:
    clauses, text = example.clauses, example.text
    cover = {role: np.zeros(len(clauses)) for role in (*_ORDER, "problem")}
    begins = {role: np.zeros(len(clauses), bool) for role in cover}
    counts = np.ones(len(clauses), bool)

    def clean(start: int, end: int) -> tuple[int, int]:
        return int(into[start]), int(into[end - 1]) + 1

    def paint(role: str, start: int, end: int) -> None:
        first = True
        for i, clause in enumerate(clauses):
            low, high = max(clause.body, start), min(clause.end, end)
            if high <= low:
                continue
            size = max(1, len(text[clause.body : clause.end].rstrip(_PUNCTUATION)))
            share = (high - low) / size
            cover[role][i] = min(1.0, cover[role][i] + share)
            if first and share >= 0.5:
                begins[role][i] = True
                first = False

    for label, nodes in gold.nodes.items():
        for node in nodes:
            start, end = clean(node.start, node.end)
            if label == "Problem":
                paint("problem", start, end)
                if head := _headline(gold, node, clean, text):
                    paint("headline", *head)
            else:
                paint(_FAMILIES[label], start, end)
            parents = set(gold.parents.values())
            if node.optional and node.id not in parents:
                for i, clause in enumerate(clauses):
                    counts[i] &= min(clause.end, end) <= max(clause.body, start)
    before = ""
    for i, clause in enumerate(clauses):
        role = next((role for role in _ORDER if cover[role][i] >= 0.5), "")
        if not role:
            role = "rest" if cover["problem"][i] >= 0.5 else "heading" if clause.heading else "none"
        if role in _ORDER:
            example.labels.append(_NUMBER[("+" if begins[role][i] or before != role else "=") + role])
        else:
            example.labels.append(_NUMBER[role])
        before = role
    example.counts = counts.tolist()


def _headline(gold: Gold, node: GoldNode, clean, text: str) -> tuple[int, int] | None:  # type: ignore[no-untyped-def]
    """Where the headline of a problem stands in the clean text; its first sentence where it is no quote."""
    if not node.headlines:
        return None
    for headline in node.headlines:
        if place := gold.text.place(headline.strip("。；;，,.、：: "), node.start, node.end):
            return clean(*place)
    start, end = clean(node.start, node.end)
    m = re.compile(r"[^。；\n]+").search(text, start, end)
    return m.span() if m else None
