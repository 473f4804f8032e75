"""A golden file per sample, written to be read by a person: `make goldens` rewrites them, the diff is reviewed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from spacy.language import Language

from extract.model import GROUNDED, Findings
from extract.pipeline import build_nlp, extract_report

ROOT = Path(__file__).parent.parent
GOLDENS = ROOT / "tests" / "goldens"
REPORTS = sorted((ROOT / "samples" / "reports").glob("*.txt"))


#: What a node says beside its text; a wrong one is to be seen in a diff.
_VALUES = ("status", "amount", "amounts", "shares", "dates", "periods")


def render(findings: Findings) -> str:
    """One line a node, its edges below it; offsets and ids are left out, so that a diff shows what changed."""
    short = {
        n.id: n.properties.get("name") or _cut(n.properties.get("headline") or n.text or n.label)
        for n in findings.nodes
    }
    short |= {n.id: n.properties["code"] for n in findings.nodes if n.label in ("Category", "CauseType")}
    report = findings.report
    lines = [
        f"{report.title} [{report.kind}] {report.place or '-'} {report.date or '-'}",
        *(f"! {w}" for w in report.warnings),
    ]
    for node in findings.nodes:
        if node.label in ("Category", "CauseType"):
            continue
        if node.label in GROUNDED:
            number = f"{node.properties['number']} " if node.properties.get("number") else ""
            lines.append(f"{node.label} {number}{_cut(node.text or '', 60)}")
            lines += [f"    {key} {node.properties[key]}" for key in _VALUES if key in node.properties]
            if "headline" in node.properties:
                lines.append(f"    = {node.properties['headline']}")
        elif node.label != "Report":
            lines.append(
                f"{node.label} {node.properties['name']} {'/'.join(node.properties['aliases'])}".rstrip()
            )
        for edge in findings.edges:
            if edge.source == node.id and edge.type not in ("STATED_IN", "MENTIONS"):
                keys = ("method", "confidence", "cue", "article", "status")
                props = " ".join(str(edge.properties[k]) for k in keys if edge.properties.get(k) is not None)
                lines.append(f"    {edge.type} {short[edge.target]} {props}".rstrip())
    return "\n".join(lines) + "\n"


def _cut(text: str, size: int = 24) -> str:
    flat = "".join(text.split())
    return flat if len(flat) <= size else f"{flat[: size // 2]}…{flat[-size // 2 :]}"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_nlp()


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_golden(path: Path, nlp: Language) -> None:
    got = render(extract_report(path, nlp=nlp))
    golden = GOLDENS / f"{path.stem}.txt"
    if os.environ.get("SUYIN_WRITE_GOLDENS") == "1":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(got, encoding="utf-8")
    assert golden.exists(), f"{golden.name} is missing; run: make goldens"
    assert got == golden.read_text(encoding="utf-8"), "run: make goldens, and read the diff"


def test_no_golden_is_left_over() -> None:
    assert {p.stem for p in GOLDENS.glob("*.txt")} == {p.stem for p in REPORTS}
