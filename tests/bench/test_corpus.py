"""The generated reports: the same for the same seed, and read without a fault however they are damaged."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from spacy.language import Language

import bench.corpus
from bench.corpus import as_source, damage, generate
from bench.corpus.world import UNITS, make_world
from extract.model import GROUNDED, Findings
from extract.pipeline import build_nlp, extract_source

REPORTS = 200


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_nlp()


def test_the_same_seed_gives_the_same_texts():
    first = list(generate(7, 40))
    assert list(generate(7, 40)) == first
    assert list(generate(7, 10)) == first[:10]  # a report does not depend on how many are asked for
    assert {text for _, text in generate(8, 40)}.isdisjoint(text for _, text in first)
    assert len({name for name, _ in first}) == len({text for _, text in first}) == 40


def test_the_command_writes_them(tmp_path: Path):
    bench.corpus.main([str(tmp_path), "--count", "5", "--seed", "3"])
    written = {path.stem: path.read_bytes().decode() for path in tmp_path.glob("*.txt")}
    assert written == dict(generate(3, 5))


def test_several_processes_write_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bench.corpus, "_AT_ONCE", 4)
    bench.corpus.main([str(tmp_path), "--count", "10", "--seed", "3", "--jobs", "2"])
    written = {path.stem: path.read_bytes().decode() for path in tmp_path.glob("*.txt")}
    assert written == dict(generate(3, 10))


def test_few_policies_and_units_recur_and_most_are_seldom_named():
    shared, texts = make_world(6), [text for _, text in generate(6, 400)]
    units = [unit.name for place in shared.places.things for unit in place.units.things]
    assert len(units) == UNITS
    for names in (shared.policies.things, units):
        named = sorted((sum(name in text for text in texts) for name in names), reverse=True)
        assert named[0] > 20
        assert named[len(named) // 2] < named[0] / 10
    few = make_world(6, units=40, policies=5)
    assert (len(few.places.things), len(few.policies.things)) == (2, 5)


def test_no_symbol_is_left_unsaid():
    assert not [name for name, text in generate(1, REPORTS) if re.search(r"[{}]", text)]


def test_they_are_of_many_kinds(nlp: Language):
    found = [extract_source(as_source(*report), nlp=nlp) for report in generate(2, 60)]
    assert len({findings.report.kind for findings in found}) >= 4
    assert {node.label for findings in found for node in findings.nodes} >= {*GROUNDED, "Unit", "Policy"}
    for mark in ("\r\n", "\t", "一、", "（1）", "一是", "①", ",", '"'):
        assert any(mark in text for _, text in generate(2, REPORTS)), mark


def _check(findings: Findings, text: str) -> None:
    """Every node of its own place is a slice of the source, every edge joins two nodes and stays in it."""
    ids = {node.id for node in findings.nodes}
    assert len(ids) == len(findings.nodes)
    for node in findings.nodes:
        if node.label in GROUNDED:
            assert node.text, node
            assert text[node.start : node.end] == node.text
    for edge in findings.edges:
        assert edge.source in ids, edge
        assert edge.target in ids, edge
        if edge.properties.get("start") is not None:
            assert 0 <= edge.properties["start"] < edge.properties["end"] <= len(text), edge


def test_every_finding_is_grounded(nlp: Language):
    for name, text in generate(4, REPORTS):
        _check(extract_source(as_source(name, text), nlp=nlp), text)


def _shuffled(text: str, rng: random.Random) -> str:
    """Damage that no scan does: parts lost, doubled, out of order."""
    cuts = sorted(rng.sample(range(len(text)), 6))
    parts = [text[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
    return "".join(rng.choices(parts, k=6))


@pytest.mark.parametrize("kind", ["slips", "shuffled", "one line"])
def test_damaged_reports_are_read_too(nlp: Language, kind: str):
    for i, (name, text) in enumerate(generate(5, REPORTS)):
        rng = random.Random(i)
        match kind:
            case "slips":
                broken = damage(text, rng, 0.1)
            case "shuffled":
                broken = _shuffled(text, rng)
            case _:
                broken = re.sub(r"\s+", "", text)
        _check(extract_source(as_source(name, broken), nlp=nlp), broken)
