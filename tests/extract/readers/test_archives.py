"""Folders and ZIP archives: what is in them, and one line for each file that cannot be read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extract.readers import ReadError, find_reports, read_report, read_reports

TEXT = "存在的问题：财务管理不规范。"


def zip_of(path: Path, files: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_folder_is_read_by_name_with_its_archives(tmp_path: Path) -> None:
    folder = tmp_path / "2024"
    for name in ("b.txt", "县级/a.txt", "页面_files/menu.html", ".hidden.txt", "~$b.docx", "notes.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TEXT, encoding="utf-8")
    zip_of(folder / "c.zip", {"d.txt": TEXT, "__MACOSX/._d.txt": b"\0"})
    sources = list(read_reports(folder))
    assert [s.name for s in sources] == ["2024/b.txt", "2024/c.zip/d.txt", "2024/县级/a.txt"]
    assert {s.text for s in sources} == {TEXT}
    assert list(find_reports(folder / "b.txt")) == [folder / "b.txt"]


def test_each_bad_file_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    nested = zip_of(tmp_path / "nested.zip", {"a.txt": TEXT}).read_bytes()
    path = zip_of(
        tmp_path / "z.zip",
        {
            "good.txt": TEXT,
            "../out.txt": TEXT,
            "/abs.txt": TEXT,
            "C:/drive.txt": TEXT,
            "nested.zip": nested,
            "bomb.txt": b"0" * 210_000_000,
            "picture.png": b"\x89PNG\r\n\x1a\n\0\0",
            "last.txt": TEXT,
        },
    )
    told: list[ReadError] = []
    assert [s.name for s in read_reports(path, failed=told.append)] == ["z.zip/good.txt", "z.zip/last.txt"]
    lines = sorted(str(error).removeprefix(f"{path}/") for error in told)
    assert [line.split(": ")[0] for line in lines] == [
        "../out.txt",
        "abs.txt",
        "bomb.txt",
        "drive.txt",
        "nested.zip",
        "picture.png",
    ]
    assert sum("leads out of the archive" in line for line in lines) == 3
    assert "210 MB when unpacked" in lines[2]
    assert "unpack it first" in lines[4]
    assert not any("\n" in line or ";" not in line for line in lines)
    with pytest.raises(ReadError, match="leads out"):
        list(read_reports(path))


def test_names_in_gbk(tmp_path: Path) -> None:
    """As Windows packs them: bytes of GBK, and no flag that says so."""
    path = tmp_path / "z.zip"
    name = "巡察报告/县民政局.txt"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("x" * len(name.encode("gbk")))
        archive.writestr(info, TEXT)
    path.write_bytes(path.read_bytes().replace(b"x" * len(name.encode("gbk")), name.encode("gbk")))
    [source] = read_reports(path)
    assert source.name == f"z.zip/{name}"
    assert read_report(path / name).text == TEXT


def test_encrypted_damaged_and_missing(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "z.zip", {"a.txt": TEXT * 50, "b.txt": TEXT})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1  # the flag of the first file in the directory
    (tmp_path / "locked.zip").write_bytes(raw)
    with pytest.raises(ReadError, match=r"locked.zip/a.txt: is encrypted; .*password"):
        read_report(tmp_path / "locked.zip" / "a.txt")
    raw = bytearray(path.read_bytes())
    raw[45:60] = b"\xff" * 15
    (tmp_path / "damaged.zip").write_bytes(raw)
    told: list[ReadError] = []
    assert len(list(read_reports(tmp_path / "damaged.zip", failed=told.append))) == 1
    assert "is damaged in the archive" in str(told[0])
    with pytest.raises(ReadError, match="no such file in the archive"):
        read_report(path / "c.txt")
    (tmp_path / "cut.zip").write_bytes(path.read_bytes()[:60])
    with pytest.raises(ReadError, match="damaged"):
        list(read_reports(tmp_path / "cut.zip"))


@pytest.mark.parametrize("files", [{}, {"notes.json": "{}"}])
def test_nothing_in_it(tmp_path: Path, files: dict[str, bytes | str]) -> None:
    path = zip_of(tmp_path / "z.zip", files)
    assert list(find_reports(path)) == [path]
    with pytest.raises(ReadError, match="is a ZIP archive"):
        read_report(path)
    assert list(find_reports(tmp_path / "none")) == [tmp_path / "none"]
