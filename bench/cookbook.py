"""Write docs/cookbook.md: every named query with its answer from the sample reports.

`python -m bench.cookbook --write docs/cookbook.md`, or `make cookbook`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from extract.pipeline import build_nlp, extract_report
from graph.cookbook import describe
from graph.load import load
from graph.queries import run_query
from graph.store import GraphStore, open_store

SAMPLES = Path(__file__).parents[1] / "samples" / "reports"


def load_samples(*stores: GraphStore) -> None:
    """Put the sample reports into the stores, into each next one in the opposite order."""
    nlp = build_nlp()
    found = [extract_report(path, nlp=nlp) for path in sorted(SAMPLES.glob("*.txt"))]
    for store in stores:
        for findings in found:
            load(findings, store)
        found.reverse()


def render(store: GraphStore) -> str:
    """The page, from a store that holds the samples and nothing else."""
    return describe(lambda query: run_query(store, query.name, **query.example))


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.cookbook", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page into this file")
    page = parser.parse_args(arguments).write
    with tempfile.TemporaryDirectory() as folder, open_store(data_dir=folder) as store:
        load_samples(store)
        text = render(store)
    if page is None:
        print(text)
    else:
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
