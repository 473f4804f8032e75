"""Files to sources: encodings, and one clear line for what is no report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from extract.pipeline import extract_report
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


PROSE = (
    "关于对云溪县教育局检查情况的通报\n一、存在的主要问题\n1.营养餐资金管理不规范，2023年有12笔支出没有原始凭证，会计对此没有说明。\n"
    "2.校舍安全检查流于形式，抽查9所学校，其中4所没有检查记录。\n二、整改建议\n规范资金管理，落实安全检查。\n"
)
OLD = "審計發現，該局的財務管理不夠規範，有十二筆支出沒有原始憑證。\n①會計對此沒有說明，②主任也沒有過問。\n"


@pytest.mark.parametrize(("encoding", "named"), [
    ("utf-16-le", "utf-16"), ("utf-16-be", "utf-16"), ("utf-32-le", "utf-32"), ("utf-32-be", "utf-32"), ("utf-32", "utf-32"),
    ("hz", "hz")])  # fmt: skip
def test_encodings_without_a_mark(tmp_path: Path, encoding: str, named: str) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes(PROSE.encode(encoding))
    source = read_report(path)
    assert (source.text, source.encoding) == (PROSE, named)


def test_big5_of_hong_kong(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes((OLD + "深水埗嘅裏面\n").encode("big5hkscs"))
    assert read_report(path).text == OLD + "深水埗嘅裏面\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("damage", [
    lambda raw, at: raw[:at] + b"\xff" + raw[at + 1 :], lambda raw, at: raw[:at] + raw[at + 1 :],
    lambda raw, at: raw[:at] + b"\xff" + raw[at:], lambda raw, _: raw[:-1]], ids=["replaced", "lost", "added", "cut"])  # fmt: skip
@pytest.mark.parametrize("odd", [0, 1])
def test_one_bad_byte_costs_a_few_characters(
    tmp_path: Path, nlp: Language, encoding: str, damage: Callable[[bytes, int], bytes], odd: int
) -> None:
    path = tmp_path / "t.txt"
    body = PROSE.rstrip("。\n")
    at = len(body[: body.index("资金")].encode(encoding)) + odd
    path.write_bytes(damage(body.encode(encoding), at))
    text = read_report(path).text
    assert text.count("\ufffd") == 1
    before, after = text.split("\ufffd")
    assert body.startswith(before)
    assert body.endswith(after)
    assert len(body) - 4 <= len(text) <= len(body) + 1
    warnings = extract_report(path, nlp=nlp).report.warnings
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    assert f"unreadable character in line {line} (offset {text.index(chr(0xFFFD))})" in warnings[0]


def test_a_bad_byte_of_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes(b"\xff\xfe" + PROSE.encode("utf-16-le")[:-1])
    assert read_report(path).text.rstrip("\ufffd") in (PROSE[:-1], PROSE[:-2])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("odd", [0, 1])
def test_a_lost_byte_of_utf_16_does_not_shift_what_follows(
    tmp_path: Path, encoding: str, mark: bool, odd: int
) -> None:
    path = tmp_path / "t.txt"
    raw = PROSE.encode(encoding)
    at = 2 * PROSE.index("会计") + odd
    path.write_bytes("\ufeff".encode(encoding) * mark + raw[:at] + raw[at + 1 :])
    before, after = read_report(path).text.split("\ufffd")
    assert PROSE.startswith(before)
    assert PROSE.endswith(after)
    assert len(before) + len(after) >= len(PROSE) - 3


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_padding_is_no_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.txt"
    first, rest = PROSE[:60].encode(encoding), PROSE[60:].encode(encoding)
    path.write_bytes(first + rest + b"\0" * 512)
    assert read_report(path).text == PROSE
    path.write_bytes(first + b"\0" * 8 + rest)
    assert "".join(read_report(path).text.split()) == "".join(PROSE.split())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_too_much_damage_is_refused_and_said(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.txt"
    raw = bytearray(PROSE.encode(encoding))
    raw[30::20] = b"\xff" * len(raw[30::20])
    path.write_bytes(bytes(raw))
    with pytest.raises(
        ReadError, match=rf"is {encoding.upper()} but damaged in \d+ places, the first in line \d+"
    ):
        read_report(path)


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
