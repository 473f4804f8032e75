"""Does the memory of one process stay flat over thousands of reports? `python -m bench memory [--count N]`

Shown are the resident set and whatever might hold on to what was read: spaCy's words and strings, and the
caches of the functions of `extract`.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import psutil

from bench.corpus import as_source, generate
from bench.pages import parser, show, table
from extract.pipeline import build_nlp, extract_source

#: The first reports fill what every process needs; growth counts after them.
WARM = 0.2


def caches() -> dict[str, Callable[..., Any]]:
    """The cached functions of `extract`, by name."""
    modules = [m for name, m in sys.modules.items() if name.split(".")[0] == "extract"]
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": value
        for module in modules
        if isinstance(module, ModuleType)
        for name, value in vars(module).items()
        if hasattr(value, "cache_info") and value.__module__ == module.__name__
    }


def measure(n: int, seed: int, every: int) -> list[dict[str, float]]:
    """A row for each `every` reports: megabytes of RSS, and how many things each holder has."""
    nlp = build_nlp()
    process = psutil.Process()
    rows: list[dict[str, float]] = []
    chars = 0
    for i, (name, text) in enumerate(generate(seed, n), 1):
        extract_source(as_source(name, text), nlp=nlp)
        chars += len(text)
        if i % every == 0:
            gc.collect()
            row = {
                "reports": i,
                "characters": chars,
                "RSS, MB": round(process.memory_info().rss / 1e6, 1),
                "vocab": len(nlp.vocab),
                "strings": len(nlp.vocab.strings),
            }
            row |= {name: function.cache_info().currsize for name, function in sorted(caches().items())}  # type: ignore[attr-defined]
            rows.append(row)
            print(f"{i:,} reports: {row['RSS, MB']} MB", file=sys.stderr)
    return rows


def main(arguments: Sequence[str]) -> None:
    options = parser("memory", __doc__)
    options.add_argument("--count", type=int, default=10_000, metavar="N", help="how many reports")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args(arguments)
    rows = measure(given.count, given.seed, max(1, given.count // 10))
    # what never changes says nothing
    names = [name for name in rows[-1] if len({row.get(name) for row in rows}) > 1]
    warm = rows[int(len(rows) * WARM)]
    more = rows[-1]["RSS, MB"] - warm["RSS, MB"]
    parts = [
        table(names, ([f"{row.get(name, 0):,}" for name in names] for row in rows)),
        f"From report {warm['reports']:,} to {rows[-1]['reports']:,} the process grew by {more:.1f} MB.",
    ]
    show("\n\n".join(parts), "memory", given.write)


if __name__ == "__main__":
    main(sys.argv[1:])
