"""`suyin demo`: the whole walk with the sample reports."""

from __future__ import annotations

import glob
import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from cli import runs
from cli.terminal import show
from extract.model import SuyinError

SAMPLES = Path(__file__).parents[1] / "samples" / "reports"
#: What the demo asks of the graph of the sample reports.
DEMO_QUERIES = (
    ["query", "policies-most-cited", "limit=5"],
    ["query", "causes-of-category", "category=finance", "limit=3"],
)


def demo(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="图写到哪里 · the map")] = Path("map.html"),
) -> None:
    """用样本报告走一遍 · The whole walk with the sample reports

    例 Example: SUYIN_DATA_DIR=.suyin suyin demo
    """
    if not SAMPLES.is_dir():
        raise SuyinError(f"{SAMPLES}: no such folder; the demo needs a checkout of Suyin: make demo")
    folder = str(SAMPLES.relative_to(Path.cwd()) if SAMPLES.is_relative_to(Path.cwd()) else SAMPLES)
    commands = [
        ["load", f"{glob.escape(folder)}/*.txt"],
        *DEMO_QUERIES,
        ["draw", f"{folder}/energy-group.txt", "--output", str(output)],
    ]
    with tempfile.TemporaryDirectory(prefix="suyin-", ignore_cleanup_errors=True) as temporary:
        os.environ.pop("NEO4J_URI", None)  # invented reports are not for anybody's real graph
        os.environ["SUYIN_DATA_DIR"] = os.environ.get("SUYIN_DATA_DIR") or temporary
        with runs.opened_store(idle=0):  # runs until the last command, so that each only attaches to it
            for command in commands:
                show(f"\n$ suyin {' '.join(command)}")
                words = [name for word in command for name in sorted(glob.glob(word)) or [word]]
                if code := context.find_root().command(words, prog_name="suyin", standalone_mode=False):
                    raise typer.Exit(code)
