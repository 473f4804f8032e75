"""Heads: what they see, how they choose, what they decide in invented texts; their file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from extract import heads
from extract.heads import FILE, Chooser, Grams, Match, heads_from, load_heads, pack, said_by_words, unpack
from extract.model import Findings, Source
from extract.pipeline import extract_source
from extract.rules import BadRule, load_rules

Read = Callable[[str], Findings]

CAUSE = "关于巡察县供水局党组的反馈意见\n一、存在问题\n1.水表底数不清。由于{}，3.2万只水表未登记。\n"
PROBLEM = "关于检查县供水局的通报\n一、存在问题\n1.{}\n"


def chooser(**weights: list[float]) -> Chooser:
    table = np.array([*weights.values()], np.float32)
    return Chooser(
        ("甲", "乙"), {n: i for i, n in enumerate(weights)}, table, np.array([0.5, 0.0], np.float32)
    )


def test_grams_have_the_value_of_the_range_that_counts_most() -> None:
    grams = Grams("库存7吨\n库存9吨")
    assert grams.of(0, 2, [(5, 8, 0.3), (6, 9, 0.2)]) == {
        "库": 1, "存": 1, "库存": 1, "存0": 0.3, "0吨": 0.2,
    }  # fmt: skip
    assert grams.of(2, 4) == grams.of(7, 9) == {"0": 1, "吨": 1, "0吨": 1}
    assert grams.of(3, 3) == {}


def test_words_say_their_share_and_their_weight() -> None:
    said = said_by_words({"finance": 3.0, "assets": 1.0})
    assert (said["share:finance"], said["share:assets"]) == (0.75, 0.25)
    assert 0 < said["weight:assets"] < said["weight:finance"]
    assert said_by_words({}) == {}


def test_a_chooser_takes_the_likeliest_and_ignores_what_it_never_saw() -> None:
    head = chooser(账=[0.0, 1.0], 船=[1.0, 0.0])
    assert head.choose({"账": 1.0}) == "乙"
    assert head.choose({"账": 0.1, "船": 1.0}) == "甲"
    assert head.choose({"鲸": 1.0}) == head.choose({}) == "甲"
    assert head.choose({"账": 1.0, "鲸": 40.0}) == "乙"


def test_packing_keeps_what_is_chosen_and_drops_what_says_nothing() -> None:
    head = unpack(json.loads(json.dumps(pack(chooser(账=[0.0, 1.0], 的=[0.001, 0.0], 船=[-0.5, 0.25])))))
    assert [*head.rows] == ["账", "船"]
    assert np.allclose(head.weights, [[0, 1], [-0.5, 0.25]], atol=0.005)
    assert head.choose({"账": 1.0}) == "乙"


def test_a_match_is_likelier_the_more_is_alike() -> None:
    match = Match({"rare": 2.0, "place": 1.0}, -1.0)
    likely = match.likelihood({"rare": np.array([[0.0, 1.0]]), "place": np.array([[0.0, 1.0]])})
    assert np.allclose(likely, [[1 / (1 + np.e), 1 / (1 + np.exp(-2))]])


@pytest.mark.parametrize(("words", "code"), [
    ("所里只剩两名抄表员", "resources"),  # without a weighted word
    ("领导班子思想上对水表登记认识不足", "political-awareness"),
    ("职工不会使用登记软件", "competence"),
    ("登记管理制度不健全", "institution"),
])  # fmt: skip
def test_type_of_a_cause(read: Read, words: str, code: str) -> None:
    assert [n.properties["type"] for n in read(CAUSE.format(words)).by_label("RootCause")] == [code]


@pytest.mark.parametrize(("words", "code"), [
    ("副科级干部岗位空缺两年没有选配。", "cadre"),
    ("群众打电话报修没人接。", "livelihood"),
    ("班子成员开会前不通气，会上一人拍板。", "leadership"),
    ("支部半年没开过一次会。", "party-building"),
])  # fmt: skip
def test_category_of_a_problem(read: Read, words: str, code: str) -> None:
    assert [n.properties["category"] for n in read(PROBLEM.format(words)).by_label("Problem")] == [code]


def test_heads_decide_and_others_may(nlp: Language) -> None:
    source = Source("t.txt", CAUSE.format("管理制度不健全"), "0" * 64)
    ours = load_heads()
    seen = Chooser(
        ("safety", "finance"), {"底数": 0}, np.array([[2, 0]], np.float32), np.array([0, 1], np.float32)
    )
    told = Chooser(("external",), {"制": 0}, np.array([[1]], np.float32), np.array([0], np.float32))
    found = extract_source(source, nlp=nlp, heads=replace(ours, categories=seen, cause_types=told))
    assert [n.properties["category"] for n in found.by_label("Problem")] == ["safety"]
    assert [n.properties["type"] for n in found.by_label("RootCause")] == ["external"]
    assert [n.properties["type"] for n in extract_source(source, nlp=nlp).by_label("RootCause")] == [
        "institution"
    ]


def test_the_file_is_small_and_speaks_the_taxonomy() -> None:
    taxonomy = load_rules().taxonomy
    assert {*load_heads().categories.codes} <= taxonomy["categories"].keys()
    assert {*load_heads().cause_types.codes} == taxonomy["cause_types"].keys()
    assert FILE.stat().st_size < 800_000
    content = json.loads(FILE.read_text(encoding="utf-8"))
    assert content["reports"] > 100
    assert len(content["data"]) == len(content["code"]) == 16


def test_a_missing_file_and_one_of_another_format_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads, "FILE", tmp_path / "heads.json")
    with pytest.raises(BadRule, match=r"models/heads\.json: missing; reinstall Suyin"):
        load_heads.__wrapped__()
    with pytest.raises(BadRule, match=r"format 'suyin\.heads/9', not"):
        heads_from({"format": "suyin.heads/9"})


def test_reading_needs_nothing_of_what_trains() -> None:
    script = (
        "import sys; sys.modules |= dict.fromkeys(('sklearn', 'scipy'))\n"
        "from extract.pipeline import build_nlp, extract_source\n"
        "from extract.model import Source\n"
        f"found = extract_source(Source('t.txt', {PROBLEM.format('账外设账。')!r}, '0' * 64), nlp=build_nlp())\n"
        "assert [p.properties['category'] for p in found.by_label('Problem')] == ['finance']"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=FILE.parents[2])
