"""How good the extraction is on annotated reports, as Markdown. `python -m bench quality [--write FILE]`

Measured are the samples; others with `--part field` and `--part heldout`. `--write` puts the result between
its two markers in a Markdown file, otherwise it is printed.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.pages import parser, show, table
from extract.evaluate.gold import gold_files, read_gold
from extract.evaluate.scoring import compare
from extract.evaluate.tally import ROWS, Comparison, JudgedLink, Scores
from extract.model import SuyinError
from extract.pipeline import build_nlp, extract_report

SAMPLES = Path(__file__).parents[1] / "samples"
#: Those that the rules were written with, those first seen when they were scored, those set aside.
PARTS = ("samples", "field", "heldout")
#: The links that may be inferred, and so carry a confidence that means something.
INFERRED = ("CAUSED_BY", "ADDRESSES")


@dataclass(frozen=True, slots=True)
class Bucket:
    """Links of one type and method with a confidence in [low, low + 0.1)."""

    type: str
    method: str
    low: float
    links: tuple[JudgedLink, ...]

    @property
    def required(self) -> int:
        return sum(link.required for link in self.links)

    @property
    def right(self) -> int:
        return sum(link.right for link in self.links)

    @property
    def share(self) -> float:
        return self.right / len(self.links)

    @property
    def mean(self) -> float:
        """Mean confidence."""
        return math.fsum(link.confidence or 0.0 for link in self.links) / len(self.links)

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share of right ones lies, at 95 %."""
        return wilson(self.right, len(self.links))


def wilson(right: int, n: int) -> tuple[float, float]:
    """Where the true share lies, at 95 %, where `right` of `n` are: wide where these are few."""
    share, z = right / n, 1.96
    middle = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)


def reliability(links: Iterable[JudgedLink]) -> list[Bucket]:
    """Links by type, method and tenth of confidence; no tenth without links."""
    groups: dict[tuple[str, str, int], list[JudgedLink]] = {}
    for link in links:
        if link.type in INFERRED and link.confidence is not None:
            tenth = min(9, round(link.confidence * 100) // 10)  # 1.0 goes with the nines
            groups.setdefault((link.type, link.method or "", tenth), []).append(link)
    return [Bucket(type_, method, tenth / 10, tuple(group))
            for (type_, method, tenth), group in sorted(groups.items())]  # fmt: skip


def gold_of(part: str) -> Path:
    """The annotations of a part of the benchmark."""
    return SAMPLES / "gold" if part == "samples" else SAMPLES / part / "gold"


def measure(gold: Path) -> list[Comparison]:
    """Read all reports of a folder of annotations and compare."""
    nlp = build_nlp()
    golds = [read_gold(path) for path in gold_files(gold)]
    if faults := [fault for each in golds for fault in each.faults]:
        raise SuyinError(f"{faults[0]}; first say: suyin evaluate {gold} --check")
    return [compare(each, extract_report(each.report, nlp=nlp)) for each in golds]


def render(comparisons: Sequence[Comparison]) -> str:
    """The result as Markdown: scores by row, F1 by kind, reliability of links."""
    scores, kinds = Scores.of(comparisons), Scores.by(comparisons, "kind")
    parts = [
        f"{scores.reports} reports, overall F1 {scores.overall:.3f}.",
        table(("", "precision", "recall", "F1", "right", "wrong", "missed"), (
            (row, *(f"{x:.3f}" for x in (t.precision, t.recall, t.f1)), t.right, t.wrong, t.missed)
            for row, t in scores.rows.items())),
        "F1 by kind of report; in brackets the number of reports, empty where there was nothing to count:",
        table(("", *(f"{kind} ({part.reports})" for kind, part in kinds.items())), (
            (row, *(f"{part.f1(row):.3f}" if row == "overall" or row in part.rows else ""
                    for part in kinds.values()))
            for row in (*(row for row in ROWS if row in scores.rows), "overall"))),
        "Links by the confidence they were given; with the true share expected at 95 % from so many links:",
        table(("link", "method", "confidence", "mean", "links", "required", "right", "share", "95 %"), (
            (b.type, b.method, f"{b.low:.1f}–{b.low + 0.1:.1f}", f"{b.mean:.2f}", len(b.links), b.required,
             b.right, f"{b.share:.2f}", "{:.2f}–{:.2f}".format(*b.interval))
            for b in reliability(link for each in comparisons for link in each.links))),
    ]  # fmt: skip
    return "\n\n".join(parts)


def main(arguments: Sequence[str]) -> None:
    made = parser("quality", __doc__)
    made.add_argument("--part", choices=PARTS, default="samples", help="default: samples")
    options = made.parse_args(arguments)
    show(render(measure(gold_of(options.part))), options.part, options.write)


if __name__ == "__main__":
    main(sys.argv[1:])
