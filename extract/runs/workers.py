"""Many reports at once: processes that read, one report at a time each, and give back small finished results.

Each is a pool of one process, so that it is known which report a process was at when it ended: that report is
tried once more, at the head of a fresh process, and then it has failed. The others go on.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from extract.model import SuyinError
from extract.reading import ReaderName
from extract.runs.batch import Reader
from extract.runs.worker import TOO_LONG, Setup, Work, do, start

T = TypeVar("T")
#: Reports that make up for the start of a process, which takes a second or two.
ENOUGH: dict[ReaderName, int] = {"rules": 100, "model": 10}
#: The same, of findings documents.
ENOUGH_DOCUMENTS = 500
#: Seconds for one report, or for one page of a scan.
SECONDS = 600.0
#: Reports that a process is given at most, and those under way for each: given, or waiting for their turn.
_GIVEN, _UNDER_WAY = 4, 16
#: How often a report is tried that ends its process.
_TRIES = 2
#: Seconds in which a process may end by itself; one that is killed while it gives a result blocks its pool.
_GRACE = 2.0
_SPAWN = multiprocessing.get_context("spawn")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def choose_jobs(jobs: int | None, files: int, by: ReaderName, *, documents: int = 0) -> int:
    """How many processes are to read: `jobs`, else as many as there are cores and enough to do for each.

    `documents`: how many of the files are findings documents.
    """
    if jobs is not None:
        return max(1, min(jobs, files))
    return max(1, min(cores(), int((files - documents) / ENOUGH[by] + documents / ENOUGH_DOCUMENTS)))


def document_seconds() -> float:
    """SUYIN_DOCUMENT_SECONDS, or 600. Raises SuyinError."""
    said = os.environ.get("SUYIN_DOCUMENT_SECONDS") or str(SECONDS)
    with suppress(ValueError):
        if 0 < (seconds := float(said)) < math.inf:
            return seconds
    raise SuyinError(f"SUYIN_DOCUMENT_SECONDS: {said!r} must be a number of seconds above 0, such as 600")


@contextmanager
def reading(
    work: Work[T], reader: Reader, files: Iterable[Path], *, jobs: int, apart: bool = False
) -> Iterator[Callable[[Path], T]]:
    """A function that gives the result of `work` for each of `files`, asked for in their order.

    It raises what `work` raises, and SuyinError for a report that ended its process. One job is done here,
    where such a report ends all, unless it is to be `apart`.
    """
    if jobs == 1 and not apart:
        yield lambda file: work(reader, file)
        return
    with Workers(reader, jobs, document_seconds()) as workers:
        outcomes = workers.map(work, files)

        def result(file: Path) -> T:
            outcome = next(outcomes)
            if isinstance(outcome, SuyinError):
                raise outcome
            return outcome

        yield result


class Workers:
    """So many processes, started when there is something to do; at the end of the context none is left.

    `seconds`: for each report and each page of a scan. `setup`: called in each process first.
    """

    def __init__(
        self, reader: Reader, jobs: int, seconds: float = SECONDS, setup: Setup | None = None
    ) -> None:
        self._processes = [_Process((reader, seconds, setup)) for _ in range(jobs)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with _uninterrupted():
            for process in self._processes:
                process.dismiss()
            until = time.monotonic() + _GRACE
            for process in self._processes:
                process.end(until)

    def map(self, work: Work[T], files: Iterable[Path]) -> Iterator[T | SuyinError]:
        """The result of each file, or why there is none, in their order.

        However many there are, only some for each process are under way: read, or waiting for their turn.
        """
        left = iter(files)
        turn: deque[_Task[T]] = deque()
        while True:
            for process in self._processes:
                process.mend()
            while len(turn) < _UNDER_WAY * len(self._processes):
                process = min(self._processes, key=lambda process: len(process.tasks))
                if len(process.tasks) >= _GIVEN or (file := next(left, None)) is None:
                    break
                turn.append(_Task(work, file))
                process.give(turn[-1])
            if not turn:
                return
            if turn[0].finished:
                yield turn.popleft().outcome
            else:
                at = [process.tasks[0].future for process in self._processes if process.tasks]
                wait(at, return_when=FIRST_COMPLETED)


class _Task(Generic[T]):
    """A report to be read."""

    def __init__(self, work: Work[T], file: Path) -> None:
        self.work, self.file = work, file
        self.future: Future[T | SuyinError] = Future()
        self.tries = 0

    @property
    def broken(self) -> bool:
        """Did its process end before it was finished?"""
        return self.future.done() and isinstance(self.future.exception(), BrokenProcessPool)

    @property
    def finished(self) -> bool:
        return self.future.done() and not self.broken

    @property
    def outcome(self) -> T | SuyinError:
        """Of what is finished."""
        if error := self.future.exception():
            return SuyinError(f"{self.file}: what was found was not given back ({error}); try --jobs 1")
        return self.future.result()


class _Process:
    """One process, and what it has been given and not finished, in order: it is at the first."""

    def __init__(self, settings: tuple[Reader, float, Setup | None]) -> None:
        self.settings = settings
        self.tasks: deque[_Task[Any]] = deque()
        self._pool: ProcessPoolExecutor | None = None
        self._system: multiprocessing.process.BaseProcess | None = None

    def give(self, task: _Task[Any]) -> None:
        self.tasks.append(task)
        try:
            task.future = self._started().submit(do, task.work, task.file)
        except BrokenProcessPool as error:
            task.future = Future()
            task.future.set_exception(error)

    def mend(self) -> None:
        """Forget what is finished. Where the process has ended, let a fresh one do what is not."""
        while self.tasks and self.tasks[0].finished:
            self.tasks.popleft()
        if not self.tasks or not self.tasks[0].broken:
            return
        code = self.end()
        first, *others = self.tasks
        self.tasks.clear()
        first.tries += 1
        if first.tries < _TRIES:
            self.give(first)
        else:
            first.future = Future()
            first.future.set_result(_why(first.file, code, self.settings[1]))
        for task in others:
            self.give(task)

    def dismiss(self) -> None:
        """Let it end by itself, after the report that it is at."""
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def end(self, until: float = 0.0) -> int | None:
        """Let nothing of the process be left by then (monotonic clock). Returns its exit code, if known."""
        system, pool = self._system, self._pool
        self._system = self._pool = None
        if system:
            system.join(max(0.0, until - time.monotonic()))
            system.kill()
        if pool:
            pool.shutdown()
        if system:
            system.join()
            return system.exitcode
        return None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, _SPAWN, start, self.settings)
            before = multiprocessing.active_children()
            with _uninterrupted():
                self._pool.submit(os.getpid)  # starts it
            started = (child for child in multiprocessing.active_children() if child not in before)
            self._system = next(started, None)
        return self._pool


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """What is started here never hears of Ctrl-C, which a terminal tells all; who started it will end it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _why(file: Path, code: int | None, seconds: float) -> SuyinError:
    if code == TOO_LONG:
        return SuyinError(f"{file}: reading it took too long ({seconds:g} s) and was stopped; split it, "
                          "give it as .txt, or allow more by SUYIN_DOCUMENT_SECONDS")  # fmt: skip
    told = f" (exit code {code})" if code is not None else ""
    return SuyinError(f"{file}: reading it twice ended the process that read{told}, for want of memory or "
                      "by a fault in the file; save it anew, or as .txt")  # fmt: skip
