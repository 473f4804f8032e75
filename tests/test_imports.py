"""The contracts of imports in pyproject.toml catch what they are for, and heavy libraries are imported late."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
#: A module, what is added to it, and the import that is named then; also one in a function or for types only.
OFFENCES = [
    ("extract.pipeline", "def f():\n    from graph.schema import load_schema", "graph.schema"),
    ("extract.text.clean", "import typer", "typer"),
    ("extract.text.noise", "import tests.support.commands", "tests"),
    ("extract.rules.cues", "import lxml.etree", "lxml"),
    ("extract.language.dates", "from extract.draft import Node", "extract.draft"),
    ("extract.components.effects", "from extract.runs import batch", "extract.runs.batch"),
    ("graph.build", "from extract import pipeline", "extract.pipeline"),
    ("graph.store", "import py2neo", "py2neo"),
    ("graph.data", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import spacy", "spacy"),
    ("viz.maps", "from api import app", "api.app"),
    ("viz.table", "import neo4j", "neo4j"),
    ("api.app", "from cli import terminal", "cli.terminal"),
    ("api.graphs", "import pyvis.network", "pyvis"),
    ("api.shape", "from bench import pages", "bench"),
    ("cli.runs", "import fastapi", "fastapi"),
]


def test_the_contracts_catch(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in SETTINGS["root_packages"]:
        files = shutil.ignore_patterns("models", "static", "templates", "queries", "__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=files)
    for module, offence, _ in OFFENCES:
        with (tmp_path / f"{module.replace('.', '/')}.py").open("a", encoding="utf-8") as file:
            file.write(f"\n\n{offence}\n")
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=tmp_path,
        env=os.environ | {"COLUMNS": "300"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert f"0 kept, {len(SETTINGS['contracts'])} broken" in run.stdout, run.stdout + run.stderr
    assert not [edge for name, _, met in OFFENCES if (edge := f"{name} -> {met} (l.") not in run.stdout]


@pytest.mark.parametrize("args", ["", "--help", "extract --help", "load --help", "serve --help"])
def test_help_comes_without_the_heavy_libraries(args: str) -> None:
    script = (
        "import sys\nfrom cli.program import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'neo4j', 'pyvis', 'fastapi', 'networkx', 'numpy'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, *args.split()],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 0, f"imported for {args!r}: {run.stderr}"
    assert "suyin" in run.stdout


@pytest.mark.parametrize(
    "module", ["graph.queries, cli.runs", "graph.store, cli.status", "graph.embedded_run"]
)
def test_asking_comes_without_what_only_reading_and_tables_need(module: str) -> None:
    """neo4j would import pandas and with it numpy and pyarrow, where they are installed."""
    heavy = "{'spacy', 'pydantic', 'numpy', 'pandas', 'pyarrow', 'lxml', 'docx', 'pypdfium2', 'onnxruntime'}"
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, cli.program, {module}\nsys.exit(' '.join({heavy} & set(sys.modules)) or 0)",
        ],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 0, f"imported for {module}: {run.stderr}"


@pytest.mark.parametrize(("given", "threads"), [(None, "1"), ("4", "4")])
def test_openblas_gets_one_thread_before_numpy_comes(given: str | None, threads: str) -> None:
    script = (
        "import os, sys\nfrom cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print('numpy' in sys.modules, os.environ['OPENBLAS_NUM_THREADS'])"
    )
    env = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    said = subprocess.run(
        [sys.executable, "-c", script, "--version"],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=env | ({"OPENBLAS_NUM_THREADS": given} if given else {}),
        check=True,
    )
    assert said.stdout.splitlines()[-1] == f"False {threads}"
