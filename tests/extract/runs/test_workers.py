"""Processes that read: what each gives back, and what becomes of a report that ends or stops one."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from extract.model import Findings, ReportInfo, SuyinError
from extract.runs.batch import Extracted, Reader, extract
from extract.runs.failures import UnexpectedError
from extract.runs.workers import Workers, choose_jobs, cores, document_seconds
from tests.support.commands import ENERGY

#: Longer than any test.
LONG = 3600


def fall_for_some_names() -> None:
    """In each process: reports of some names end it, stop it for ever or are a fault of ours; others are simple."""

    def report(self: Reader, file: Path) -> Findings:
        if file.name.startswith("kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        if file.name.startswith("once") and not (mark := file.with_name("been")).exists():
            mark.touch()
            os._exit(3)
        if file.name.startswith("hang"):
            time.sleep(LONG)
        if file.name.startswith("fault"):
            raise LookupError("no such thing")
        return Findings(ReportInfo(file.stem, "标题", "circular", file.name, "0" * 64, 3), (), (), "报告\n")

    Reader.report = report  # type: ignore[method-assign]
    Reader.nlp = None  # type: ignore[assignment, method-assign] # a start of it takes a second


def reports(folder: Path, *names: str) -> list[Path]:
    """Copies of one report under these names."""
    return [Path(shutil.copy(ENERGY, folder / f"{name}.txt")) for name in names]


def test_a_report_that_ends_or_stops_its_process_fails_alone(tmp_path: Path) -> None:
    files = reports(tmp_path, "a", "kill", "b", "hang", "c", "once", "fault", "d", "e", "f")
    with Workers(Reader(by="rules"), 2, seconds=3, setup=fall_for_some_names) as workers:
        outcomes = dict(zip(files, workers.map(extract, files), strict=True))
    failed = {file.stem: outcome for file, outcome in outcomes.items() if isinstance(outcome, SuyinError)}
    assert failed.keys() == {"kill", "hang", "fault"}
    assert str(failed["kill"]).startswith(f"{tmp_path / 'kill.txt'}: reading it twice ended the process")
    assert "exit code -9" in str(failed["kill"])
    assert "took too long (3 s)" in str(failed["hang"])
    assert "SUYIN_DOCUMENT_SECONDS" in str(failed["hang"])
    assert isinstance(failed["fault"], UnexpectedError)
    assert "LookupError in test_workers.py" in str(failed["fault"])
    for file, outcome in outcomes.items():
        if file.stem not in failed:
            assert isinstance(outcome, Extracted)
            assert json.loads(outcome.document)["report"]["id"] == file.stem


def test_a_process_that_ends_when_it_has_nothing_to_do(tmp_path: Path) -> None:
    """Then it is `submit` that says so."""
    [file] = reports(tmp_path, "a")
    with Workers(Reader(by="rules"), 1, setup=fall_for_some_names) as workers:
        assert isinstance(next(workers.map(extract, [file])), Extracted)
        [process] = active_children()
        process.kill()
        while active_children():
            time.sleep(0.05)
        assert isinstance(next(workers.map(extract, [file])), Extracted)


def test_leaving_early_leaves_no_process(tmp_path: Path) -> None:
    files = reports(tmp_path, "a", "hang-1", "hang-2")
    with Workers(Reader(by="rules"), 2, setup=fall_for_some_names) as workers:
        outcomes = workers.map(extract, files)
        assert isinstance(next(outcomes), Extracted)
        assert len(active_children()) == 2
    assert not active_children()


def test_what_is_missing_is_an_error_of_each_report(tmp_path: Path) -> None:
    """As with one process; the pool does not break over it."""
    files = reports(tmp_path, "a", "b")
    with Workers(Reader(by="model"), 1, setup=without_model) as workers:
        outcomes = [*workers.map(extract, files)]
    assert [str(outcome) for outcome in outcomes] == ["nowhere: encoder.onnx is missing"] * 2


def without_model() -> None:
    import extract.pipeline

    def missing() -> object:
        raise SuyinError("nowhere: encoder.onnx is missing")

    extract.pipeline.open_tagger = missing  # type: ignore[assignment]


def test_how_many() -> None:
    assert choose_jobs(None, 19, "rules") == choose_jobs(None, 5, "model") == 1
    assert choose_jobs(None, 100_000, "rules") == choose_jobs(None, 100_000, "model") == cores() >= 1
    assert choose_jobs(8, 100, "rules") == 8
    assert choose_jobs(8, 3, "rules") == 3
    assert choose_jobs(8, 0, "rules") == 1
    assert choose_jobs(None, 999, "rules", documents=999) == 1
    assert choose_jobs(None, 100_000, "rules", documents=100_000) == cores()


@pytest.mark.parametrize("wrong", ["soon", "0", "-1", "inf", "nan"])
def test_a_wrong_time(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUYIN_DOCUMENT_SECONDS", wrong)
    with pytest.raises(SuyinError, match=r"^SUYIN_DOCUMENT_SECONDS: .* must be a number of seconds above 0"):
        document_seconds()
