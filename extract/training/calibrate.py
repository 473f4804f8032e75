"""How sure the reader may be: thresholds and confidence, measured on reports that neither reader has
seen."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from extract.components.statements import PARTS, together
from extract.draft import Draft, draft_of
from extract.evaluate.gold import Gold, read_gold
from extract.evaluate.quotes import fold
from extract.evaluate.scoring import match
from extract.pipeline import build_nlp, read_by_rules
from extract.readers import read_report
from extract.reading.candidates import Candidate, candidates
from extract.reading.chain import Floats
from extract.reading.decoder import decode
from extract.reading.names import name_candidates
from extract.reading.tagger import CARD, Tagger
from extract.training.examples import Example
from extract.units.names import mentions

#: Lower bounds of the bins of probability.
BINS = (0.0, 0.2, 0.5, 0.6, 0.7, 0.8, 0.9)
#: A node stands that is right at least so often. Below about half of the F1 it costs more than it gives;
#: above that, of two that give the same F1, the more precise.
_MODEL = {"Problem": 0.45, "Evidence": 0.5, "RootCause": 0.45, "Recommendation": 0.6, "Unit": 0.55}
_RULES = {"Recommendation": 0.45, "RootCause": 0.45, "Unit": 0.55}
_LEAST = 0.35

Counts = dict[str, dict[str, dict[float, list[int]]]]


def calibrate(folder: Path, held: Sequence[Example], *, tell: Callable[[str], object]) -> None:
    """Write into the card, for each label and finder (both, rules, model) how often it is right by how
    probable the model thinks it: [[least probability, share], …]."""
    tagger = Tagger(folder)
    counts = count(tagger, held)
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    card["right"] = {label: {by: _steps(bins) for by, bins in of.items()} for label, of in counts.items()}
    card["least"] = {
        label: {"rules": _RULES.get(label, _LEAST), "model": _MODEL.get(label, _LEAST)} for label in counts
    }
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    tell(json.dumps(counts))


def count(tagger: Tagger, held: Sequence[Example]) -> Counts:
    """label -> finder -> least probability of a bin -> [right, all]."""
    nlp = build_nlp()
    counts: Counts = defaultdict(lambda: defaultdict(lambda: defaultdict(lambda: [0, 0])))
    for example in held:
        if example.path is None:
            continue
        gold = read_gold(example.path)
        draft = together(draft_of(read_by_rules(read_report(gold.report), nlp=nlp), *PARTS))
        _judge(draft, gold, tagger, counts)
    return counts


def _judge_names(draft: Draft, gold: Gold, naming: Floats, counts: Counts) -> None:
    """A name is right where the annotations have it; one that need not be found does not count."""
    known = {name for names in gold.names["units"].required for name in names}
    optional = {name for names in gold.names["units"].optional for name in names} - known
    for mention, one in name_candidates(draft.text, [*mentions(draft.text, set())], naming):
        if (name := fold(mention.name)) not in optional:
            tally = counts[one.label][one.by][max(b for b in BINS if one.probability >= b)]
            tally[0] += name in known
            tally[1] += 1


def _judge(draft: Draft, gold: Gold, tagger: Tagger, counts: Counts) -> None:
    clauses, roles, found = decode(draft, tagger)
    _judge_names(draft, gold, roles.naming, counts)
    by_label: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates(draft, clauses, roles, found):
        by_label[candidate.label].append(candidate)
    for label, made in by_label.items():
        places = {}
        for i, one in enumerate(made):
            start, end = gold.text.span(*draft.clean.span(one.start, one.end))
            if start < end:
                places[str(i)] = start, end
        right = set(match(gold.nodes[label], places).values())
        unsure = set(match([n for n in gold.nodes[label] if n.optional], places).values())
        for key in places.keys() - unsure:
            one = made[int(key)]
            tally = counts[label][one.by][max(b for b in BINS if one.probability >= b)]
            tally[0] += key in right
            tally[1] += 1


def _steps(bins: dict[float, list[int]]) -> list[tuple[float, float]]:
    """Shares of right ones that never fall as the probability grows (pool adjacent violators), smoothed."""
    blocks: list[list[float]] = []  # [least probability, right, all]
    for least in sorted(bins):
        right, of = bins[least]
        blocks.append([least, right + 0.5, of + 1.0])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            _, more, others = blocks.pop()
            blocks[-1][1] += more
            blocks[-1][2] += others
    return [(least, round(right / of, 2)) for least, right, of in blocks]
