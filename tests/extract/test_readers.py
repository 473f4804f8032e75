"""Files to sources: encodings, and one clear line for what is no report."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.readers import ReadError, read_report

TEXT = "巡察发现，个别单位财务管理不规范，会议纪要没有存档。\r\n其次，有的问题长期得不到解决。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(TEXT.encode(encoding))
    source = read_report(path)
    assert source.text == TEXT
    assert source.encoding == encoding.removesuffix("-sig")


def test_big5_is_not_read_as_gb18030(tmp_path: Path) -> None:
    text = "審計發現，該局的財務管理不夠規範，有十二筆支出沒有原始憑證，會計對此沒有說明。" * 3
    path = tmp_path / "t.txt"
    path.write_bytes(text.encode("big5"))
    assert read_report(path).text == text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"  \n\t", "holds no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is a PNG picture, not text"),
        (b"PK\x03\x04\x14\x00", "is a ZIP archive"),
        (b"abc\x00def", "is a binary file"),
        (bytes(range(128, 256)) * 20, "unknown encoding"),
        (b"\xff\xfe\x00\xd8\x00", "is UTF-16 but damaged in 1 places, the first in line 1"),
    ],
)
def test_what_is_no_report(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=says) as error:
        read_report(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_folder_missing_file_and_size(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is a folder"):
        read_report(tmp_path)
    with pytest.raises(ReadError, match="no such file"):
        read_report(tmp_path / "none.txt")
    large = tmp_path / "large.txt"
    large.write_bytes(b"a" * 2000)
    with pytest.raises(ReadError, match="more than one report can be"):
        read_report(large, max_bytes=1000)
