"""Scores against hand annotations outside the repository: folders in SUYIN_GOLD_DIRS with gold/ and reports/."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extract.documents import to_json
from extract.pipeline import build_nlp, extract_report

DIRS = [Path(d) for d in os.environ.get("SUYIN_GOLD_DIRS", "").split(os.pathsep) if d]

#: The least F1 that a change may leave, on all reports of a folder and on one that is published.
ALL = {"overall": 0.93, "problems": 0.95, "causes": 0.93, "explicit_causes": 0.95, "grounded": 1.0}
KEJIJU = {
    "problems": 0.95, "recommendations": 0.95, "causes": 0.95, "headlines": 0.9, "policies": 0.85, "units": 0.85,
    "evidence": 0.8, "explicit_causes": 1.0, "grounded": 1.0, "overall": 0.88,
}  # fmt: skip


@pytest.fixture(scope="module", params=DIRS or [None], ids=lambda d: d.name if d else "none")
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A gold folder and the findings of its reports."""
    if request.param is None:
        pytest.skip("SUYIN_GOLD_DIRS is not set: no annotated reports")
    out = tmp_path_factory.mktemp("findings")
    nlp = build_nlp()
    for gold in sorted((request.param / "gold").glob("*.yaml")):
        findings = extract_report(request.param / "reports" / f"{gold.stem}.txt", nlp=nlp)
        (out / f"{gold.stem}.json").write_text(to_json(findings), encoding="utf-8")
    return request.param, out


def scores(gold: Path, found: Path, scorer: Path) -> dict[str, float]:
    run = subprocess.run(
        [sys.executable, scorer, gold, found, "--json"], capture_output=True, text=True, check=True
    )
    return {k: v["f1"] for k, v in json.loads(run.stdout).items()}


def test_all_reports(folder: tuple[Path, Path]) -> None:
    base, found = folder
    got = scores(base / "gold", found, base / "gold" / "score.py")
    assert {k: got[k] for k, v in ALL.items() if got[k] < v} == {}


def test_the_published_report(folder: tuple[Path, Path]) -> None:
    base, found = folder
    if not (base / "gold" / "kejiju.yaml").exists():
        pytest.skip("no kejiju in this folder")
    got = scores(base / "gold" / "kejiju.yaml", found / "kejiju.json", base / "gold" / "score.py")
    assert {k: got[k] for k, v in KEJIJU.items() if got[k] < v} == {}
