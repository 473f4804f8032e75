"""The service does what its specification says, and nothing else: Schemathesis asks, over the network."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import load_settings
from graph.store import GraphStore
from tests.api.conftest import Lent, served

#: Of each operation and each walk along the links; more with SUYIN_EXAMPLES.
EXAMPLES = os.environ.get("SUYIN_EXAMPLES", "1")
PHASES = ("Examples", "Coverage", "Fuzzing", "Stateful")
#: On Neo4j, which plans each new question anew, the many corner values of one phase take minutes.
FEWER = ("Examples", "Fuzzing", "Stateful")


@pytest.fixture
def address(filled: GraphStore) -> Iterator[str]:
    """The service on a free port, with the four reports, which it may not change: others use the store too."""
    app = create_app(lambda: Lent(filled), load_settings(public="read", rate="none"))
    with served(app) as at:
        yield at


def test_all_checks_hold_for_all_operations_and_links(
    address: str, filled: GraphStore, tmp_path: Path
) -> None:
    phases = PHASES if "SUYIN_EXAMPLES" in os.environ or filled._connected().server else FEWER
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "schemathesis.cli",
            "run",
            f"{address}/openapi.json",
            "--checks",
            "all",
            "--phases",
            ",".join(phases).lower(),
            "--max-examples",
            EXAMPLES,
            "--seed",
            "12",
            "--request-timeout",
            "120",
            "--generation-database",
            "none",
            "--no-color",
        ],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    for phase in phases:
        assert f"✅ {phase}" in run.stdout, run.stdout[-2000:]
