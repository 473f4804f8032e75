"""What the trained reader adds, on reports that nothing was learnt from. `python -m bench reading
[--write FILE]`

Rules alone, model alone and both, by row of scores and kind of report, with the gain's interval (paired
bootstrap over reports); how often nodes are right by the confidence they were given; speed and size.
Published texts are measured where SUYIN_PUBLISHED names their folder.
"""

from __future__ import annotations

import math
import os
import random
import time
from collections import defaultdict
from collections.abc import Sequence

from bench.pages import parser, show, table
from bench.quality import SAMPLES
from extract.collect import collect
from extract.components.statements import PARTS, settled, together
from extract.draft import Draft, draft_of
from extract.evaluate.gold import PUBLISHED, Gold, gold_files, read_gold
from extract.evaluate.scoring import compare, match
from extract.evaluate.tally import ROWS, Comparison, Scores
from extract.model import Findings
from extract.pipeline import BUILDING, build_nlp, extract_report, read_by_rules
from extract.readers import read_report
from extract.reading.candidates import Trust, candidates
from extract.reading.decoder import decode
from extract.reading.joining import join
from extract.reading.labels import NODES
from extract.reading.names import NameReader
from extract.reading.tagger import FOLDER, open_tagger
from extract.results import results_of

#: Folders of annotations that neither rules nor model have seen.
ASIDE = (*(f"blind/{part}/gold" for part in (*"bforvz", "ab", "ad")), "heldout/gold")
READERS = ("rules", "model", "both")
_ROUNDS = 2000


class Readers:
    """The three ways to read one report."""

    def __init__(self) -> None:
        self.nlp, self.tagger = build_nlp(), open_tagger()
        self.trust = Trust(self.tagger.card["right"], self.tagger.card["least"])
        # what both found is the rules' node, so the model alone trusts its own at even odds
        alone = {
            label: {"model": [(0.5, 1.0)], "both": [(0.0, 0.0)], "rules": [(0.0, 0.0)]}
            for label in (*NODES.values(), "Unit")
        }
        self.alone = Trust(alone, {})
        #: (confidence, right) of each node that both readers together gave
        self.trusted: list[tuple[float, bool]] = []

    def read(self, gold: Gold, how: str) -> Findings:
        source = read_report(gold.report)
        doc = read_by_rules(source, nlp=self.nlp)
        draft = together(draft_of(doc, *PARTS))
        names = None
        if how != "rules" and draft.text.strip():
            clauses, roles, found = decode(draft, self.tagger)
            if how == "model":
                for label in NODES.values():
                    draft.drop(label, {id(node) for node in draft.of(label)})
                draft.bonds.clear()
                draft.repeats.clear()
            else:
                self._judge(draft, gold, candidates(draft, clauses, roles, found))
            trust = self.alone if how == "model" else self.trust
            join(draft, clauses, roles, found, trust)
            names = NameReader(roles.naming, trust)
        results_of(doc).statements = settled(draft, names=names)
        for name in BUILDING:
            doc = self.nlp.get_pipe(f"suyin_{name}")(doc)
        return collect(results_of(doc))

    def _judge(self, draft: Draft, gold: Gold, made: Sequence[object]) -> None:
        by_label: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        standing = [c for c in made if self.trust.stands(c)]
        for i, one in enumerate(standing):
            span = gold.text.span(*draft.clean.span(one.start, one.end))
            if span[0] < span[1]:
                by_label[one.label][str(i)] = span
        for label, places in by_label.items():
            right = set(match(gold.nodes[label], places).values())
            self.trusted += [(self.trust.of(standing[int(key)]), key in right) for key in places]


def interval(ours: Sequence[Comparison], theirs: Sequence[Comparison]) -> tuple[float, float]:
    """Of the gain in overall F1, at 95 %: the same reports are drawn for both."""
    rng = random.Random(0)
    gains = []
    for _ in range(_ROUNDS):
        drawn = [rng.randrange(len(ours)) for _ in ours]
        gains.append(
            Scores.of([ours[i] for i in drawn]).overall - Scores.of([theirs[i] for i in drawn]).overall
        )
    gains.sort()
    return gains[int(0.025 * _ROUNDS)], gains[int(0.975 * _ROUNDS)]


def section(name: str, golds: Sequence[Gold], readers: Readers) -> list[str]:
    found = {how: [compare(gold, readers.read(gold, how)) for gold in golds] for how in READERS}
    scores = {how: Scores.of(each) for how, each in found.items()}
    low, high = interval(found["both"], found["rules"])
    gain = scores["both"].overall - scores["rules"].overall
    rows = [row for row in ROWS if any(row in s.rows for s in scores.values())]
    empty = [i for i, gold in enumerate(golds) if not any(gold.nodes.values())]
    silent = ", ".join(f"{how} {sum(_nodes(found[how][i]) for i in empty)}" for how in READERS)
    kinds = {how: Scores.by(each, "kind") for how, each in found.items()}
    return [
        f"### {name}: {len(golds)} reports\n\nOverall F1 {scores['rules'].overall:.3f} by the rules, "
        f"{scores['both'].overall:.3f} with the model: {gain:+.3f} (95 %: {low:+.3f} to {high:+.3f}). "
        f"In {len(empty)} texts with nothing to find, nodes found: {silent or 'none'}.",
        table(("F1 (precision / recall)", *READERS), (
            (row, *(_cell(scores[how], row) for how in READERS)) for row in rows)),
        table(("overall by kind", *READERS), (
            (f"{kind} ({part.reports})", *(f"{kinds[how][kind].overall:.3f}" for how in READERS))
            for kind, part in kinds["rules"].items())),
    ]  # fmt: skip


def _nodes(comparison: Comparison) -> int:
    wrong = ("problems", "evidence", "causes", "effects", "recommendations", "measures")
    return sum(tally.wrong for row, tally in comparison.rows.items() if row in wrong)


def _cell(scores: Scores, row: str) -> str:
    tally = scores.rows.get(row)
    return f"{tally.f1:.3f} ({tally.precision:.2f} / {tally.recall:.2f})" if tally else ""


def reliability(trusted: Sequence[tuple[float, bool]]) -> str:
    """How often nodes were right by tenths of the confidence they were given."""
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for one in trusted:
        tenths[min(9, int(one[0] * 10))].append(one)
    return table(("confidence", "mean", "nodes", "right", "share"), (
        (f"{k / 10:.1f}–{(k + 1) / 10:.1f}", f"{math.fsum(c for c, _ in each) / len(each):.2f}", len(each),
         sum(right for _, right in each), f"{sum(right for _, right in each) / len(each):.2f}")
        for k, each in sorted(tenths.items())))  # fmt: skip


def cost(golds: Sequence[Gold]) -> str:
    """Characters of a second of the processor by each way, and the size of the reader's files."""
    characters = sum(len(read_report(gold.report).text) for gold in golds)
    rates = {}
    for how in ("rules", "model"):
        nlp = build_nlp(how)
        start = time.process_time()
        for gold in golds:
            extract_report(gold.report, nlp=nlp)
        rates[how] = characters / (time.process_time() - start)
    size = sum(file.stat().st_size for file in FOLDER.iterdir())
    return (
        f"With the model reading takes {rates['rules'] / rates['model']:.0f} times as long as by rules, "
        f"{rates['model']:,.0f} characters a second of one core; its files are {size / 1e6:.1f} MB."
    )


def main(arguments: Sequence[str]) -> None:
    options = parser("reading", __doc__).parse_args(arguments)
    readers = Readers()
    invented = [read_gold(path) for part in ASIDE for path in gold_files(SAMPLES / part)]
    parts = section("Invented", invented, readers)
    if os.environ.get(PUBLISHED):
        published = [read_gold(path) for path in gold_files(SAMPLES / "published" / "aside")]
        parts += section("Published", published, readers)
    parts += ["How often nodes were right by the confidence they were given:", reliability(readers.trusted)]
    parts.append(cost(invented))
    show("\n\n".join(parts), "reading", options.write)
