"""`suyin vectors`, and the vectors that a load makes."""

from __future__ import annotations

from pathlib import Path

from graph.store import open_store
from graph.vectors_file import FileVectors
from tests.support.commands import ENERGY, UNIVERSITY, done, suyin


def test_without_the_encoder_the_fix_is_named(tmp_path: Path) -> None:
    run = suyin("vectors", SUYIN_ENCODER=tmp_path)
    assert run.returncode == 1
    assert run.stderr.startswith(f"suyin: {tmp_path}: ")
    assert run.stderr.rstrip().endswith("suyin vectors --fetch")


def test_a_load_makes_them_once_the_encoder_is_there(tmp_path: Path, encoder: Path) -> None:
    with open_store(data_dir=tmp_path) as store:  # the commands attach to it
        done("load", ENERGY, SUYIN_DATA_DIR=tmp_path, SUYIN_ENCODER=tmp_path / "none")
        assert not (tmp_path / "arcadedb" / "vectors.npz").exists()
        done("load", UNIVERSITY, SUYIN_DATA_DIR=tmp_path, SUYIN_ENCODER=encoder)
        counts = store.counts()["nodes"]
        assert counts["Problem"] > 20
        assert done("vectors", SUYIN_DATA_DIR=tmp_path, SUYIN_ENCODER=encoder).startswith("0 ")
        vectors = FileVectors(tmp_path / "arcadedb" / "vectors.npz", "bge-small-zh-v1.5-q/1")
        assert {label: len(vectors.known(label)) for label in ("Problem", "Recommendation")} == {
            label: counts[label] for label in ("Problem", "Recommendation")
        }
