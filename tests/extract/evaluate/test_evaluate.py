"""`suyin evaluate`: annotations with their mistakes named, and counts as the rules of scoring say."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bench.pages import replace_part
from bench.quality import gold_of, measure, reliability, render
from bench.rules import by_rule, render_links, without_sample
from bench.rules import measure as rules_found
from extract.documents import to_json
from extract.evaluate.gold import Gold, GoldError, gold_files, read_gold
from extract.evaluate.quotes import BareText, fold
from extract.evaluate.scoring import compare
from extract.evaluate.tally import ROWS, Comparison, JudgedLink, Scores, Tally
from extract.model import Findings, Link, Mention, SuyinError
from extract.rules import load_rules
from tests.support.commands import done, suyin
from tests.support.oracle import oracle

ROOT = Path(__file__).parents[3]
GOLDS = gold_files(gold_of("samples"))
OUTSIDE = [Path(d) / "gold" for d in os.environ.get("SUYIN_GOLD_DIRS", "").split(os.pathsep) if d]

REPORT = """关于巡察市某局的反馈意见
一、存在问题
1.学习不深入。如，2021年只学了
一次；笔记不全。
2.账目不清。由于制度缺失，有3万元未入账，造成损失。
二、建议
加强学习。完善制度。
"""
GOLD = """
source: some.txt
kind: inspection-feedback
title: 关于巡察市某局的反馈意见
inspected: [[市某局党组, 市某局]]
issuer: 市委巡察组
units: [[市财政局]]
units_optional: [[市委]]
problems:
  - id: P1
    from: 1.学习
    to: 笔记不全。
    headline: 学习不深入
    category: [theory-study, party-building]
    evidence: [{from: 2021年, to: 一次}, {from: 笔记, to: 不全, optional: true}]
  - id: P2
    from: 2.账目
    to: 造成损失。
    headline: 账目不清
    category: finance
    items: [{id: P2.1, from: 有3万元, to: 未入账, headline: 有3万元未入账}]
causes: [{id: C1, from: 制度, to: 缺失, type: institution}]
effects: [{id: E1, from: 损失, to: 损失, optional: true}]
recommendations: [{id: R1, from: 加强, to: 学习。}, {id: R2, from: 完善, to: 制度。}]
policies: [[会计法, 中华人民共和国会计法]]
links:
  caused_by: {explicit: [[P2, C1]], inferred: [], acceptable: [[P1, C1]]}
  leads_to: []
  addresses: {expected: [[R1, P1], [R2, P2]], acceptable: [[R2, C1]]}
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write annotations, with the report beside them; (old, new) pairs change them first."""

    def write_files(*changes: tuple[str, str]) -> Path:
        text = GOLD
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "some.txt").write_text(REPORT, encoding="utf-8")
        path = tmp_path / "some.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_files


@pytest.fixture
def gold(write: Callable[..., Path]) -> Gold:
    return read_gold(write())


def changed(findings: Findings, ident: str, **changes: Any) -> Findings:
    """The findings with another node in place of one; properties are merged."""
    nodes = []
    for node in findings.nodes:
        if node.id == ident:
            properties = {**node.properties, **changes.pop("properties", {})}
            node = replace(node, **changes, properties=properties)  # noqa: PLW2901
        nodes.append(node)
    return replace(findings, nodes=tuple(nodes))


def without(findings: Findings, ident: str) -> Findings:
    return replace(
        findings,
        nodes=tuple(node for node in findings.nodes if node.id != ident),
        edges=tuple(edge for edge in findings.edges if ident not in (edge.source, edge.target)),
    )


def with_edges(findings: Findings, *edges: Link, instead_of: str | None = None) -> Findings:
    kept = [edge for edge in findings.edges if edge.type != instead_of]
    return replace(findings, edges=(*kept, *edges))


class TestQuotes:
    def test_white_space_does_not_count(self) -> None:
        bare = BareText("\ufeff一 、\r\n问\u3000题")
        assert bare.text == "一、问题"
        assert bare.span(0, 99) == (0, 4)
        assert bare.span(6, 8) == (2, 3)
        assert bare.find("一、 问", "题", 0, None) == (0, 4)

    def test_the_end_may_be_within_the_beginning(self) -> None:
        bare = BareText("损失。有损失，损失")
        assert bare.find("损失", "损失", 1, None) == (4, 6)
        assert bare.find("有损失", "损失", 0, None) == (3, 6)
        assert bare.find("有", "无", 0, None) is None
        assert bare.find("有", "损失", 0, 5) is None

    def test_names_are_compared_without_width_and_quotation_marks(self) -> None:
        assert fold("《关于（试行）的 “意见”》") == fold("关于(试行)的意见")


class TestGold:
    def test_nodes_names_and_links(self, gold: Gold) -> None:
        assert [node.id for nodes in gold.nodes.values() for node in nodes] == [
            "P1", "P2", "P2.1", "R1", "R2", "C1", "E1", "P1~28", "P1~39"]  # fmt: skip
        assert gold.text.text[gold.nodes["Problem"][0].start :].startswith("1.学习不深入")
        assert gold.parents == {"P2.1": "P2"}
        assert gold.names["units"].required == (("市财政局",), ("市某局党组", "市某局"), ("市委巡察组",))
        assert gold.links["inferred_causes"].acceptable == (("P1", "C1"), ("P2", "C1"))
        assert gold.links["leads_to"].acceptable == (("P1", "E1"), ("P2", "E1"), ("P2.1", "E1"))
        assert gold.faults == ()

    def test_family(self, gold: Gold) -> None:
        assert gold.family("P2.1") == gold.family("P2") == {"P2", "P2.1"}
        assert gold.family("P1") == {"P1"}

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            (
                ("to: 笔记不全。", "to: 笔记不齐。"),
                "some.yaml: P1: not found in some.txt: 1.学习 … 笔记不齐。",
            ),
            (("to: 一次}", "to: 两次}"), "some.yaml: evidence of P1: not found in some.txt: 2021年 … 两次"),
            (("to: 一次}", "to: 一次, 又}"), "evidence of P1: unknown or empty key '又'"),
            (("headline: 账目不清", "headlin: 账目不清"), "P2: unknown or empty key 'headlin'"),
            (("[[R1, P1],", "[[R1, P9],"), "link R1 -> P9: names P9, which is not annotated"),
            (("{id: R2,", "{id: P2,"), "P2: is the id of two nodes"),
        ],
    )
    def test_mistakes_are_kept_and_named(
        self, write: Callable[..., Path], change: tuple[str, str], fault: str
    ) -> None:
        assert fault in "\n".join(read_gold(write(change)).faults)

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (("source: some.txt", "source: other.txt"), "some.yaml: other.txt is neither beside it nor in"),
            (("source: some.txt\n", ""), "'source' is missing"),
            (("kind: inspection-feedback\n", ""), "'kind' is missing"),
            (("title: 关于", "title: 关于: "), "some.yaml: line 4: mapping values are not allowed"),
            (("    from: 1.学习\n", ""), "some.yaml: P1: 'from' is missing"),
            (("{id: R1, from", "{from"), "Recommendation from '加强' has no id"),
            (("links:\n", "links: x\nmore:\n"), "not laid out as it should be"),
        ],
    )
    def test_files_that_cannot_be_read(
        self, write: Callable[..., Path], change: tuple[str, str], message: str
    ) -> None:
        with pytest.raises(GoldError, match=r"some\.yaml") as error:
            read_gold(write(change))
        assert message in str(error.value)

    def test_a_folder_without_annotations(self, tmp_path: Path) -> None:
        with pytest.raises(GoldError, match=r"no \.yaml in this folder"):
            gold_files(tmp_path)

    @pytest.mark.parametrize("path", GOLDS, ids=lambda p: p.stem)
    def test_every_quote_of_the_samples_is_found(self, path: Path) -> None:
        assert read_gold(path).faults == ()

    @pytest.mark.parametrize("path", GOLDS, ids=lambda p: p.stem)
    def test_who_says_what_they_say_is_right(self, path: Path) -> None:
        gold = read_gold(path)
        comparison = compare(gold, oracle(gold))
        assert comparison.faults == ()
        assert {row: tally.f1 for row, tally in comparison.rows.items() if tally.f1 != 1} == {}
        assert Scores.of([comparison]).overall == 1


class TestScoring:
    """Each starts with findings that say what the annotations say, and changes one thing."""

    def rows(self, gold: Gold, findings: Findings | None) -> dict[str, Tally]:
        return compare(gold, findings).rows

    def test_all_is_right(self, gold: Gold) -> None:
        rows = self.rows(gold, oracle(gold))
        assert rows["problems"] == Tally(3, 0, 0)
        assert rows["evidence"] == Tally(1, 0, 0)  # the optional one counts neither way
        assert rows["units"] == Tally(3, 0, 0)
        assert rows["headlines"] == Tally(3, 0, 0)
        assert "leads_to" not in rows

    def test_nothing_is_all_missed(self, gold: Gold) -> None:
        rows = self.rows(gold, None)
        assert all(tally.right == tally.wrong == 0 for tally in rows.values())
        assert rows["problems"].missed == rows["headlines"].missed == 3
        assert "grounded" not in rows

    def test_half_of_a_node_is_enough(self, gold: Gold) -> None:
        cause = next(node for node in oracle(gold).by_label("RootCause"))
        assert cause.start is not None
        half = changed(oracle(gold), "C1", start=cause.start + 2, text="缺失")
        assert self.rows(gold, half)["causes"] == Tally(1, 0, 0)
        less = changed(oracle(gold), "C1", start=cause.start + 3, text="失")
        assert self.rows(gold, less)["causes"] == Tally(0, 1, 1)

    def test_a_node_is_matched_once(self, gold: Gold) -> None:
        best = oracle(gold)
        again = replace(next(best.by_label("RootCause")), id="C1again")
        rows = self.rows(gold, replace(best, nodes=(*best.nodes, again)))
        assert rows["causes"] == Tally(1, 1, 0)

    def test_text_that_is_not_what_stands_there(self, gold: Gold) -> None:
        rows = self.rows(gold, changed(oracle(gold), "C1", text="制度缺位"))
        assert rows["grounded"].wrong == 1
        assert self.rows(gold, changed(oracle(gold), "C1", start=None))["grounded"].wrong == 1

    def test_a_stated_cause_without_its_words(self, gold: Gold) -> None:
        edge = Link("CAUSED_BY", "P2", "C1", {"method": "explicit", "cue": "由于", "start": 0, "end": 5})
        rows = self.rows(gold, with_edges(oracle(gold), edge, instead_of="CAUSED_BY"))
        assert rows["explicit_causes"] == Tally(1, 0, 0)
        assert rows["grounded"].wrong == 1

    @pytest.mark.parametrize(
        ("headline", "tally"),
        [("学习 不深入。", Tally(3, 0, 0)), ("学习不够深入", Tally(3, 0, 0)), ("学习不深", Tally(2, 1, 1))],
    )
    def test_headlines_may_differ_a_little(self, gold: Gold, headline: str, tally: Tally) -> None:
        found = changed(oracle(gold), "P1", properties={"headline": headline})
        assert self.rows(gold, found)["headlines"] == tally

    def test_any_of_several_categories_is_right(self, gold: Gold) -> None:
        def categories(code: str) -> Tally:
            found = changed(oracle(gold), "P1", properties={"category": code})
            return self.rows(gold, found)["categories"]

        assert categories("party-building") == Tally(2, 0, 0)
        assert categories("finance") == Tally(1, 1, 1)

    def test_hierarchy_counts_where_both_were_found(self, gold: Gold) -> None:
        assert self.rows(gold, with_edges(oracle(gold), instead_of="PART_OF"))["hierarchy"] == Tally(0, 1, 1)
        assert "hierarchy" not in self.rows(gold, without(oracle(gold), "P2"))

    def test_names(self, gold: Gold) -> None:
        def policies(*names: str) -> Tally:
            kept = [node for node in oracle(gold).nodes if node.label != "Policy"]
            nodes = [Mention(str(i), "Policy", properties={"name": name}) for i, name in enumerate(names)]
            return self.rows(gold, replace(oracle(gold), nodes=(*kept, *nodes)))["policies"]

        assert policies("《中华人民共和国 会计法》") == Tally(1, 0, 0)
        assert policies("会计法", "中华人民共和国会计法") == Tally(1, 1, 0)
        assert policies("审计法") == Tally(0, 1, 1)

    def test_optional_names_count_neither_way(self, gold: Gold) -> None:
        best = oracle(gold)
        committee = Mention("x", "Unit", properties={"name": "市委", "aliases": []})
        assert self.rows(gold, replace(best, nodes=(*best.nodes, committee)))["units"] == Tally(3, 0, 0)

    def test_who_was_inspected(self, gold: Gold) -> None:
        edge = Link("INSPECTS", "report", "Unit0")  # 市财政局
        assert self.rows(gold, with_edges(oracle(gold), edge))["inspected"] == Tally(1, 1, 0)
        alone = with_edges(oracle(gold), edge, instead_of="INSPECTS")
        assert self.rows(gold, alone)["inspected"] == Tally(0, 1, 1)

    @pytest.mark.parametrize(
        ("source", "target", "tally"),
        [
            ("P2.1", "C1", Tally(1, 0, 0)),  # for an item as for its problem
            ("P1", "C1", Tally(0, 1, 1)),  # acceptable where it is inferred, and not as stated
            ("P2", "R1", Tally(0, 1, 1)),
            ("nothing", "C1", Tally(0, 1, 1)),
        ],
    )
    def test_stated_causes(self, gold: Gold, source: str, target: str, tally: Tally) -> None:
        edge = Link("CAUSED_BY", source, target, {"method": "explicit"})
        found = with_edges(oracle(gold), edge, instead_of="CAUSED_BY")
        assert self.rows(gold, found)["explicit_causes"] == tally

    def test_what_is_acceptable_counts_neither_way(self, gold: Gold) -> None:
        inferred = Link("CAUSED_BY", "P1", "C1", {"method": "inferred", "confidence": 0.5})
        other = Link("ADDRESSES", "R2", "C1", {"method": "inferred", "confidence": 0.5})
        wrong = Link("ADDRESSES", "R1", "P2", {"method": "inferred", "confidence": 0.4, "rule": "head"})
        comparison = compare(gold, with_edges(oracle(gold), inferred, other, wrong))
        assert "inferred_causes" not in comparison.rows
        assert comparison.rows["addresses"] == Tally(2, 1, 0)
        assert [link.right for link in comparison.links if link.confidence == 0.5] == [True, True]
        assert [link.required for link in comparison.links if link.type == "ADDRESSES"] == [
            True,
            True,
            False,
            False,
        ]
        assert JudgedLink("ADDRESSES", "inferred", 0.4, False, False, "head") in comparison.links
        assert [str(fault) for fault in comparison.faults] == ["some: wrong  addresses        R1 -> P2"]

    def test_each_of_several_kinds_is_right(self, write: Callable[..., Path]) -> None:
        gold = read_gold(write(("kind: inspection-feedback", "kind: [audit-report, inspection-feedback]")))
        findings = oracle(gold)
        for kind, tally in (("inspection-feedback", Tally(1)), ("accident-report", Tally(0, 1, 1))):
            told = replace(findings, report=replace(findings.report, kind=kind))
            assert compare(gold, told).rows["kind"] == tally

    def test_measures_of_a_tally(self) -> None:
        tally = Tally(3, 1, 2)
        assert (tally.precision, tally.recall) == (0.75, 0.6)
        assert tally.f1 == pytest.approx(2 / 3)
        assert (Tally().f1, Tally(0, 0, 1).f1, Tally(0, 1, 0).recall) == (1, 0, 1)

    def test_scores_are_counted_together(self, gold: Gold) -> None:
        both = [compare(gold, oracle(gold)), replace(compare(gold, None), kind="audit-report")]
        scores = Scores.of(both)
        assert scores.rows["problems"] == Tally(3, 0, 3)
        assert list(scores.rows) == [row for row in ROWS if row in scores.rows]
        parts = Scores.by(both, "kind")
        assert {kind: part.f1("problems") for kind, part in parts.items()} == {
            "audit-report": 0,
            "inspection-feedback": 1,
        }
        # half of everything is missed; the row of inferred causes, in which there is nothing to find, says nothing
        assert scores.f1("overall") == scores.overall == pytest.approx(2 / 3)

    @pytest.mark.parametrize(
        ("rows", "overall"),
        [
            ({"problems": Tally(1, 0, 1)}, 2 / 3),
            ({"problems": Tally(2), "causes": Tally(0, 0, 3)}, 0.5),  # sought and not found: counted
            ({"problems": Tally(2), "causes": Tally(0, 3, 0)}, 0.5),  # found and not sought: counted
            ({"problems": Tally(2), "causes": Tally(), "kind": Tally(0, 1, 1)}, 1),
            ({"kind": Tally(0, 1, 1)}, 1),
            ({}, 1),
        ],
    )
    def test_overall_leaves_out_what_had_nothing_to_count(
        self, rows: dict[str, Tally], overall: float
    ) -> None:
        assert Scores(1, rows).overall == pytest.approx(overall)


def garbled(findings: Findings, dice: random.Random) -> Findings:
    """Findings with a third of everything lost, moved, renamed or joined otherwise."""
    chars = len(findings.source_text or "")
    nodes, ids = [], [node.id for node in findings.nodes]
    for node in findings.nodes:
        change = dice.randrange(18)
        properties = dict(node.properties)
        if change == 0:
            continue
        if change == 1 and node.start is not None and node.end is not None:
            node = replace(  # noqa: PLW2901
                node,
                start=max(0, node.start - dice.randrange(60)),
                end=min(chars + 5, node.end + dice.randrange(60)),
            )
        elif change == 2 and node.start is not None:
            node = replace(node, start=None)  # noqa: PLW2901
        elif change == 3:
            properties["headline"] = (properties.get("headline") or "多余")[: dice.randrange(1, 30)]
        elif change == 4:
            properties |= {"category": "other", "type": "external", "name": "某单位", "aliases": ["某局"]}
        elif change == 5:
            nodes.append(replace(node, id=f"{node.id}-again"))
        nodes.append(replace(node, properties=properties))
    edges = []
    for edge in findings.edges:
        change = dice.randrange(12)
        if change == 1:
            edge = replace(edge, source=dice.choice(ids))  # noqa: PLW2901
        elif change == 2:
            edge = replace(edge, target=dice.choice(ids))  # noqa: PLW2901
        elif change == 3:
            edge = replace(edge, properties={**edge.properties, "method": "inferred"})  # noqa: PLW2901
        elif change == 4:
            edge = replace(edge, properties={**edge.properties, "cue": "因为", "end": None})  # noqa: PLW2901
        elif change == 5:
            edge = replace(edge, properties={"method": "explicit"})  # noqa: PLW2901
        if change:
            edges.append(edge)
    kind = dice.choice([findings.report.kind, "audit-report", ""])
    report = replace(findings.report, kind=kind)
    return replace(findings, nodes=tuple(nodes), edges=tuple(edges), report=report)


@pytest.fixture(scope="module", params=OUTSIDE or [None], ids=lambda p: p.parent.name if p else "none")
def script(request: pytest.FixtureRequest) -> ModuleType:
    """The script that scored before there was a command."""
    if request.param is None or not (request.param / "score.py").exists():
        pytest.skip("SUYIN_GOLD_DIRS names no folder with gold/score.py")
    spec = importlib.util.spec_from_file_location("score", request.param / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(12 if os.environ.get("SUYIN_FULL") == "1" else 4))
@pytest.mark.parametrize(
    "path", [*GOLDS, *(p for folder in OUTSIDE for p in gold_files(folder))], ids=lambda p: p.stem
)
def test_counts_as_the_script_did(script: ModuleType, path: Path, seed: int) -> None:
    gold, dice = read_gold(path), random.Random(seed)
    findings = garbled(oracle(gold), dice)
    theirs = script.Tally()
    script.compare(script.Gold(path), json.loads(to_json(findings)), theirs, path.stem)
    ours = compare(gold, findings)
    for row in ROWS:
        counts = ours.rows.get(row, Tally())
        assert (row, counts.right, counts.wrong, counts.missed) == (
            row,
            theirs.tp[row],
            theirs.fp[row],
            theirs.fn[row],
        )
        measures = theirs.row(row)
        assert (counts.precision, counts.recall, counts.f1) == (
            measures["precision"],
            measures["recall"],
            measures["f1"],
        )
    assert [str(fault).split()[:3] for fault in ours.faults] == [note.split()[:3] for note in theirs.notes]


def test_overall_as_the_script(script: ModuleType, tmp_path: Path) -> None:
    for path in GOLDS:
        findings = garbled(oracle(read_gold(path)), random.Random(path.stem))
        (tmp_path / f"{path.stem}.json").write_text(to_json(findings), encoding="utf-8")
        run = [sys.executable, script.__file__, path, tmp_path / f"{path.stem}.json", "--json"]
        theirs = json.loads(subprocess.run(map(str, run), capture_output=True, check=True).stdout)["overall"]
        assert Scores.of([compare(read_gold(path), findings)]).to_dict()["overall"] == pytest.approx(theirs)


class TestCommand:
    @pytest.fixture
    def folder(self, gold: Gold, tmp_path: Path) -> Path:
        """Findings of the report of `gold`, with one problem less."""
        folder = tmp_path / "findings"
        folder.mkdir()
        (folder / "some.json").write_text(to_json(without(oracle(gold), "P1")), encoding="utf-8")
        return folder

    def test_table_and_what_was_missed(self, folder: Path) -> None:
        page = done("evaluate", folder.parent, folder, "-v")
        assert re.search(r"^ problems\W+1\.000\W+0\.667\W+0\.800\W+2\W+0\W+1 *$", page, re.MULTILINE)
        assert "overall F1 0." in page
        assert "some: missed problems         P1 1.学习不深入" in page
        assert "some: missed" not in done("evaluate", folder.parent / "some.yaml", folder / "some.json")

    def test_json_by_kind(self, folder: Path) -> None:
        document = json.loads(done("evaluate", folder.parent, folder, "--json", "--by", "kind"))
        assert document["problems"] == pytest.approx(
            {"precision": 1, "recall": 2 / 3, "f1": 0.8, "right": 2, "wrong": 0, "missed": 1}
        )
        assert document["inspection-feedback"]["problems"] == document["problems"]
        assert document["overall"]["f1"] == document["inspection-feedback"]["overall"]["f1"]

    def test_by_report_in_a_table(self, folder: Path) -> None:
        assert "\nsome (1)\n" in done("evaluate", folder.parent, folder, "--by", "report")

    def test_fail_under(self, folder: Path) -> None:
        done("evaluate", folder.parent, folder, "--fail-under", "problems=0.8,leads_to=1")
        run = suyin("evaluate", folder.parent, folder, "--fail-under", "problems=0.9,overall=0.1")
        assert run.returncode == 1
        assert run.stderr == "suyin: below the bar: problems 0.800 < 0.9\n"

    def test_a_report_without_findings_is_all_missed(self, folder: Path) -> None:
        (folder / "some.json").rename(folder / "other.json")
        run = suyin("evaluate", folder.parent, folder, "--json")
        assert "has no some.json" in run.stderr
        assert json.loads(run.stdout)["problems"]["missed"] == 3

    def test_check(self, write: Callable[..., Path]) -> None:
        assert "some" in done("evaluate", write(), "--check")
        run = suyin("evaluate", write(("to: 一次}", "to: 两次}")), "--check")
        assert run.returncode == 1
        assert run.stderr == "suyin: some.yaml: evidence of P1: not found in some.txt: 2021年 … 两次\n"

    @pytest.mark.parametrize(
        ("args", "message"),
        [
            ([], "name what extract wrote"),
            (["{}/some.json"], "name what extract wrote"),
            (["{}", "--fail-under", "problem=0.9"], "'problem' is no row"),
            (["{}", "--fail-under", "problems"], "'problems' is not ROW=F1"),
        ],
    )
    def test_wrong_usage(self, folder: Path, args: list[str], message: str) -> None:
        run = suyin("evaluate", folder.parent, *(arg.format(folder) for arg in args))
        assert run.returncode == 2
        assert message in run.stderr


class TestQuality:
    def test_reliability_counts_by_tenth(self) -> None:
        links = [
            *[JudgedLink("ADDRESSES", "inferred", 0.7, required=True, right=True)] * 2,
            JudgedLink("ADDRESSES", "inferred", 0.7, required=False, right=True),
            JudgedLink("ADDRESSES", "inferred", 0.79, required=False, right=False),
            JudgedLink("ADDRESSES", "inferred", 0.8, required=True, right=True),
            JudgedLink("CAUSED_BY", "explicit", 1.0, required=True, right=True),
            JudgedLink("CAUSED_BY", "inferred", 0.9, required=False, right=False),
            JudgedLink("LEADS_TO", "explicit", 0.9, required=True, right=True),  # never inferred
            JudgedLink("ADDRESSES", "inferred", None, required=True, right=True),
        ]
        assert [(b.type, b.method, b.low, len(b.links), b.right, b.required) for b in reliability(links)] == [
            ("ADDRESSES", "inferred", 0.7, 4, 3, 2), ("ADDRESSES", "inferred", 0.8, 1, 1, 1),
            ("CAUSED_BY", "explicit", 0.9, 1, 1, 1), ("CAUSED_BY", "inferred", 0.9, 1, 0, 0)]  # fmt: skip
        first = reliability(links)[0]
        assert first.mean == pytest.approx((3 * 0.7 + 0.79) / 4)
        # Wilson's interval for 3 of 4, as tables of it give it
        assert first.interval == (pytest.approx(0.301, abs=1e-3), pytest.approx(0.954, abs=1e-3))

    def test_only_its_part_of_a_page_is_replaced(self) -> None:
        page = "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n"
        new = replace_part(page, "x", "new\n")
        assert new == "a\n<!-- x: begin -->\n\nnew\n\n<!-- x: end -->\nb\n"
        assert replace_part(new, "x", "new\n") == new
        with pytest.raises(SuyinError, match="y: begin"):
            replace_part(page, "y", "new")

    def test_the_rules_that_no_sample_needs_are_named(self) -> None:
        page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
        part = page.partition("<!-- rules: begin -->")[2].partition("<!-- rules: end -->")[0]
        assert all(f"`{ident}`" in part for ident in without_sample(rules_found()))
        assert [rule.id for rule in load_rules()["causes"] if f"\n| `{rule.id}` | " not in part] == []

    def test_links_are_counted_by_what_draws_them(self) -> None:
        links = [
            JudgedLink("CAUSED_BY", "explicit", 0.9, required=True, right=True, rule="cause.yin"),
            JudgedLink("CAUSED_BY", "explicit", 0.9, required=False, right=False, rule="cause.yin"),
            JudgedLink("ADDRESSES", "inferred", 0.8, required=False, right=True, rule="head.addresses"),
        ]
        counts = by_rule(links, ["cause.youyu", "cause.yin"])
        assert counts == {"cause.youyu": (0, 0), "cause.yin": (2, 1), "head.addresses": (1, 1)}
        assert render_links(counts).splitlines()[2:] == [
            "| `cause.youyu` | 0 | 0 |  |  |",
            "| `cause.yin` | 2 | 1 | 0.50 | 0.09–0.91 |",
            "| `head.addresses` | 1 | 1 | 1.00 | 0.21–1.00 |",
        ]

    @pytest.mark.parametrize("part", ["samples", "field"])
    def test_the_page_is_not_stale(self, part: str) -> None:
        found: list[Comparison] = measure(gold_of(part))
        page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
        assert replace_part(page, part, render(found) + "\n") == page, "say: make quality, and read the diff"

    def test_the_format_lists_all_codes(self) -> None:
        page = (ROOT / "docs" / "annotation.md").read_text(encoding="utf-8")
        codes = [code for codes in load_rules().taxonomy.values() for code in codes]
        assert [code for code in codes if f"`{code}`" not in page] == []
