"""Tables beside the reports."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest

from extract.metadata import Metadata, MetadataError, read_metadata
from tests.support.tables import workbook


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_in_chinese(tmp_path: Path, encoding: str) -> None:
    path = table(
        tmp_path,
        "文件,地区,日期,层级,轮次,网址\n甲.txt,岚川县,2023年3月1日,县,第四轮,https://example.org/1\n\n乙.txt,,2022/7,,,\n",
        encoding,
    )
    assert read_metadata(path) == {
        "甲.txt": Metadata(
            place="岚川县", date="2023-03-01", level="县", round="第四轮", url="https://example.org/1"
        ),
        "乙.txt": Metadata(date="2022-07"),
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the table is empty"),
        ("file,colour\na.txt,red", "line 1: unknown column 'colour'"),
        ("place\n甲市", "line 1: no column 'file'"),
        ("file,date\na.txt,soon", "line 2: 'soon' is no date"),
        ("file,date\na.txt,2023-13-01", "is no date"),
        ("file\na.txt\na.txt", "line 3: a.txt is listed twice"),
        ("file,place\n,甲市", "line 2: no file is named"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(MetadataError, match=says):
        read_metadata(table(tmp_path, text))


def test_a_missing_table(tmp_path: Path) -> None:
    with pytest.raises(MetadataError, match="check the path"):
        read_metadata(tmp_path / "none.csv")


def test_a_workbook_needs_no_library_but_the_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(
        tmp_path / "t.xlsx",
        ("说明", [["文件", "地区", "日期"], ["甲.txt", "岚川县", datetime.date(2023, 3, 1)], [None, None], ["乙.txt", None, "2022/7"]]),
        ("别的", [["不看"]]),
    )  # fmt: skip
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert read_metadata(path) == {
        "甲.txt": Metadata(place="岚川县", date="2023-03-01"),
        "乙.txt": Metadata(date="2022-07"),
    }


def test_a_table_parted_by_semicolons(tmp_path: Path) -> None:
    assert read_metadata(table(tmp_path, "文件;地区\n甲.txt;岚川县\n")) == {
        "甲.txt": Metadata(place="岚川县")
    }


def test_a_damaged_workbook(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"PK\x03\x04 no more")
    with pytest.raises(MetadataError, match=r"t.xlsx: is a damaged spreadsheet; "):
        read_metadata(tmp_path / "t.xlsx")
