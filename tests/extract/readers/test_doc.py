"""Old Word files, where the system has no program that reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.readers import ReadError, read_report


@pytest.mark.parametrize(
    ("stream", "says"),
    [
        ("WordDocument", "is an old Word file; save it as .docx, or install LibreOffice, antiword or catdoc"),
        ("PowerPoint Document", "is an old Office file that is no text and no table; save it as .docx"),
    ],
)
def test_one_line_with_the_fix(
    stream: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "r.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le"))
    with pytest.raises(ReadError) as error:
        read_report(path)
    assert str(error.value) == f"{path}: {says}"
