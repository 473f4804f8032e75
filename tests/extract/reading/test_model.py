"""The trained reader with its weights: what it adds, that it leaves alone what tells of nothing, and its card."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from spacy.language import Language
from typer.testing import CliRunner

from cli.program import app
from extract.components import reading as component
from extract.model import Findings, Source
from extract.pipeline import build_nlp, extract_source
from extract.reading import tagger
from extract.reading.labels import LABELS
from extract.reading.tagger import ReaderMissing, Tagger, open_tagger
from tests.support.extras import need_extra

#: Told in the order of a night, without a heading that says what it is.
TOLD = """夜查记录

三月十二日夜，我们到柳湾县的三家小厂走了一趟。
兴达铸造厂的除尘器停着，值班员说电费太贵，开不起；车间里粉尘积了有两指厚。
宏运纸品厂把生产废水用软管直接排进了门前的水渠，渠水发黑，下游村民的鱼塘已经死鱼。由于厂里没有人懂设备，污水处理站建成两年没有开过一次。
永固建材厂应当安装的8个监控探头只装了3个，台账是当晚补写的。
"""
NOTHING = """全县召开安全生产工作会议

3月12日，柳湾县召开全县安全生产工作会议。县委副书记、县长周明远出席会议并讲话。
会议指出，过去一年，全县上下认真贯彻落实上级决策部署，安全生产形势总体平稳，各项工作取得新成效。
会议强调，要提高政治站位，坚决克服麻痹思想，防止出现责任不落实、排查不深入等问题，切实把各项措施落到实处。
县直有关部门主要负责人参加会议。
"""


need_extra("reader", "onnxruntime")


@pytest.fixture(scope="module")
def model() -> Language:
    return build_nlp("model")


def read(nlp: Language, text: str) -> Findings:
    return extract_source(Source("x.txt", text, "0"), nlp=nlp)


def test_it_finds_what_no_heading_announces(model: Language) -> None:
    findings = read(model, TOLD)
    problems = [node for node in findings.nodes if node.label == "Problem"]
    found = "".join(node.text or "" for node in problems)
    assert len(problems) >= 3
    assert all(words in found for words in ("除尘器停着", "直接排进了门前的水渠", "只装了3个"))
    for node in findings.nodes:
        if node.start is not None:
            assert TOLD[node.start : node.end] == node.text
    assert all(
        0 < n.properties["confidence"] <= 1 and n.properties["rule"] in ("both", "rules", "model.role")
        for n in problems
    )


def test_a_text_with_nothing_to_find_stays_empty(model: Language) -> None:
    grounded = [n.label for n in read(model, NOTHING).nodes if n.start is not None]
    assert grounded == []


def test_it_reads_the_same_each_time(model: Language) -> None:
    assert read(model, TOLD) == read(model, TOLD)


@pytest.mark.parametrize("text", ["", "\n\n", "。", "Nothing but English here.", "一" * 3000, "，" * 2000])
def test_odd_texts_do_it_no_harm(model: Language, text: str) -> None:
    read(model, text)


def test_a_text_that_would_take_minutes_is_read_by_the_rules_and_says_so(
    model: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(component, "LONGEST", 100)
    findings = read(model, TOLD)
    assert "too long for the trained reader: 文本过长，只按规则读" in findings.report.warnings
    assert all("rule" not in node.properties for node in findings.nodes)


def test_the_weights_were_trained_with_the_code_that_runs_them() -> None:
    from extract.reading import CODE, code_hash

    card = open_tagger().card
    assert card["labels"] == list(LABELS)
    assert card["code"] == code_hash(), f"{CODE} have changed since the reader was trained: make model"


def test_missing_weights_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(
        ReaderMissing, match=r"encoder\.onnx is missing; reinstall Suyin, or say --reader rules"
    ):
        Tagger(tmp_path)


def test_the_commands_read_with_it_and_say_what_it_thought(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SUYIN_READER", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    report = tmp_path / "told.txt"
    report.write_text(TOLD, encoding="utf-8")
    by_both = CliRunner().invoke(app, ["extract", str(report)])
    by_rules = CliRunner().invoke(app, ["extract", str(report), "--reader", "rules"])
    assert by_both.exit_code == by_rules.exit_code == 0
    assert "confidence" in re.sub(r'"edges".*', "", by_both.stdout, flags=re.S)
    assert by_both.stdout.count('"Problem"') > by_rules.stdout.count('"Problem"')
    explained = CliRunner().invoke(app, ["extract", str(report), "--explain"])
    assert explained.exit_code == 0
    assert re.search(r"除尘器停着.*headline 0\.\d\d", explained.stdout)
    refused = CliRunner().invoke(app, ["extract", str(report), "--explain", "--reader", "rules"])
    assert refused.exit_code == 2


def test_the_folder_of_the_weights_has_its_licence() -> None:
    assert "MIT License" in (tagger.FOLDER / "LICENSE").read_text(encoding="utf-8")
