"""Heads are learned from what annotations say; the same annotations give the same heads."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from bench.reading import ASIDE
from extract.heads import FILE, heads_from
from extract.training import annotated
from extract.training import heads as command
from extract.training.annotated import FOLDERS, annotate, data_hash, examples_of
from tests.support.extras import need_extra

REPORT = """关于检查县渡口管理站的通报
一、存在问题
（一）安全管理薄弱
1.渡船检验逾期。由于站里无人懂检验，3艘渡船未检。
2. 救生衣霉烂。
（二）船票销售不记账。由于没有售票制度，账目缺失。
二、整改建议
1.对渡船逐艘检验。
2.船票逐张登记。
3.学习外地经验。
"""
GOLD = """source: {name}.txt
kind: inspection-feedback
title: 关于检查县渡口管理站的通报
inspected: [县渡口管理站]
problems:
  - id: P1
    from: （一）安全
    to: 救生衣霉烂。
    headline: 安全管理薄弱
    category: safety
    items:
      - {{id: P1.1, from: 1.渡船, to: 渡船未检。, headline: 渡船检验逾期, category: [safety, policy-execution]}}
      - {{id: P1.2, from: 2. 救生, to: 霉烂。, category: safety}}
  - {{id: P2, from: （二）船票, to: 账目缺失。, headline: 船票销售不记账, category: finance}}
causes:
  - {{id: C1, from: 站里无人, to: 懂检验, type: competence}}
  - {{id: C2, from: 没有售, to: 制度, type: institution}}
  - {{id: C3, from: 没有售, to: 票制, type: made-up}}
recommendations:
  - {{id: R1, from: 1.对渡船, to: 检验。}}
  - {{id: R2, from: 2.船票, to: 登记。}}
  - {{id: R3, from: 3.学习, to: 经验。}}
links:
  addresses:
    expected: [[R1, P1.1], [R2, P2]]
    acceptable: [[R3, P2]]
"""


@pytest.fixture
def annotations(tmp_path: Path) -> list[Path]:
    """The same report under four names, each with its annotations."""
    found = []
    for name in ("one", "two", "three", "four"):
        (tmp_path / f"{name}.txt").write_text(REPORT, encoding="utf-8")
        found.append(tmp_path / f"{name}.yaml")
        found[-1].write_text(GOLD.format(name=name), encoding="utf-8")
    return found


@pytest.fixture
def _train_extra() -> None:
    """The extra that learns; skipped where it is not installed."""
    need_extra("dev", "sklearn")


def test_a_draft_of_what_annotations_say(annotations: list[Path], nlp: Language) -> None:
    report = annotate(annotations[0], nlp)
    text = report.draft.text
    said = {gold.id: (text[node.start : node.end], node) for gold, node in report.nodes.values()}
    assert said["P1.2"][0] == "2.救生衣霉烂。"
    assert text[slice(*said["P1.2"][1].headline or ())] == "救生衣霉烂"  # not annotated: cut by the rules
    assert text[slice(*said["P1"][1].headline or ())] == "安全管理薄弱"
    assert said["P1.1"][1].parent is said["P1"][1]
    assert said["P1"][1].items == [said["P1.1"][1], said["P1.2"][1]]
    assert said["C1"][0] == "站里无人懂检验"
    assert {n.label: len(report.draft.of(n.label)) for _, n in report.nodes.values()} == {
        "Problem": 4, "RootCause": 3, "Recommendation": 3,
    }  # fmt: skip
    examples = examples_of(report)
    problems, causes = examples["categories"], examples["cause_types"]
    assert [e.codes for e in problems] == [
        ("safety",), ("safety", "policy-execution"), ("safety",), ("finance",),
    ]  # fmt: skip
    assert [e.codes for e in causes] == [("competence",), ("institution",)]  # what is no type is not learned
    assert problems[0].features["kind:inspection-feedback"] == 1
    assert (problems[1].features["检验"], problems[1].features["薄弱"]) == (1, 0.4)


@pytest.mark.usefixtures("_train_extra")
def test_links_to_learn_from(annotations: list[Path], nlp: Language) -> None:
    from extract.training.fit import pairs_of

    found = pairs_of(annotate(annotations[0], nlp))
    assert found is not None
    tables, right = found
    # R1 is for P1.1, so for P1 too; whether R3 is for P2 is open
    assert np.array_equal(right, [[1, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, np.nan]], equal_nan=True)
    assert tables["rare"].shape == right.shape


@pytest.mark.usefixtures("_train_extra")
def test_training_is_repeatable_and_learns(annotations: list[Path], nlp: Language) -> None:
    from extract.training.figures import given_nodes
    from extract.training.fit import train

    reports = [annotate(path, nlp) for path in annotations]
    learned = train(reports)
    assert json.dumps(learned) == json.dumps(train([annotate(path, nlp) for path in annotations]))
    found = given_nodes(reports[0], heads_from(learned))
    assert [n.properties["category"] for n in found.by_label("Problem")] == ["safety"] * 3 + ["finance"]
    assert {n.text: n.properties["type"] for n in found.by_label("RootCause")} == {
        "站里无人懂检验": "competence", "没有售票制度": "institution", "没有售票制": "institution",
    }  # fmt: skip
    weights = learned["addresses"]["weights"]
    assert weights["rare"] > 0


def test_the_check_says_what_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = json.loads(FILE.read_text(encoding="utf-8"))
    monkeypatch.setattr(command, "FILE", tmp_path / "heads.json")
    now = command.hashes()
    (tmp_path / "heads.json").write_text(json.dumps(content | now), encoding="utf-8")
    assert command.main(["--check"]) == 0
    assert not capsys.readouterr().err
    (tmp_path / "heads.json").write_text(json.dumps(content | now | {"data": "0" * 16}), encoding="utf-8")
    assert command.main(["--check"]) == 1
    assert capsys.readouterr().err == "heads.json: its data changed since it was trained; make heads\n"


def test_the_hash_of_data_sees_each_annotation_and_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(annotated, "ROOT", tmp_path)
    for part in ("gold", "reports"):
        (tmp_path / "field" / part).mkdir(parents=True)
        (tmp_path / "field" / part / "one").write_text("甲", encoding="utf-8")
    before = data_hash([tmp_path / "field"])
    assert before == data_hash([tmp_path / "field"])
    for part in ("gold", "reports"):
        (tmp_path / "field" / part / "one").write_text("乙", encoding="utf-8")
        after = data_hash([tmp_path / "field"])
        assert after != before
        before = after


def test_what_only_measures_is_never_learned_from() -> None:
    names = {folder.relative_to(annotated.ROOT).as_posix() for folder in FOLDERS}
    assert not names & {f"samples/{part.removesuffix('/gold')}" for part in ASIDE}


def test_names_are_marked_wherever_they_stand_but_in_titles() -> None:
    from extract.training.examples import name_characters

    text = "县财政局与石桥粮站。《县财政局办法》由财政局印发，该局与市委无涉。"
    marks = name_characters(text, [["县财政局", "财政局"], ["石桥粮站"], ["该局"]], [["市委"]])
    shown = "".join("?" if m == -1 else ".B-"[m] for m in marks)
    assert shown == "B---.B---.????????.B--...??.??...", shown
