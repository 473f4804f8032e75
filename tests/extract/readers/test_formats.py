"""The same report in every format gives the same findings, save the offsets."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench.formats import (
    LIST,
    LIST_AS_TEXT,
    LIST_FORMATS,
    REPORT_FORMATS,
    SAMPLES,
    compare,
    expected_facts,
    paragraphs,
)
from extract.pipeline import build_nlp

NLP = build_nlp()
#: Deep numbering, tables as lines with tabs, half-width punctuation.
REPORTS = ("audit-result", "hospital-rectification-table", "six-units")


@pytest.fixture(scope="module")
def reports() -> dict[str, tuple[list[str], Counter[tuple[str | None, ...]]]]:
    lines = {name: paragraphs(SAMPLES / f"{name}.txt") for name in REPORTS}
    return {name: (text, expected_facts(text, NLP)) for name, text in lines.items()}


@pytest.mark.parametrize("name", REPORT_FORMATS)
def test_reports(name: str, reports: dict[str, tuple[list[str], Counter[tuple[str | None, ...]]]]) -> None:
    agreement = compare(name, *REPORT_FORMATS[name], reports, NLP)
    assert agreement.differing == ()
    assert agreement.same > 300


@pytest.mark.parametrize("name", LIST_FORMATS)
def test_list_of_problems(name: str) -> None:
    expected = expected_facts(LIST_AS_TEXT, NLP)
    agreement = compare(name, *LIST_FORMATS[name], {"list": (LIST, expected)}, NLP)
    assert agreement.added == 0
    assert agreement.lost == 0
    labels = Counter(fact[0] for fact in expected)
    assert (labels["Problem"], labels["RootCause"], labels["Measure"], labels["RESOLVES"]) == (5, 2, 3, 3)


def test_the_table_of_the_page_names_all_formats() -> None:
    page = Path("docs/formats.md").read_text(encoding="utf-8")
    table = page.partition("<!-- formats: begin -->")[2].partition("<!-- formats: end -->")[0]
    assert all(f"| {name} |" in table for name in REPORT_FORMATS)
    assert all(f"| list of problems: {name} |" in table for name in LIST_FORMATS)


def test_text_is_read_without_the_libraries_of_other_formats(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("存在的问题：制度执行不严。", encoding="utf-8")
    script = (
        "import sys\n"
        "from extract.readers import read_report\n"
        f"read_report({str(tmp_path / 'r.txt')!r})\n"
        "heavy = {'docx', 'lxml', 'pypdfium2', 'python_calamine', 'email.message', 'spacy', 'numpy'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
