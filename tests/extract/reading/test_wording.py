"""What the wording of clauses says of their roles: features, weights, and the file that holds them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from extract.reading.clauses import split_clauses
from extract.reading.labels import LABELS
from extract.reading.wording import features, read_wording, rows_of

SAMPLES = Path(__file__).parents[3] / "samples"
TEXT = "一、存在的问题\n（一）台账管理不规范。抽查12份记录，3份没有签字。\n二、意见建议\n（一）健全台账管理制度。\n"


def test_a_clause_is_seen_with_what_stands_beside_and_above_it() -> None:
    clauses = split_clauses(TEXT)
    seen = features(TEXT, clauses, "inspection-feedback")
    at = next(i for i, c in enumerate(clauses) if TEXT[c.body : c.end] == "台账管理不规范。")
    assert {"2台账", "3不规范", "$范。", "marker （一）", "h0存在", "1^抽", "1 same True False"} <= seen[at]
    assert "h0意见" in seen[-1]
    assert "h0意见" not in seen[at]


def test_figures_are_alike_and_rows_are_the_same_in_each_process() -> None:
    one, other = (
        features(text, split_clauses(text), "audit-report")
        for text in ("抽查12份记录，3份没有签字。", "抽查45份记录，8份没有签字。")
    )
    assert one == other
    assert rows_of({"2台账", "$范。"}).tolist() == rows_of({"$范。", "2台账"}).tolist() == [3046, 25748]


def test_scores_are_logarithms_of_probabilities_of_all_labels() -> None:
    clauses = split_clauses(TEXT)
    scores = read_wording().scores(TEXT, clauses, "inspection-feedback")
    assert scores.shape == (len(clauses), len(LABELS))
    assert np.exp(scores).sum(axis=1) == pytest.approx(1.0, abs=0.01)
    likeliest = [LABELS[k] for k in scores.argmax(axis=1)]
    assert likeliest == ["heading", "+headline", "+evidence", "=evidence", "heading", "+recommendation"]


def test_weights_learned_and_written_are_those_read(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    from extract.training.wording import train_wording

    for part in ("gold", "reports"):
        (tmp_path / part).mkdir()
        for stem in ("hospital", "market-self-exam"):
            file = next((SAMPLES / part).glob(f"{stem}.*"))
            (tmp_path / part / file.name).write_bytes(file.read_bytes())
    train_wording([tmp_path], tmp_path / "wording.npz")
    learned = read_wording(tmp_path / "wording.npz")
    text = (tmp_path / "reports" / "hospital.txt").read_text(encoding="utf-8")
    clauses = split_clauses(text)
    scores = learned.scores(text, clauses, "inspection-feedback")
    roles = {LABELS[k] for k in scores.argmax(axis=1)}
    assert {"+headline", "+recommendation", "heading"} <= roles
