"""Trains the gate of names (`extract/reading/gate.py`) on annotated samples and on names judged elsewhere.

python -m extract.training names [--judged DIR]             train, and write extract/models/names.json
python -m extract.training names [--judged DIR] --figures   train nothing; what the gate does on texts unseen

DIR holds texts (NAME.txt) that are not in the repository, and names.tsv: in each line a text's NAME, words in
it, and whether they are a name as they are bounded (yes, no).
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from spacy.language import Language

from extract.draft import Draft, draft_of
from extract.evaluate.gold import gold_files, read_gold
from extract.evaluate.quotes import fold
from extract.heads import Chooser, Features, pack
from extract.language.places import read_place
from extract.pipeline import build_nlp, read_statements
from extract.ranges import Spans
from extract.readers import read_report
from extract.reading.gate import FILE, FORMAT, NO, YES, Span, features, finder
from extract.reading.names import name_spans
from extract.training.annotated import FOLDERS
from extract.training.fit import chooser_of, table_of
from extract.units.names import mentions
from extract.units.shorts import definitions

#: Reports that the encoder was not trained on: only of these, and of judged texts, its certainty counts.
_UNSEEN = ("aa",)
#: How much an example counts: of a text judged elsewhere, and there one that is none and no part of a name.
_JUDGED, _WRONG = 3.0, 9.0
#: A feature must stand in so many examples; the C of the logistic regression.
_OFTEN, _FREEDOM = 4, 0.1
#: From this probability on words are a name. Of names judged in other texts, cross-validated, 4 % of the
#: right ones fall below it and half of the wrong ones; of reports held back 2 % of the right ones.
LEAST = 0.5
#: Of a report so many of its names, each with an edge moved by so many characters, are examples of none.
_MOVED, _BY = 6, (1, 1, 2, 2, 3, 4)
_THOUGHT = ("begins ", "went on ", "ends ", "within ", "least ", "before ")


class Example(NamedTuple):
    """`weight`: how much it counts; `judged`: is it of a text outside of the repository?"""

    report: str
    name: str
    features: Features
    right: bool
    weight: float = 1.0
    judged: bool = False


def main(arguments: Sequence[str]) -> int:
    made = argparse.ArgumentParser("python -m extract.training names")
    made.add_argument("--judged", action="append", type=Path, default=[], metavar="DIR")
    made.add_argument("--figures", action="store_true", help="train nothing; cross-validated figures")
    options = made.parse_args(arguments)
    nlp = build_nlp("model")
    examples = [e for folder in FOLDERS for path in gold_files(folder / "gold") for e in of_report(path, nlp)]
    examples += [e for folder in options.judged for e in of_judged(folder, nlp)]
    if options.figures:
        show(examples)
        return 0
    content = {"format": FORMAT, "least": LEAST, "names": pack(fit(examples)), "examples": len(examples)}
    FILE.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {FILE.stat().st_size:,} bytes, from {len(examples)} examples")
    return 0


def read_names(path: Path, nlp: Language) -> Draft:
    """A report as both readers have read it, before its units are named. Raises ReadError."""
    return draft_of(read_statements(read_report(path), nlp=nlp), "statements")


class _Text:
    """A text with what either reader takes for names."""

    def __init__(self, draft: Draft, report: str) -> None:
        reader = draft.results.statements.names
        assert reader is not None
        self.text, self.naming, self.report = draft.text, reader.naming, report
        self.ours = {(m.start, m.end) for m in mentions(self.text, set(dict(definitions(self.text))))}
        self.model = {(start, end) for start, end, _ in name_spans(self.naming)}

    def example(
        self, spans: Sequence[Span], right: bool, weight: float, judged: bool, thought: bool
    ) -> Example:
        name = self.text[slice(*spans[0])]
        seen = features(self.text, name, spans, self.naming, finder(spans, self.ours, self.model))
        if not thought:
            seen = {f: value for f, value in seen.items() if not f.startswith(_THOUGHT)}
        return Example(self.report, name, seen, right, weight, judged)

    def places(self, name: str) -> list[Span]:
        found, at = [], self.text.find(name)
        while at >= 0:
            found.append((at, at + len(name)))
            at = self.text.find(name, at + 1)
        return found


def of_report(path: Path, nlp: Language) -> Iterator[Example]:
    """Of an annotated report: its names, what the readers bound otherwise, and names with an edge moved."""
    gold = read_gold(path)
    text = _Text(read_names(gold.report, nlp), path.stem)
    new = path.parents[1].name in _UNSEEN
    weight = _JUDGED if new else 1.0
    right = {
        name
        for what in ("units", "inspected", "issuer")
        for group in (*gold.names[what].required, *gold.names[what].optional)
        for name in group
    }
    named: dict[str, list[Span]] = {}
    taken = Spans(())
    for name in sorted(right, key=lambda n: (-len(n), n)):
        if len(name) > 2 and (free := [s for s in text.places(name) if not taken.meets(*s)]):
            named[name] = free
            taken = Spans([*taken.all, *free])
    for spans in named.values():
        yield text.example(spans[:20], True, weight, False, new)
    other: dict[str, list[Span]] = {}
    for span in sorted(text.ours | text.model):
        words = text.text[slice(*span)]
        if len(words) > 1 and fold(words) not in right and taken.meets(*span):
            other.setdefault(words, []).append(span)
    for spans in other.values():
        yield text.example(spans[:20], False, weight, False, new)
    chance = random.Random(zlib.crc32(path.stem.encode()))
    for name in chance.sample(sorted(named), min(_MOVED, len(named))):
        if (moved := _moved(text.text, *named[name][0], chance)) and fold(
            text.text[slice(*moved)]
        ) not in right:
            yield text.example([moved], False, 1.0, False, new)


def _moved(text: str, start: int, end: int, chance: random.Random) -> Span | None:
    """A name with one edge moved; None where that is no error, or goes beyond its clause."""
    by, left = chance.choice(_BY) * chance.choice((1, 1, -1)), chance.random() < 0.5
    place = read_place(text[start:end])
    if left and place and place.end == by:
        return None  # without its place it is a name still
    moved = (start + by, end) if left else (start, end + by)
    words = text[max(0, moved[0]) : moved[1]]
    inside = moved[0] >= 0 and moved[1] <= len(text) and moved[1] - moved[0] > 1
    return moved if inside and not any(sign in words for sign in "，。；：\n") else None


def of_judged(folder: Path, nlp: Language) -> Iterator[Example]:
    """The judged names of a folder. Raises ReadError, and ValueError for a line that cannot be read."""
    by_text: dict[str, list[tuple[str, bool]]] = {}
    for line in (folder / "names.tsv").read_text(encoding="utf-8").splitlines():
        stem, name, answer = line.split("\t")
        by_text.setdefault(stem, []).append((name, {YES: True, NO: False}[answer]))
    for stem, names in by_text.items():
        text = _Text(read_names(folder / f"{stem}.txt", nlp), f"{folder.name}/{stem}")
        for name, right in names:
            if spans := text.places(name)[:20]:
                part = any(told and name in other for other, told in names)
                yield text.example(spans, right, _JUDGED if right or part else _WRONG, True, True)


def fit(examples: Sequence[Example]) -> Chooser:
    """A logistic regression over the features; the same examples give the same weights."""
    often: dict[str, int] = {}
    for example in examples:
        for name in example.features:
            often[name] = often.get(name, 0) + 1
    names = sorted(
        n for n, count in often.items() if count >= _OFTEN and not any(map(str.isspace, n.replace(" ", "")))
    )
    rows = {name: i for i, name in enumerate(names)}
    data = table_of([e.features for e in examples], rows).astype(np.float32)
    model = LogisticRegression(C=_FREEDOM, max_iter=200)
    model.fit(data, [YES if e.right else NO for e in examples], sample_weight=[e.weight for e in examples])
    return chooser_of(model, rows)


def show(examples: Sequence[Example], parts: int = 5) -> None:
    """What the gate does on reports that it has not seen, at several limits, by who found a name."""
    part = [zlib.crc32(e.report.encode()) % parts for e in examples]
    sure = np.zeros(len(examples))
    for k in range(parts):
        chooser = fit([e for e, p in zip(examples, part, strict=True) if p != k])
        for i, e in enumerate(examples):
            if part[i] == k:
                sure[i] = chooser.likelihood(YES, e.features)
    print("of judged texts: limit, names gone of those that are right, wrong (of all that are wrong)")
    for by in ("both", "rules", "model", "none"):
        own = np.array([e.judged and f"by {by}" in e.features for e in examples])
        right = np.array([e.right for e in examples])
        hard = np.array([e.weight == _WRONG for e in examples])
        for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            gone = [sure[own & which] < least for which in (right, ~right & hard, ~right)]
            print(f"{by:6} {least} " + "  ".join(f"{int(g.sum())}/{len(g)}" for g in gone))
