"""Drafts that hold what annotations say, so that heads learn from true nodes."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from extract.components.categories import (
    category_scores,
    of_cause,
    of_problem,
    spoken_of_cause,
    spoken_of_problems,
)
from extract.components.units import name_units
from extract.draft import Draft, draft_of
from extract.evaluate.gold import Gold, GoldNames, GoldNode, gold_files, read_gold
from extract.evaluate.quotes import fold
from extract.heads import CHOOSERS, Features, Grams
from extract.kinds import kind_by_rules, of_report
from extract.model import Source
from extract.nodes import Node
from extract.outline.markers import Markers
from extract.pipeline import read_statements
from extract.problems.headlines import headline_span
from extract.ranges import Spans
from extract.readers import read_report
from extract.status import of_measure, status_of
from extract.units.features import of_units
from extract.units.roles import Unit, find_roles

ROOT = Path(__file__).parents[2]
#: Annotated reports to learn from. Never from samples/blind/b, f, o, r, v, z, ab and ad, and samples/heldout.
FOLDERS = tuple(
    ROOT / "samples" / part
    for part in ("", "field", *(f"blind/{x}" for x in ("aa", "ac", *"acdeghijklmnpqstuwxy")))
)
_CLOSING = "。；，、：;,.:"
_STATUSES = ("done", "ongoing", "long-term")


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotated report: the draft with its true problems, causes and recommendations, by their ids.

    `units`: those that the rules name, with what heads see of them.
    """

    name: str
    gold: Gold
    source: Source
    draft: Draft
    nodes: dict[str, tuple[GoldNode, Node]]
    units: list[tuple[Unit, Features]]

    @property
    def names(self) -> list[tuple[int, int]]:
        """Where names of units stand."""
        return [place for unit, _ in self.units for place in unit.places]

    def of(self, label: str) -> Iterator[tuple[GoldNode, Node]]:
        return (pair for pair in self.nodes.values() if pair[1].label == label)


def read_annotated(folders: Iterable[Path], nlp: Language) -> list[Annotated]:
    """All annotated reports below some folders, each with its `gold/`. Raises GoldError, ReadError."""
    return [annotate(path, nlp) for folder in folders for path in gold_files(folder / "gold")]


def annotate(path: Path, nlp: Language) -> Annotated:
    """One report with its annotations, walked as far as its units by the rules; no head is asked.

    Raises GoldError, ReadError.
    """
    gold = read_gold(path)
    source = read_report(gold.report)
    by_rules = draft_of(read_statements(source, nlp=nlp, judge=kind_by_rules), "statements")
    units = name_units(by_rules)
    seen = of_units(by_rules, units, *find_roles(by_rules, units))
    draft = Draft(by_rules.report)
    clean = draft.clean
    at = [gold.text.span(*clean.span(i, i + 1))[0] for i in range(len(clean.text))]  # offset -> bare offset
    nodes: dict[str, tuple[GoldNode, Node]] = {}
    for label in ("Problem", "RootCause", "Recommendation", "Measure"):
        for true in gold.nodes[label]:
            above = nodes.get(gold.parents.get(true.id, ""))
            start, end = bisect_left(at, true.start), bisect_left(at, true.end)
            while draft.text[start].isspace():  # the end of the line before has the same bare offset
                start += 1
            properties = {"status": None} if label == "Measure" else {}
            node = Node(label, start, end, properties, above[1] if above else None)
            node.headline = _headline(draft, node, true)
            nodes[true.id] = true, draft.add(node)
    return Annotated(path.stem, gold, source, draft, nodes, list(zip(units, seen, strict=True)))


def _headline(draft: Draft, node: Node, true: GoldNode) -> tuple[int, int]:
    """Where its headline stands; where that is not said, where the rules would cut it."""
    for words in (headline.strip(_CLOSING) for headline in true.headlines):
        if words and (at := draft.text.find(words, node.start, node.end)) >= 0:
            return at, at + len(words)
    line = draft.text[node.start : node.end].partition("\n")[0]
    marker = Markers(line).match(line)
    return headline_span(draft, node.start + (marker.end if marker else 0), node.end)


@dataclass(frozen=True, slots=True)
class Example:
    """A report, unit, problem, cause or measure with the codes that are right for it.

    `by_rules`: what the rules alone would say: patterns, or weighted words.
    """

    report: str
    features: Features
    codes: tuple[str, ...]
    by_rules: str


def examples_of(annotated: Annotated) -> dict[str, list[Example]]:
    """By the names of the heads that choose: the report, its units, problems, causes and measures."""
    draft, rules, name = annotated.draft, annotated.draft.rules, annotated.name
    found: dict[str, list[Example]] = {head: [] for head in CHOOSERS}
    seen = of_report(draft.text, draft.title, rules)
    found["kinds"].append(Example(name, seen, annotated.gold.kinds, draft.kind))
    for role in ("inspected", "issuer"):
        for unit, features in annotated.units:
            if (answer := _answer(unit, annotated.gold.names[role])) is not None:
                told = next(f for f in features if f.startswith(f"{role}:"))
                by_rules = "yes" if told.startswith(f"{role}:True") else "no"
                found[role].append(Example(name, features, (answer,), by_rules))
    grams = Grams(draft.text)
    names = Spans(annotated.names)
    true = {id(node): gold for gold, node in annotated.nodes.values()}
    hits = rules.categories.find(draft.text).outside(names)
    scores = {problem: category_scores(hits, problem) for problem in draft.of("Problem")}
    for problem, spoken in spoken_of_problems(draft, hits, scores):
        best = _best(spoken, "policy-execution", least=1.5)
        if codes := _known(true[id(problem)], rules.taxonomy["categories"]):
            features = of_problem(draft, grams, problem, spoken)
            found["categories"].append(Example(name, features, codes, best))
    hits = rules.cause_types.find(draft.text).outside(names)
    for gold, cause in annotated.of("RootCause"):
        spoken = spoken_of_cause(draft, hits, cause)
        best = _best(spoken, "responsibility")
        if codes := _known(gold, rules.taxonomy["cause_types"]):
            found["cause_types"].append(Example(name, of_cause(grams, cause, spoken), codes, best))
    for gold, measure in annotated.of("Measure"):
        if codes := _known(gold, _STATUSES):
            words = draft.text[measure.start : measure.end]
            said = status_of(words, rules)
            found["statuses"].append(Example(name, of_measure(words, said), codes, said or "ongoing"))
    return found


def _answer(unit: Unit, sought: GoldNames) -> str | None:
    """Is it one of these? None of one that may be."""
    names = {fold(name) for name in unit.names}
    if any(names & set(group) for group in sought.required):
        return "yes"
    return None if any(names & set(group) for group in sought.optional) else "no"


def _known(node: GoldNode, codes: Container[str]) -> tuple[str, ...]:
    """Its right codes, without those that an annotator made up."""
    return tuple(code for code in node.codes if code in codes)


def _best(scores: dict[str, float], otherwise: str, least: float = 0.0) -> str:
    best = max(scores.items(), key=lambda kv: (kv[1], kv[0]), default=(otherwise, 0.0))
    return best[0] if best[1] >= least else otherwise


def data_hash(folders: Iterable[Path] = FOLDERS) -> str:
    """Of all annotations and reports in some folders."""
    parts = (folder / part for folder in folders for part in ("gold", "reports"))
    return _hash(path for part in parts for path in part.iterdir() if path.is_file())


def code_hash() -> str:
    """Of what makes features of a report, and of what learns from them."""
    here = ROOT / "extract"
    parts = (
        "heads.py", "kinds.py", "status.py", "units/features.py", "units/roles.py",
        "components/categories.py", "components/matching.py",
        "rules/categories.toml", "rules/cause_types.toml", "rules/kinds.toml", "rules/links.toml",
        "rules/measures.toml", "rules/plans.toml", "rules/rectification.toml",
        "reading/clauses.py", "reading/labels.py", "reading/wording.py",
    )  # fmt: skip
    own = (here / "training" / name for name in ("annotated.py", "examples.py", "fit.py", "wording.py"))
    return _hash([*(here / part for part in parts), *own])


def file_hash(path: Path) -> str:
    """Of one file in this repository."""
    return _hash([path])


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
