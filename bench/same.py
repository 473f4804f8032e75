"""Do two checkouts read alike, byte for byte? `python -m bench same OTHER [--generated N] [--reader rules]`

For a change that must not change what is found: all sample reports and N generated ones (seed 0) are read by
the code of this checkout and by that of OTHER, each in a process of its own with this Python; a line for each
report that differs, and a non-zero exit where there are any.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.corpus import generate
from bench.quality import SAMPLES

ROOT = SAMPLES.parent
#: Reads all files of a folder with the code that stands first on the path.
_READ = """
import sys
from pathlib import Path
from extract.documents import to_json
from extract.pipeline import build_nlp, extract_report
files, out, reader = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
nlp = build_nlp(reader)
for file in sorted(files.iterdir()):
    (out / file.name).write_text(to_json(extract_report(file, nlp=nlp)), encoding="utf-8")
"""


def main(arguments: Sequence[str]) -> int:
    """Print what differs. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench same", description=__doc__)
    parser.add_argument("other", type=Path, help="the root of the other checkout")
    parser.add_argument("--generated", type=int, default=1000, metavar="N")
    parser.add_argument("--reader", choices=("rules", "model"), default="rules")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports = folder / "reports"
        reports.mkdir()
        for file in sorted(SAMPLES.rglob("reports/*")):
            place = "-".join(file.relative_to(SAMPLES).parts)
            (reports / place).write_bytes(file.read_bytes())
        for title, text in generate(0, options.generated):
            (reports / f"{title}.txt").write_text(text, encoding="utf-8")
        found = [_read(root, reports, folder / which, options.reader)
                 for which, root in (("here", ROOT), ("there", options.other.resolve()))]  # fmt: skip
        names = sorted(file.name for file in reports.iterdir())
        other = [n for n in names if (found[0] / n).read_bytes() != (found[1] / n).read_bytes()]
    for each in other:
        print(f"{each}: not the same")
    print(f"{len(names)} reports, {len(other)} not the same")
    return 1 if other else 0


def _read(root: Path, reports: Path, out: Path, reader: str) -> Path:
    """The findings of a checkout, a file for each report."""
    out.mkdir()
    command = [sys.executable, "-c", _READ, str(reports), str(out), reader]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(root)}, cwd=out)
    return out
