"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from extract.files import replacing


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    file = tmp_path / ("长" * 80 + ".json")  # 245 bytes, and a file system takes 255
    file.write_text("old", "utf-8")
    with replacing(file) as part:
        part.write_text("new", "utf-8")
        assert file.read_text("utf-8") == "old"
    assert file.read_text("utf-8") == "new"
    assert [*tmp_path.iterdir()] == [file]


def test_where_writing_fails_the_old_file_stays_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("old", "utf-8")

    def write() -> None:
        with replacing(file) as part:
            part.write_text("ne", "utf-8")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write()
    assert file.read_text("utf-8") == "old"
    assert [*tmp_path.iterdir()] == [file]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "there" / "file")
    with replacing(link) as part:
        part.write_text("new", "utf-8")
    assert link.is_symlink()
    assert (tmp_path / "there" / "file").read_text("utf-8") == "new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_what_is_private_never_was_open_to_others(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    with replacing(file, private=True) as part:
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
        part.write_text("secret", "utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
