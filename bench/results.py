"""All measurements in one place: a line of JSON for each, and a page with a figure: `python -m bench results`

`make bench-full` runs them all and then this. While SUYIN_BENCH_RESULTS names a file, each measurement adds a
line to it (result_lines.py). The page is made of the latest line of each.
"""

from __future__ import annotations

import os
import re
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from bench.pages import parser, table
from bench.result_lines import RESULTS, latest

_HERE = Path(__file__).parent
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure and what it is to reach: the median of a column in rows that begin so. `least`: or at most."""

    name: str
    part: str
    row: str
    column: str
    aim: float
    least: bool = True


AIMS = (
    Aim("extraction against jieba.cut", "speed", "Suyin", "ratio", 0.75),
    Aim("2 processes against 1, rules", "jobs", "rules", "ratio", 1.7),
    Aim("2 processes against 1, model", "jobs", "model", "ratio", 1.7),
    Aim("first load against raw CREATE", "load", "`load_many`, first load, prepared", "against raw", 0.8),
    Aim("import against raw CREATE", "load", "`suyin export", "against raw", 0.8),
    Aim("look-ups against the bare driver", "lookups", "", "ratio", 1.3, least=False),
    Aim("pages against empty ones", "browsing", "", "ratio", 3, least=False),
)


def value(aim: Aim, results: Mapping[str, Mapping[str, Any]]) -> float | None:
    """What was measured, None where nothing was."""
    values = [float(number[0].replace(",", "")) for number in _cells(aim, results.get(aim.part, {}))]
    return statistics.median(values) if values else None


def _cells(aim: Aim, result: Mapping[str, Any]) -> Iterator[re.Match[str]]:
    for one in result.get("tables", ()):
        if aim.column in one["columns"]:
            at = one["columns"].index(aim.column)
            for row in one["rows"]:
                if row[0].startswith(aim.row) and (number := _NUMBER.match(row[at])):
                    yield number


def figure(results: Mapping[str, Mapping[str, Any]]) -> str:
    """A bar for each aim, as SVG: how far it is reached, 1 being the line."""
    bars = []
    for i, aim in enumerate(AIMS):
        y, found = 34 + 30 * i, value(aim, results)
        reached = (found / aim.aim if aim.least else aim.aim / found) if found else 0.0
        said = f"{found:g}, {'at least' if aim.least else 'at most'} {aim.aim:g}" if found else "not measured"
        color = "#14804a" if reached >= 1 else "#b55e09"
        bars.append(
            f'<text x="232" y="{y + 13}" text-anchor="end">{escape(aim.name)}</text>'
            f'<rect x="240" y="{y}" width="{min(reached, 1.5) * 200:.0f}" height="18" fill="{color}"/>'
            f'<text x="556" y="{y + 13}">{said}</text>'
        )
    height = 44 + 30 * len(AIMS)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {height}" font-family="sans-serif" '
        f'font-size="13"><rect width="720" height="{height}" fill="#fff"/>{"".join(bars)}'
        f'<path d="M440 22V{height - 8}" stroke="#1d1030" stroke-dasharray="4"/>'
        '<text x="440" y="16" text-anchor="middle">1 = what it is to be</text></svg>\n'
    )


def page(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The page, with the figure that lies beside it."""
    parts = [
        "# 全部测量 · All measurements",
        "由 `make bench-full` 重建 · rebuilt by it. What is measured, and how, is told in [speed](speed.md), "
        "[scale](scale.md) and [related](related.md).",
        "![how far each aim is reached](images/benchmarks.svg)",
    ]
    for part, result in results.items():
        told = result["machine"]
        versions = ", ".join(f"{name} {version}" for name, version in told["versions"].items() if version)
        parts += [
            f"## {part}",
            f"{result['when']}; {told['processor']}, {told['cores']} cores, {told['memory_gb']} GB, load "
            f"{told['load']} at the end; Python {told['python']}, {versions}.",
            *(table(one["columns"], one["rows"]) for one in result["tables"]),
        ]
    return "\n\n".join(parts) + "\n"


def main(arguments: Sequence[str]) -> None:
    options = parser("results", __doc__)
    options.add_argument(
        "--results", type=Path, default=Path(os.environ.get(RESULTS, _HERE / "results.jsonl"))
    )
    options.add_argument("--docs", type=Path, default=_HERE.parent / "docs")
    given = options.parse_args(arguments)
    results = latest(given.results)
    (given.docs / "images" / "benchmarks.svg").write_text(figure(results), encoding="utf-8")
    (given.docs / "benchmarks.md").write_text(page(results), encoding="utf-8")
