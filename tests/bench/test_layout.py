"""docs/architecture.md: what each file is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.layout import ROOT, layout, purpose
from bench.pages import replace_part
from extract.model import SuyinError


def test_the_page_is_not_stale() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert replace_part(page, "layout", layout() + "\n") == page, "say: make layout"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.py", '"""Cuts a text\ninto clauses.\n\nMore of it.\n"""\n', "Cuts a text into clauses."),
        ("a.py", '"""A | B"""\n', r"A \| B"),
        ("a.toml", "# Words that speak\n# for a code. More.\n\n[x]\n", "Words that speak for a code."),
    ],
)
def test_the_first_words_of_a_file(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert purpose(tmp_path / name) == said


def test_a_file_that_says_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "silent.py").write_text("x = 1\n", "utf-8")
    with pytest.raises(SuyinError, match=r"silent\.py: does not say what it is for"):
        purpose(tmp_path / "silent.py")
