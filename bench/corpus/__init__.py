"""Invented reports in any number, from a seed: for scale and fuzzing only, never for quality figures.

`python -m bench.corpus DIR --count N --seed S` writes them as text files. Kinds, numbering, layout and damage
vary, and so does the wording (words.toml); units and policies recur as in life (world.py). Nothing is taken
from extract/rules: a generator that knew the rules would prove them right.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path

from bench.corpus.kinds import KINDS
from bench.corpus.layout import damage, lay_out
from bench.corpus.world import POLICIES, UNITS, make_world
from bench.corpus.writer import Writer
from extract.model import Source

__all__ = ["as_source", "damage", "generate", "main"]

#: Reports that a process writes at a time.
_AT_ONCE = 500


def generate(seed: int, n: int, *, units: int = UNITS, policies: int = POLICIES) -> Iterator[tuple[str, str]]:
    """(name, text) of `n` reports; the i-th depends on what is given and on i alone, not on `n`.

    `units`, `policies`: how many the reports share.
    """
    return _reports(seed, range(n), units, policies)


def as_source(name: str, text: str) -> Source:
    """A text as the readers would give it from a file."""
    return Source(f"{name}.txt", text, sha256(text.encode()).hexdigest())


def _reports(seed: int, which: Iterable[int], units: int, policies: int) -> Iterator[tuple[str, str]]:
    shared = make_world(seed, units, policies)
    for i in which:
        rng = random.Random(f"{seed}:{i}")
        kind = rng.choice(KINDS)
        w = Writer(rng, shared)
        kind(w)
        yield f"{i:06d}-{kind.__name__}".replace("_", "-"), lay_out(w)


def _write(folder: Path, seed: int, units: int, policies: int, which: range) -> int:
    """Returns the number of characters."""
    chars = 0
    for name, text in _reports(seed, which, units, policies):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        chars += len(text)
    return chars


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--count", type=int, default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--units", type=int, default=UNITS, metavar="N", help="that the reports share")
    parser.add_argument("--policies", type=int, default=POLICIES, metavar="N", help="that the reports share")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes")
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    work = partial(_write, given.folder, given.seed, given.units, given.policies)
    parts = [range(start, min(start + _AT_ONCE, given.count)) for start in range(0, given.count, _AT_ONCE)]
    began = time.perf_counter()
    if min(given.jobs, len(parts)) <= 1:
        chars = sum(map(work, parts))
    else:
        with ProcessPoolExecutor(given.jobs) as pool:
            chars = sum(pool.map(work, parts))
    rate = given.count / (time.perf_counter() - began)
    print(f"{given.count:,} reports, {chars:,} characters in {given.folder}: {rate:,.0f} a second")
