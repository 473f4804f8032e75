"""Trains the heads of `extract/heads.py` and the wording of clauses (`extract/reading/wording.py`) on the
samples, and tells what the heads do on reports unseen.

python -m extract.training heads              train, and write extract/models: heads.json, reader/wording.npz
python -m extract.training heads --check      were the weights trained on data and code as they are now?
python -m extract.training heads --figures    cross-validated figures
python -m extract.training heads --gold DIR   figures on other annotated reports: DIR/gold
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from extract.heads import FILE
from extract.pipeline import build_nlp
from extract.reading import wording
from extract.training.annotated import FOLDERS, code_hash, data_hash, file_hash, read_annotated


def main(arguments: Sequence[str]) -> int:
    made = argparse.ArgumentParser("python -m extract.training heads")
    made.add_argument("--check", action="store_true", help="train nothing; 1 where data or code have changed")
    made.add_argument("--figures", action="store_true", help="train nothing; cross-validated figures")
    made.add_argument(
        "--gold", action="append", type=Path, metavar="DIR", help="train nothing; figures on DIR/gold"
    )
    options = made.parse_args(arguments)
    if options.check:
        return _check()
    from extract.training import figures  # only these need scikit-learn
    from extract.training.fit import train
    from extract.training.wording import train_wording

    nlp = build_nlp()
    reports = read_annotated(options.gold or FOLDERS, nlp)
    if options.gold:
        figures.show_given(reports, nlp)
    elif options.figures:
        figures.show_cross_validated(reports, nlp, train)
    else:
        train_wording(FOLDERS)
        content = {**train(reports), **hashes(), "reports": len(reports)}
        FILE.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        print(f"{FILE.name}: {FILE.stat().st_size:,} bytes, from {len(reports)} reports")
    return 0


def hashes() -> dict[str, str]:
    """Of the data and code as they are now, and of the weights that stand in a file of their own."""
    return {"data": data_hash(), "code": code_hash(), "wording": file_hash(wording.FILE)}


def _check() -> int:
    content = json.loads(FILE.read_text(encoding="utf-8"))
    stale = [part for part, value in hashes().items() if content.get(part) != value]
    for part in stale:
        print(f"{FILE.name}: its {part} changed since it was trained; make heads", file=sys.stderr)
    return 1 if stale else 0
