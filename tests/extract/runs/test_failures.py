"""The list of failures: what is put down, what is taken out, and what a kill or a full disk leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from extract.model import SuyinError
from extract.readers import read_report
from extract.runs.failures import Failure, FailureList, Job, UnexpectedError, what_to_retry
from extract.runs.items import Item

JOB = Job("load", "embedded")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "list" / "failures.jsonl"


@pytest.fixture
def report(tmp_path: Path) -> Item:
    path = tmp_path / "报告.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0")
    return Item(path, path)


def fail(file: Path, *items: Item, job: Job = JOB) -> None:
    with FailureList(file) as left:
        for item in items:
            with pytest.raises(SuyinError):
                left.watch(job, lambda item: read_report(item.file))(item)


def succeed(file: Path, *items: Item, job: Job = JOB) -> None:
    with FailureList(file) as left:
        for item in items:
            left.watch(job, lambda item: item.file)(item)


def test_a_failure_is_put_down_with_its_reason(file: Path, report: Item) -> None:
    fail(file, report)
    [failure] = FailureList(file)
    assert (failure.file, failure.given, failure.job) == (str(report.file), str(report.file), JOB)
    assert failure.reason == "is a PNG picture, not text; convert it to a .txt file first"
    assert failure.sha256 == read_hash(report.file)
    assert failure.when.endswith("+00:00")
    assert [json.loads(line) for line in file.read_text("utf-8").splitlines()] == [failure.to_dict()]


def read_hash(path: Path) -> str:
    return subprocess.run(["sha256sum", path], capture_output=True, check=True, text=True).stdout.split()[0]


def test_what_cannot_be_read_has_its_size_and_time(file: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    os.utime(tmp_path / "empty.txt", (0, 0))
    fail(file, *(Item(path, path) for path in (tmp_path / "empty.txt", tmp_path / "none.txt")))
    empty, none = FailureList(file)
    assert (empty.sha256, empty.size, empty.mtime) == (None, 0, "1970-01-01T00:00:00+00:00")
    assert (none.sha256, none.size, none.mtime) == (None, None, None)


def test_a_file_in_an_archive_has_its_own_hash(file: Path, report: Item, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(report.file, "a/报告.txt")
    fail(file, Item(tmp_path / "a.zip" / "a" / "报告.txt", tmp_path / "a.zip"))
    [failure] = FailureList(file)
    assert failure.sha256 == read_hash(report.file)


def test_a_success_takes_it_out_and_the_last_one_the_file(file: Path, report: Item, tmp_path: Path) -> None:
    other = Item(tmp_path / "other.txt", tmp_path)
    fail(file, report, other)
    succeed(file, report)
    assert [failure.file for failure in FailureList(file)] == [str(other.file)]
    assert len(file.read_text("utf-8").splitlines()) == 1
    succeed(file, other)
    assert not file.exists()


def test_nothing_is_written_where_nothing_fails(file: Path, report: Item) -> None:
    succeed(file, report)
    assert not file.parent.exists()


def test_the_last_reason_counts(file: Path, report: Item) -> None:
    fail(file, report)
    report.file.unlink()
    fail(file, report)
    assert ["no such file" in failure.reason for failure in FailureList(file)] == [True]


def test_each_job_has_its_own(file: Path, report: Item, tmp_path: Path) -> None:
    jobs = [
        JOB,
        Job("load", "bolt://elsewhere:7687"),
        Job.of("extract", tmp_path / "a", None),
        Job.of("extract", tmp_path / "b", tmp_path / "table.csv", "r-1"),
    ]
    for job in jobs:
        fail(file, report, job=job)
    assert {job: len(group) for job, group in FailureList(file).by_job().items()} == dict.fromkeys(jobs, 1)
    succeed(file, report, job=jobs[2])
    assert set(FailureList(file).by_job()) == {*jobs} - {jobs[2]}


def test_relative_paths_are_the_same_files(file: Path, report: Item, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(file, report)
    monkeypatch.chdir(report.file.parent)
    succeed(file, Item(Path(report.file.name), Path(report.file.name)))
    assert not list(FailureList(file))


def test_reading_through_an_archive_takes_out_the_archive(file: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    archive.write_bytes(b"PK\x03\x04")
    fail(file, Item(archive, archive))
    succeed(file, Item(archive / "r.txt", archive))
    assert not list(FailureList(file))


def test_a_fault_of_our_own_does_not_end_the_others(file: Path, report: Item) -> None:
    with (
        FailureList(file) as left,
        pytest.raises(UnexpectedError, match="unexpected ZeroDivisionError in test_f"),
    ):
        left.watch(JOB, lambda item: 1 // 0)(report)
    assert ["ZeroDivisionError" in failure.reason for failure in FailureList(file)] == [True]


def test_a_killed_process_leaves_what_had_failed(file: Path, report: Item) -> None:
    script = (
        "import sys, os, signal\n"
        "from pathlib import Path\n"
        "from extract.runs.items import Item\n"
        "from extract.runs.failures import FailureList, Job\n"
        "from extract.readers import read_report\n"
        "def work(item):\n"
        "    if item.file.name == 'kill': os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return read_report(item.file)\n"
        "watched = FailureList(Path(sys.argv[1])).watch(Job('load', 'embedded'), work)\n"
        "for name in sys.argv[2:]:\n"
        "    try: watched(Item(Path(name), Path(name)))\n"
        "    except Exception: pass\n"
    )
    good = report.file.with_name("good.txt")
    fail(file, Item(good, good), Item(good.with_name("none.txt"), good))
    good.write_text("关于整改情况的报告\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", script, file, report.file, good, "kill", "never"], check=False
    )
    assert run.returncode == -9
    assert [Path(failure.file).name for failure in FailureList(file)] == ["none.txt", "报告.txt"]


def test_two_processes_write_at_once(file: Path, tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from extract.runs.items import Item\n"
        "from extract.runs.failures import FailureList, Job\n"
        "def work(item): raise ValueError(item.file.name)\n"
        "with FailureList(Path(sys.argv[1])) as left:\n"
        "    for i in range(50):\n"
        "        item = Item(Path(sys.argv[2], str(i)), Path(sys.argv[2]))\n"
        "        try: left.watch(Job('load', 'embedded'), work)(item)\n"
        "        except Exception: pass\n"
        "        if i % 2: left.watch(Job('load', 'embedded'), str)(item)\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", script, file, tmp_path / name]) for name in "abc"]
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    left = [Path(failure.file) for failure in FailureList(file)]
    assert sorted(left) == sorted(tmp_path / name / str(i) for name in "abc" for i in range(0, 50, 2))


def test_a_damaged_line_is_told_and_left_out(file: Path, report: Item, tmp_path: Path) -> None:
    fail(file, report)
    whole = file.read_bytes()
    file.write_bytes(whole + b'{"file": "/a')  # torn off
    fail(file, Item(tmp_path / "none.txt", tmp_path))
    left = FailureList(file)
    assert sorted(Path(failure.file).name for failure in left) == ["none.txt", "报告.txt"]
    assert left.faults == [f"{file}: line 2 is damaged and left out; delete it"]


@pytest.mark.parametrize(
    "line",
    [
        '{"file": "/a"}',
        "[1]",
        "3",
        '{"done": true}',
        '{"command": "load", "target": "x", "file": "/a", "colour": "red"}',
    ],
)
def test_a_line_that_is_no_entry_is_told(file: Path, line: str) -> None:
    file.parent.mkdir()
    file.write_text(f"{line}\n", encoding="utf-8")
    left = FailureList(file)
    assert (len(left), len(left.faults)) == (0, 1)


def test_a_list_that_cannot_be_written_is_told_with_the_failure(file: Path, report: Item) -> None:
    file.parent.touch()  # a file where the folder should be
    with FailureList(file) as left, pytest.raises(SuyinError) as caught:
        left.watch(JOB, lambda item: read_report(item.file))(report)
    assert str(caught.value).startswith(f"{report.file}: is a PNG picture")
    assert f"not recorded, for {file} cannot be written" in str(caught.value)
    assert "SUYIN_DATA_DIR" in str(caught.value)


def test_a_full_disk_leaves_whole_lines(file: Path, report: Item, tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk."""
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from extract.runs.items import Item\n"
        "from extract.runs.failures import FailureList, Job\n"
        "from extract.readers import read_report\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)\n"
        "path = Path(sys.argv[2])\n"
        "try: FailureList(Path(sys.argv[1])).watch(Job('load', 'x'), lambda i: read_report(i.file))(Item(path, path))\n"
        "except Exception as error: print(error)\n"
    )
    fail(file, report)
    before = file.read_bytes()
    run = subprocess.run(
        [sys.executable, "-c", script, file, report.file, str(len(before) + 40)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert f"this is not recorded, for {file} cannot be written" in run.stdout
    assert file.read_bytes() == before


def test_retry_has_the_documents_of_the_first_run(file: Path, tmp_path: Path) -> None:
    out, given = tmp_path / "out", tmp_path / "in"
    (given / "sub").mkdir(parents=True)
    bad, archive = given / "r.txt", given / "sub" / "a.zip"
    bad.touch()
    archive.write_bytes(b"PK\x03\x04")
    job = Job.of("extract", out, None)
    with FailureList(file) as left:
        watched = left.watch(
            job,
            lambda item: read_report(item.file),
            lambda item: {bad: out / "r.txt.json", archive: out / "sub" / "a.json"}[item.file],
        )
        for path in (bad, archive):
            with pytest.raises(SuyinError):
                watched(Item(path, given))
    with zipfile.ZipFile(archive, "w") as mended:
        mended.writestr("县/b.txt", "报告")
    items, place = what_to_retry(FailureList(file))
    inside = archive / "县" / "b.txt"
    assert [item.file for item in items] == [bad, inside]
    assert [*map(place, items)] == [out / "r.txt.json", out / "sub" / "a.zip" / "县" / "b.json"]


def test_entries_survive_being_written(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xb1\xa8\xb8\xe6.txt")  # GBK, on a disk of UTF-8 names
    failure = Failure(name, Job("extract", "/out", "/t.csv", "r"), "r", "w", "/in", "/out/d.json", size=3)
    assert Failure.from_dict(json.loads(json.dumps(failure.to_dict()))) == failure


def test_names_that_are_not_utf_8(file: Path, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xb1\xa8.txt")
    item = Item(path, path)
    fail(file, item, Item(tmp_path / "b.txt", tmp_path))
    assert str(path) in {failure.file for failure in FailureList(file)}
    succeed(file, Item(tmp_path / "b.txt", tmp_path))  # writes the list anew
    assert [failure.file for failure in FailureList(file)] == [str(path)]
