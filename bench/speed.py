"""How fast the extraction is against jieba alone, where its time goes, and how fast a process starts.

`python -m bench speed [--megabytes N] [--write docs/speed.md]`

Ratios of one run on one core: the corpus is dealt into parts, and each part is first cut into words by
`jieba.cut`, then read by Suyin. No text is read twice, so no cache helps. Times are CPU seconds of the
process, so that what else the machine does counts little; those of whole processes are wall seconds.
"""

from __future__ import annotations

import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import jieba
from spacy.language import Language
from spacy.tokens import Doc

from bench.corpus import as_source, generate
from bench.pages import parser, show, table
from extract.model import Source
from extract.pipeline import ReportTokenizer, build_nlp, extract_source
from extract.readers import read_report

REPORTS = Path(__file__).parents[1] / "samples" / "reports"
PARTS = 12
STARTS = 9
_BLANK = [sys.executable, "-c", "import spacy; spacy.blank('zh')"]


def corpus(megabytes: float, seed: int) -> list[Source]:
    """The sample reports, and generated ones until all together have so many bytes of UTF-8."""
    found = [read_report(path) for path in sorted(REPORTS.glob("*.txt"))]
    size = sum(len(source.text.encode()) for source in found)
    for name, text in generate(seed, 10**9):
        if size >= megabytes * 1e6:
            break
        found.append(as_source(name, text))
        size += len(text.encode())
    return found


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


@dataclass(frozen=True, slots=True)
class Pair:
    """The same text by both: characters, and CPU seconds each took."""

    chars: int
    jieba: float
    suyin: float

    @property
    def ratio(self) -> float:
        """How many times as fast as jieba Suyin is."""
        return self.jieba / self.suyin


def compare(sources: Sequence[Source], nlp: Language) -> list[Pair]:
    """In turns, part by part; each part holds reports from all of the corpus."""
    pairs = []
    for part in (sources[i::PARTS] for i in range(PARTS)):
        words = cpu(lambda part=part: [list(jieba.cut(source.text)) for source in part])  # type: ignore[misc]
        whole = cpu(lambda part=part: [extract_source(source, nlp=nlp) for source in part])  # type: ignore[misc]
        pairs.append(Pair(sum(len(source.text) for source in part), words, whole))
    return pairs


@dataclass(slots=True)
class Stopwatch:
    """Stands for a pipeline and notes how long each of its steps takes, in CPU seconds."""

    nlp: Language
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    last: float = 0.0

    def note(self, step: str) -> None:
        now = time.process_time()
        self.seconds[step] += now - self.last
        self.last = now

    @property
    def tokenizer(self) -> ReportTokenizer:
        """One that notes when it begins with the characters of the clean text, and when it has them."""
        watch = self

        class Watched(ReportTokenizer):
            def characters(self, text: str) -> Doc:
                watch.note("clean")
                doc = super().characters(text)
                watch.note("tokens")
                return doc

        watched = Watched(self.nlp.vocab)
        watched.keys = cast(ReportTokenizer, self.nlp.tokenizer).keys
        return watched

    @property
    def pipeline(self) -> Iterator[tuple[str, Callable[[Doc], Doc]]]:
        self.note("outline")
        for name, component in self.nlp.pipeline:
            yield name, component
            self.note(name.removeprefix("suyin_"))


def shares(sources: Iterable[Source], nlp: Language) -> dict[str, float]:
    """The share of each step in the time of the extraction."""
    watch = Stopwatch(nlp, last=time.process_time())
    for source in sources:
        extract_source(source, nlp=cast(Language, watch))
        watch.note("collect")
    total = sum(watch.seconds.values())
    order = sorted(watch.seconds.items(), key=lambda step: -step[1])
    return {step: seconds / total for step, seconds in order}


def start_ratios() -> dict[str, tuple[float, float]]:
    """Wall seconds of whole processes, and the median of their ratios to importing spaCy with a blank zh."""
    suyin = [sys.executable, "-m", "cli"]
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder, "small.txt")
        small.write_text(next(generate(1, 1))[1], encoding="utf-8")
        commands = {
            "python -c \"import spacy; spacy.blank('zh')\"": _BLANK,
            "suyin --help": [*suyin, "--help"],
            "suyin extract small.txt": [*suyin, "extract", str(small)],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(STARTS):
            for name, command in commands.items():
                begin = time.perf_counter()
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
                times[name].append(time.perf_counter() - begin)
    base = next(iter(times.values()))
    return {
        name: (
            statistics.median(seconds),
            statistics.median(a / b for a, b in zip(seconds, base, strict=True)),
        )
        for name, seconds in times.items()
    }


def main(arguments: Sequence[str]) -> None:
    options = parser("speed", __doc__)
    options.add_argument("--megabytes", type=float, default=5.0, metavar="N", help="size of the corpus")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args(arguments)
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    nlp = build_nlp()
    sources = corpus(given.megabytes, given.seed)
    extract_source(sources[0], nlp=nlp)  # loads the vocabulary
    pairs = compare(sources, nlp)
    chars = sum(pair.chars for pair in pairs)
    ratios = sorted(pair.ratio for pair in pairs)
    size = sum(len(source.text.encode()) for source in sources)
    parts = [
        f"{len(sources):,} reports, {size / 1e6:.1f} MB, {chars:,} characters, in {len(pairs)} parts:",
        table(
            ("", "characters/s", "ratio"),
            (
                ("`jieba.cut` alone", f"{chars / sum(pair.jieba for pair in pairs):,.0f}", "1"),
                (
                    "Suyin, all of the extraction",
                    f"{chars / sum(pair.suyin for pair in pairs):,.0f}",
                    f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})",
                ),
            ),
        ),
        "Where Suyin's time goes:",
        table(("step", "share"), ((step, f"{x:.1%}") for step, x in shares(sources[::PARTS], nlp).items())),
        "Whole processes:",
        table(
            ("process", "seconds", "ratio"),
            ((f"`{name}`", f"{s:.2f}", f"{r:.2f}") for name, (s, r) in start_ratios().items()),
        ),
    ]
    show("\n\n".join(parts), "speed", given.write)


if __name__ == "__main__":
    main(sys.argv[1:])
