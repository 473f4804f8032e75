"""Which files there are to read, and where their findings go."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from extract.documents import DocumentError, is_document, to_json
from extract.model import Findings, ReportInfo
from extract.runs.batch import Reader
from extract.runs.items import Item, Items, find_items, find_items_to_load, place_documents

FINDINGS = Findings(ReportInfo("r", "标题", "circular", "r.txt", "0" * 64, 3), (), ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    (root / "县级").mkdir(parents=True)
    for name in ("a.txt", "县级/a.txt", "notes.log", ".hidden.txt"):
        (root / name).write_text("报告", encoding="utf-8")
    with zipfile.ZipFile(root / "b.zip", "w") as archive:
        archive.writestr("市级/c.txt", "报告")
    (root / "found.json").write_text(to_json(FINDINGS), encoding="utf-8")
    (root / "other.json").write_text('{"format": "other"}', encoding="utf-8")
    (root / "empty.json").touch()
    return root


def test_reports_in_folders_and_archives_are_found_once(folder: Path) -> None:
    items = find_items([folder, folder / "a.txt", folder])
    assert [(item.file.relative_to(folder).as_posix(), item.place.as_posix()) for item in items] == [
        ("a.txt", "."),
        ("b.zip/市级/c.txt", "b.zip/市级"),
        ("县级/a.txt", "县级"),
    ]


def test_documents_repeat_the_folders(folder: Path) -> None:
    items = find_items([folder])
    assert [place_documents(items, Path("out"))(item).as_posix() for item in items] == [
        "out/a.json",
        "out/b.zip/市级/c.json",
        "out/县级/a.json",
    ]


def test_two_documents_of_one_name_are_refused(folder: Path) -> None:
    with pytest.raises(DocumentError, match="write them to two folders"):
        place_documents(find_items([folder / "a.txt", folder / "县级" / "a.txt"]), Path("out"))


def test_documents_in_a_folder_are_loaded_and_other_json_is_told(folder: Path) -> None:
    skipped: list[Path] = []
    files = [
        item.file.relative_to(folder).as_posix() for item in find_items_to_load([folder], skipped.append)
    ]
    assert files == ["a.txt", "b.zip/市级/c.txt", "found.json", "县级/a.txt"]
    assert skipped == [folder / "empty.json", folder / "other.json"]


def test_a_json_that_is_named_is_not_skipped(folder: Path) -> None:
    """It was meant, so it fails with a reason."""
    assert [*find_items_to_load([folder / "other.json"])] == [
        Item(folder / "other.json", folder / "other.json")
    ]


def test_a_folder_without_reports_is_an_item_that_will_fail(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    assert [*find_items_to_load([tmp_path])] == [*find_items([tmp_path])] == [Item(tmp_path, tmp_path)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (to_json(FINDINGS), True),
        (json.dumps(FINDINGS.to_dict(), sort_keys=True), True),
        ('{"format": "suyin.findings/9"', True),
        ('{"text": "\\"format\\": \\"suyin.findings/1\\""}', False),
        ("[]", False),
        ("", False),
    ],
)
def test_a_document_says_so(tmp_path: Path, text: str, expected: bool) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    assert is_document(tmp_path / "x.json") is expected


def test_many_items_stay_in_their_order(tmp_path: Path) -> None:
    """Some runs of a folder, and then another."""
    names = [f"{folder}/{i:04}.txt" for folder in ("a", "b") for i in range(1201)]
    given = Items(Item(tmp_path / name, tmp_path) for name in names)
    assert len(given) == len(names)
    for _ in range(2):
        assert [item.file.relative_to(tmp_path).as_posix() for item in given] == names


def test_a_document_is_read_without_a_pipeline(folder: Path) -> None:
    reader = Reader()
    assert reader.report_or_document(folder / "found.json").report == FINDINGS.report
    assert "nlp" not in vars(reader)
