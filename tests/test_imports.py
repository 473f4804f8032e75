"""Who may import whom: extract <- graph <- viz <- api <- cli, and heavy libraries only where they belong."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: Each may import itself and those before it.
ORDER = ("extract", "graph", "viz", "api", "cli")
#: All that graph may see of extract: the data it is given, and the vocabulary it checks against.
GRAPH_SEES = ("extract.model", "extract.characters", "extract.rules", "extract.places", "extract.offices")
#: Library -> the files that may import it, as the start of their path.
AT_HOME = {
    "py2neo": ("graph/ogm.py",),
    "neo4j": ("graph/",),
    "arcadedb_embedded": ("graph/",),
    "spacy": ("extract/",),
    "ahocorasick_rs": ("extract/",),
    "pyvis": ("viz/",),
    "fastapi": ("api/",),
    "uvicorn": ("api/",),
    "typer": ("cli/",),
} | dict.fromkeys(("docx", "lxml", "pypdfium2", "python_calamine", "rapidocr"), ("extract/readers",))


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of all that is imported, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import; name the package"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def offences(path: str, text: str) -> list[str]:
    """What `text`, standing at `path` of the repository, may not import."""
    here = path.split("/", maxsplit=1)[0]
    bad = []
    for line, name in imported(ast.parse(text)):
        top = name.split(".")[0]
        later = top in ORDER and ORDER.index(top) > ORDER.index(here)
        too_deep = (
            here == "graph"
            and top == "extract"
            and not f"{name}.".startswith(tuple(f"{module}." for module in GRAPH_SEES))
        )
        away = top in AT_HOME and not path.startswith(AT_HOME[top])
        if later or too_deep or away or top in ("tests", "bench"):
            bad.append(f"{path}:{line}: {name}")
    return bad


def sources() -> list[Path]:
    return [path for package in ORDER for path in sorted((ROOT / package).rglob("*.py"))]


def test_imports_go_one_way() -> None:
    bad = [
        offence
        for path in sources()
        for offence in offences(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
    ]
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("extract/pipeline.py", "from graph.schema import load_schema"),
        ("extract/text.py", "def f():\n    import cli"),
        ("graph/build.py", "from extract import pipeline"),
        ("graph/build.py", "from extract.model_extra import x"),
        ("graph/store.py", "import py2neo"),
        ("graph/build.py", "from tests.support import x"),
        ("viz/maps.py", "import api.app"),
        ("api/app.py", "from cli.terminal import show"),
        ("api/app.py", "import typer"),
        ("api/app.py", "import docx"),
        ("extract/pipeline.py", "import docx.text"),
    ],
)
def test_the_rule_catches(path: str, text: str) -> None:
    assert offences(path, text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("graph/build.py", "from extract.model import Findings"),
        ("graph/build.py", "from extract.rules import load_rules"),
        ("extract/readers/docx.py", "import docx"),
        ("cli/serve.py", "def serve():\n    from api.server import run_server"),
    ],
)
def test_the_rule_allows(path: str, text: str) -> None:
    assert not offences(path, text)


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
    heavy = "{'spacy', 'numpy', 'pandas', 'pyarrow', 'lxml', 'docx', 'pypdfium2', 'onnxruntime'}"
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
