"""A real cluster of two processes: what it writes, and what becomes of reports and processes that fail."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extract.documents import read_document
from extract.model import Findings, SuyinError
from extract.runs.batch import Reader
from extract.runs.items import find_items_to_load
from tests.support.commands import ENERGY, REPORTS, UNIVERSITY
from tests.support.extras import need_extra

need_extra("cluster", "distributed")

import dask  # noqa: E402 - an extra
from distributed import Client, WorkerPlugin  # noqa: E402
from pyarrow import parquet  # noqa: E402

from extract.cluster import run  # noqa: E402
from extract.cluster.places import Folder, find_files  # noqa: E402
from extract.cluster.task import Job, Tally, read_part  # noqa: E402

if TYPE_CHECKING:
    from distributed import Worker

SECONDS = 60.0


class Falls(WorkerPlugin):
    """Reports of some names end the process that reads them."""

    def setup(self, worker: Worker) -> None:
        read = Reader.report

        def report(self: Reader, file: Path) -> Findings:
            if file.name.startswith("poison"):
                os.kill(os.getpid(), signal.SIGKILL)
            return read(self, file)

        Reader.report = report  # type: ignore[method-assign]


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with run.opened(run.LOCAL, 2) as client:
        client.register_plugin(Falls())
        yield client


def reports(folder: Path, names: Sequence[str]) -> list[str]:
    """Different reports under these names, as the cluster is told of them."""
    folder.mkdir()
    for name, sample in zip(names, sorted(REPORTS.glob("*.txt")), strict=False):
        shutil.copy(sample, folder / f"{name}.txt")
    return find_files([str(folder)])


def read(client: Client, files: Sequence[str], out: Path, at_once: int = 2) -> Tally:
    """All of them into the folder. Returns what it came to."""
    total, folder = Tally(), Folder(str(out))
    job = Job(folder.address, "rules", SECONDS)
    parts = run.partitions(files, run.begin(folder, job, {}), {}, at_once)
    for _, tally in run.extract_on(client, job, parts):
        total.add(tally)
    return total


def found(out: Path) -> dict[str, Findings]:
    """By the name of the report's file."""
    documents = [read_document(item.file) for item in find_items_to_load([out])]
    return {findings.report.name: findings for findings in documents}


def alone(files: Sequence[str]) -> dict[str, Findings]:
    """The same, by one reader in this process."""
    reader = Reader(by="rules")
    return {Path(file).name: reader.report(Path(file)) for file in files}


def failed(out: Path) -> dict[str, str]:
    rows = [
        row for file in (out / "failures").glob("*.parquet") for row in parquet.read_table(file).to_pylist()
    ]
    return {Path(row["file"]).name: row["reason"] for row in rows}


def test_processes_keep_no_profile_of_themselves(client: Client) -> None:
    """It would grow for an hour: their memory is to be flat."""
    kept = client.run(lambda dask_worker: len(dask_worker.profile_history))
    assert len(kept) == 2
    assert not any(kept.values())
    assert client.run(lambda: dask.config.get("distributed.worker.profile.enabled")) == dict.fromkeys(
        kept, False
    )


def test_a_poison_report_and_a_killed_process(client: Client, tmp_path: Path) -> None:
    """The one is listed, the other costs nothing; all others are as one process reads them."""
    files = reports(tmp_path / "in", ["a", "b", "c", "poison", "d", "e", "f", "g"])
    (tmp_path / "in" / "h.txt").touch()
    files.append(str(tmp_path / "in" / "h.txt"))
    folder = Folder(str(tmp_path / "out"))
    job, total = Job(folder.address, "rules", SECONDS), Tally()
    for part, tally in run.extract_on(client, job, run.partitions(files, run.begin(folder, job, {}), {}, 3)):
        if not total.reports:  # in the middle of the others
            client.wait_for_workers(1)
            os.kill(next(iter(client.run(os.getpid, on_error="ignore").values())), signal.SIGKILL)
        total.add(tally)
        assert set(part.files) <= set(files)
    assert (total.reports, [Path(file).name for file in total.failed]) == (7, ["h.txt", "poison.txt"])
    assert failed(tmp_path / "out")["h.txt"] == "the file is empty; give a report with text in it"
    assert "ended the process that read, again and again" in failed(tmp_path / "out")["poison.txt"]
    good = [file for file in files if Path(file).stem not in ("poison", "h")]
    assert found(tmp_path / "out") == alone(good)


def test_stopped_and_begun_again(client: Client, tmp_path: Path) -> None:
    """What is finished is not read again, and what failed is."""
    files, out = reports(tmp_path / "in", "abcdef"), tmp_path / "out"
    Path(files[0]).write_text("")
    folder = Folder(str(out))
    job = Job(folder.address, "rules", SECONDS)
    parts = run.partitions(files, run.begin(folder, job, {}), {}, 2)
    _, tally = next(run.extract_on(client, job, parts[:1]))
    assert list(tally.failed) == files[:1]
    first, *_ = (out / "reports").glob("*.parquet")
    left = out / "nodes" / "left-over.parquet"  # of a process that ended before its partition was finished
    shutil.copy(out / "nodes" / first.name, left)
    before = first.stat().st_mtime_ns
    shutil.copy(UNIVERSITY, files[0])
    again = read(client, files, out)
    assert (again.reports, again.failed) == (5, {})
    assert first.stat().st_mtime_ns == before
    assert not left.exists()
    assert not failed(out)
    assert found(out) == alone(files)
    assert read(client, files, out).reports == 0


def test_files_at_an_address(client: Client, tmp_path: Path) -> None:
    files = reports(tmp_path / "in", "abc")
    (tmp_path / "in" / "notes.xyz").write_text("no report")
    addresses = find_files([f"file://{tmp_path}/in"])
    assert addresses == [f"file://{file}" for file in files]
    out = tmp_path / "out"
    assert read(client, [*addresses, f"file://{tmp_path}/gone.txt"], out).reports == 3
    assert failed(out) == {"gone.txt": "no such file; check the address"}
    assert found(out) == alone(files)


def test_of_two_files_that_are_one_report_the_later_counts(client: Client, tmp_path: Path) -> None:
    """As where they are loaded one after the other; a folder's own files come before those of its folders."""
    for name in ("b/deep.txt", "z.txt", "y.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ENERGY, tmp_path / "in" / name)
    files = find_files([str(tmp_path / "in")])
    assert [Path(file).name for file in files] == ["y.txt", "z.txt", "deep.txt"]
    read(client, files, tmp_path / "out", at_once=1)
    assert list(found(tmp_path / "out")) == ["deep.txt"]


def test_partitions_of_another_run(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    run.begin(folder, Job(folder.address, "rules", SECONDS), {})
    with pytest.raises(SuyinError, match=r"were read otherwise .* choose another folder"):
        run.begin(folder, Job(folder.address, "model", SECONDS), {})


def test_another_suyin_on_a_worker(tmp_path: Path) -> None:
    [part] = run.partitions([str(ENERGY)], set(), {})
    with pytest.raises(SuyinError, match=r"a worker has Suyin .* and not 0; install the same"):
        read_part(Job(str(tmp_path), "rules", SECONDS, "0"), part)
    assert not list(tmp_path.iterdir())


def test_addresses_that_do_not_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_PATIENCE", 0.5)
    with pytest.raises(SuyinError, match=r"^tcp://127.0.0.1:9: no cluster with workers answers .* start one"):
        run.opened("tcp://127.0.0.1:9", 1).__enter__()
    with pytest.raises(SuyinError, match=r"^nowhere://x: cannot be opened"):
        find_files(["nowhere://x"])
    (tmp_path / "file").touch()
    with pytest.raises(SuyinError, match="cannot be read or written"):
        Folder(str(tmp_path / "file")).write("reports/a.parquet", b"")
