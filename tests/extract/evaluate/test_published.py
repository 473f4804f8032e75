"""Annotations by offsets, of texts that may not be quoted: the same as by quotes, and no text of the report in them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.evaluate import published
from extract.evaluate.gold import PUBLISHED, GoldError, ReportAbsent, read_gold

FOLDER = Path(__file__).parents[3] / "samples" / "published"
FILES = sorted(FOLDER.glob("*/*.yaml"))
#: Where Chinese may stand: what a search for the text was.
SAID = {"phrase", "address"}
REPORT = "关于青溪镇的检查通报\n检查组发现：\n1.台账 缺失。由于无人\n管理，23张单据丢失。\n建议：补建台账。\n"
GOLD = """
source: one.txt
kind: inspection-feedback
inspected: [青溪镇]
units: [[检查组, 检查组织]]
problems:
  - {id: P1, from: 1.台账, to: 丢失。, headline: 台账缺失, category: finance,
     evidence: [{from: 23张, to: 丢失}]}
causes: [{id: C1, from: 无人, to: 管理, type: resources}]
recommendations: [{id: R1, from: 补建, to: 台账。, headline: 补建台账, optional: true}]
measures: []
links: {caused_by: {explicit: [[P1, C1]]}, addresses: {expected: [[R1, P1]]}}
"""


@pytest.fixture
def by_offsets(tmp_path: Path) -> Path:
    """The annotations of REPORT by offsets, in a folder of their own without it."""
    (tmp_path / "one.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "one.yaml").write_text(GOLD, encoding="utf-8")
    (tmp_path / "one.json").write_text(json.dumps({"phrase": "检查通报", "address": None}), encoding="utf-8")
    out = tmp_path / "by offsets" / "one.yaml"
    out.parent.mkdir()
    published.main(str(tmp_path / "one.json"), str(tmp_path / "one.yaml"), str(out))
    return out


def test_offsets_say_what_the_quotes_said(
    by_offsets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PUBLISHED, str(tmp_path))
    quoted, placed = read_gold(tmp_path / "one.yaml"), read_gold(by_offsets)
    assert placed.faults == ()
    assert placed.nodes == quoted.nodes
    assert placed.links == quoted.links
    assert placed.names["inspected"] == quoted.names["inspected"]
    assert placed.names["units"].required[0] == ("检查组",)  # the other name does not stand in the text


def test_no_text_of_the_report_is_left(by_offsets: Path) -> None:
    assert strings(yaml.safe_load(by_offsets.read_text(encoding="utf-8"))) == []


def test_another_text_is_refused(by_offsets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PUBLISHED, str(tmp_path))
    (tmp_path / "one.txt").write_text(REPORT.replace("23", "24"), encoding="utf-8")
    with pytest.raises(GoldError, match=r"one\.txt: not the text that .*one\.yaml annotates"):
        read_gold(by_offsets)


def test_an_absent_text_is_said(by_offsets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PUBLISHED, raising=False)
    with pytest.raises(ReportAbsent, match=PUBLISHED):
        read_gold(by_offsets)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_published_annotations_hold_no_text(path: Path) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert re.fullmatch(r"[0-9a-f]{64}", data["sha256"])
    assert strings(data) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_published_annotations_fit_their_text(path: Path) -> None:
    if PUBLISHED not in os.environ:
        pytest.skip(f"{PUBLISHED} is not set: published texts are kept outside the repository")
    try:
        assert read_gold(path).faults == ()
    except ReportAbsent as error:
        pytest.skip(str(error))


def strings(value: Any) -> list[str]:
    """All Chinese that stands where none may."""

    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for key, each in value.items():
                if key not in SAID:
                    yield from walk(each)
        elif isinstance(value, list):
            for each in value:
                yield from walk(each)
        elif isinstance(value, str) and re.search("[\u4e00-\u9fff]", value):
            yield value

    return list(walk(value))
