"""What heads do on reports that they were not trained on: given the true nodes, and end to end."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from spacy.language import Language

from extract.collect import collect
from extract.components.categories import assign_categories
from extract.components.links import infer_links
from extract.draft import Draft
from extract.evaluate.scoring import compare
from extract.evaluate.tally import Tally
from extract.found import Policies, Statements, Units
from extract.heads import Heads, heads_from
from extract.model import Findings
from extract.pipeline import extract_source
from extract.results import Results
from extract.training.annotated import Annotated, examples_of

FOLDS = 10
_ROWS = ("kind", "inspected", "issuer", "categories", "cause_types", "addresses")
#: Row of scores -> counts.
_Counts = dict[str, Tally]


def show_cross_validated(
    reports: Sequence[Annotated], nlp: Language, train: Callable[[Sequence[Annotated]], dict[str, object]]
) -> None:
    """Each report by heads that were trained on the reports of the other folds."""
    given: _Counts = defaultdict(Tally)
    found: _Counts = defaultdict(Tally)
    for fold in range(FOLDS):
        unseen = [report for report in reports if _fold(report) == fold]
        heads = heads_from(train([report for report in reports if _fold(report) != fold]))
        _add(given, ((report, given_nodes(report, heads)) for report in unseen))
        _add(found, ((r, extract_source(r.source, nlp=nlp, heads=heads)) for r in unseen))
    _show(f"{len(reports)} reports, each unseen by its heads, given true nodes", given, reports)
    _show("the same, end to end", found)


def show_given(reports: Sequence[Annotated], nlp: Language) -> None:
    """Other reports by the heads that Suyin comes with."""
    given: _Counts = defaultdict(Tally)
    found: _Counts = defaultdict(Tally)
    _add(given, ((report, given_nodes(report)) for report in reports))
    _add(found, ((report, extract_source(report.source, nlp=nlp)) for report in reports))
    _show(f"{len(reports)} reports, given true nodes", given, reports)
    _show("the same, end to end", found)


def given_nodes(report: Annotated, heads: Heads | None = None) -> Findings:
    """The findings of a report whose nodes are true, with categories, types and links by heads."""
    results = Results(replace(report.draft.report, heads=heads))
    results.statements = report.draft.found(Statements)
    results.units = Units(places=tuple(report.names))
    results.policies, results.facts, results.stakes = Policies(), {}, {}
    stated = results.only(("statements", "units"), "suyin_categories")
    results.categories = assign_categories(Draft(results.report, stated))
    told = results.only(("statements", "categories"), "suyin_links")
    results.links = infer_links(Draft(results.report, told))
    return collect(results)


def _fold(report: Annotated) -> int:
    return hashlib.sha256(report.name.encode()).digest()[0] % FOLDS


def _add(counts: _Counts, found: Iterable[tuple[Annotated, Findings]]) -> None:
    for report, findings in found:
        for row, tally in compare(report.gold, findings).rows.items():
            counts[row] += tally


def _show(title: str, counts: _Counts, reports: Sequence[Annotated] = ()) -> None:
    print(title)
    for row, tally in ((row, counts[row]) for row in _ROWS if row in counts):
        said = f"{tally.right} right, {tally.wrong} wrong, {tally.missed} missed"
        print(f"  {row:12} F1 {tally.f1:.3f}  {said}")
    examples = [examples_of(report) for report in reports]
    for head in ("kinds", "categories", "cause_types") if examples else ():
        all_of = [example for some in examples for example in some[head]]
        right = sum(e.by_rules in e.codes for e in all_of)
        print(f"  {head:12} by the rules alone {right / len(all_of):.3f}")
