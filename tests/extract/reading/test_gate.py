"""The gate of names: what it sees of one, what it lets pass, and that its weights are learned from judgements."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from extract.heads import Chooser
from extract.reading import gate as module
from extract.reading import names as reader
from extract.reading.candidates import Trust
from extract.reading.gate import FILE, FORMAT, NO, YES, Gate, features, finder, load_gate
from extract.reading.names import NameReader
from extract.rules import BadRule
from extract.units.names import Mention
from tests.extract.reading.test_names import naming
from tests.support.extras import need_extra

TRUST = Trust({}, {})


def mention(text: str, name: str) -> Mention:
    return Mention(text.index(name), text.index(name) + len(name), name)


def sure(text: str, name: str, by: str, *, seen: float = 0.8) -> float:
    """How probable the gate thinks it that these words are a name, where the model sees them as one."""
    start, end, _ = mention(text, name)
    return load_gate().sure(text, name, [(start, end)], naming(text, name, sure=seen), by)


def test_a_name_is_seen_with_its_edges_and_what_stands_beside_them() -> None:
    text = "省厅到青岳县水利局检查。青岳县水利局没有答复。"
    name = "青岳县水利局"
    spans = [(3, 9), (12, 18)]
    seen = features(text, name, spans, naming(text, name, sure=0.9), "both")
    assert {"^青岳", "$水利局", "&县水", "core 水利局", "by both", "count 2", "middle none"} <= set(seen)
    assert seen["^青岳"] == 1.0
    assert seen["<到|青"] == seen["局|检查>"] == seen["局|没>"] == 0.5  # at one of two places
    assert "begins 2" in seen  # odds of nine to one where it stands first
    assert "begins -3" in seen


def test_figures_are_alike() -> None:
    one, other = (
        features(text, "第3中队", [(2, 6)], naming(text, "第3中队"), "rules")
        for text in ("12第3中队到场", "45第3中队到场")
    )
    assert one == other


def test_who_found_a_name_anywhere() -> None:
    both, ours, model = (0, 4), (6, 10), (12, 16)
    assert finder([ours, model, both], {both, ours}, {both, model}) == "both"
    assert finder([ours, model], {both, ours}, {both, model}) == "model"
    assert finder([ours], {both, ours}, {both, model}) == "rules"
    assert finder([(1, 3)], {both, ours}, {both, model}) == "none"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("省厅派员到青岳县水利局检查。", "青岳县水利局", "到青岳县水利局"),
        ("在检查中柳河镇卫生院没有登记。", "柳河镇卫生院", "检查中柳河镇卫生院"),
        ("记者向云岭市体育局了解情况。", "云岭市体育局", "云岭市体育局了"),
    ],
)
def test_words_with_an_edge_at_the_wrong_place_are_less_probable(text: str, right: str, wrong: str) -> None:
    assert sure(text, right, "both") >= load_gate().least > sure(text, wrong, "model")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("他在一家机械厂和砖厂之间往来。", "机械厂"),
        ("青岳大学金融与统计学院教授说。", "统计学院"),
        ("县委组织走进柳湾学思想。", "柳湾学"),
    ],
)
def test_what_only_the_model_takes_for_a_name_and_none_is(text: str, name: str) -> None:
    assert sure(text, name, "model") < load_gate().least


def gate_that_knows(*good: str) -> Gate:
    """Lets those names pass that begin so."""
    rows = {f"^{start}": i for i, start in enumerate(good)}
    weights = np.array([[0.0, 9.0]] * len(rows), np.float32)
    return Gate(Chooser((NO, YES), rows, weights, np.array([5.0, 0.0], np.float32)), 0.5)


def vouched(text: str, ours: list[str], model: list[str], defined: tuple[str, ...] = ()) -> list[str]:
    rules = [mention(text, name) for name in ours]
    read = sorted({*rules, *(mention(text, name) for name in model)})
    seen = NameReader(naming(text, *model), TRUST)
    found = seen.vouched(text, read, rules, defined)
    assert all(text[m.start : m.end] == m.name for m in found)
    return [m.name for m in found]


def test_what_the_gate_denies_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "load_gate", lambda: gate_that_knows("青岳县"))
    text = "青岳县水利局和柳湾学堂共用仓库，财政部派员检查。"
    read = ["青岳县水利局", "柳湾学堂"]
    assert vouched(text, [], read) == ["青岳县水利局"]
    assert vouched(text, ["柳湾学堂"], read, defined=("柳湾学堂",)) == read  # the text says what that is
    assert vouched(text, ["财政部"], []) == ["财政部"]  # a central body


def test_a_name_that_is_not_what_stands_there_is_the_rules_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "load_gate", lambda: gate_that_knows("青岳县"))
    text = "市公安局、总工会没有登记。"
    union = Mention(5, 8, "市总工会")
    assert NameReader(naming(text), TRUST).vouched(text, [union], [union]) == [union]
    group = "云岭恒源公司“3·5”较大中毒事故调查组"
    assert vouched(f"特此报告。\n{group}", [group], []) == [group]


def test_a_firm_begins_later_than_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "load_gate", lambda: gate_that_knows("云岭恒源", "恒源"))
    text = "昨日晚间云岭恒源水务有限公司发布公告。"
    assert vouched(text, [], ["晚间云岭恒源水务有限公司"]) == ["恒源水务有限公司"]
    monkeypatch.setattr(reader, "load_gate", lambda: gate_that_knows("云岭恒源"))
    assert vouched(text, [], ["晚间云岭恒源水务有限公司"]) == ["云岭恒源水务有限公司"]
    text = "昨日晚间云岭恒源水务局发布公告。"
    assert vouched(text, [], ["晚间云岭恒源水务局"]) == []  # no firm: nothing is said


def test_weights_of_another_format_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.loads(FILE.read_text(encoding="utf-8"))
    assert content["format"] == FORMAT
    old = tmp_path / "names.json"
    old.write_text(json.dumps(content | {"format": "suyin.names/0"}), encoding="utf-8")
    monkeypatch.setattr(module, "FILE", old)
    load_gate.cache_clear()
    try:
        with pytest.raises(BadRule, match=r"names\.json: format 'suyin\.names/0'.*train it anew"):
            load_gate()
        old.unlink()
        with pytest.raises(BadRule, match=r"names\.json: missing"):
            load_gate()
    finally:
        load_gate.cache_clear()


def test_the_gate_is_learned_from_judged_names(tmp_path: Path) -> None:
    need_extra("reader", "onnxruntime")
    pytest.importorskip("sklearn")
    from extract.pipeline import build_nlp
    from extract.training.names import fit, of_judged

    places = ("青岳县", "云岭市", "柳河镇", "白石县", "罗阳市", "岚川县", "江麓县", "苍梧镇")
    lines = []
    for i, place in enumerate(places):
        text = f"检查组到{place}水利局走访。{place}水利局没有答复。"
        (tmp_path / f"t{i}.txt").write_text(text, encoding="utf-8")
        lines += [f"t{i}\t{place}水利局\tyes", f"t{i}\t到{place}水利局\tno"]
    (tmp_path / "names.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    examples = list(of_judged(tmp_path, build_nlp("model")))
    assert [e.right for e in examples] == [True, False] * len(places)
    learned = fit(examples)
    again = fit(examples)
    assert learned.rows == again.rows
    assert np.array_equal(learned.weights, again.weights)
    assert "^到" in learned.rows
    assert all((learned.likelihood(YES, e.features) > 0.5) == e.right for e in examples)
