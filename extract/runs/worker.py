"""A process that reads reports for another, and ends with it, or where one of them takes too long."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import connection
from pathlib import Path
from typing import TypeVar

from extract.model import SuyinError
from extract.runs.batch import Reader
from extract.runs.failures import unexpected

T = TypeVar("T")
#: What is done with a report; a function of a module, as only its name goes to another process.
Work = Callable[[Reader, Path], T]
#: What is done first in a process; the same.
Setup = Callable[[], object]
#: The exit code of a process that took too long.
TOO_LONG = 1

#: What the process reads with, and the seconds that it has; set when it starts.
_reader: Reader
_clock: _Clock


class _Clock:
    """Ends this process where it takes too long, whatever it is at: the thread that waits needs no Python."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - where the traceback goes

    def wind(self, *_: object) -> None:
        """From now on so many seconds."""
        faulthandler.dump_traceback_later(self.seconds, exit=True, file=self._nowhere)

    def stop(self) -> None:
        faulthandler.cancel_dump_traceback_later()


def start(reader: Reader, seconds: float, setup: Setup | None) -> None:
    """Make all ready that reading needs; what is missing is said by the first report."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Windows
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the others have the other cores
    read_with(reader, seconds)
    if setup:
        setup()
    with suppress(Exception):
        reader.documents or reader.nlp  # noqa: B018 - built here


def read_with(reader: Reader, seconds: float) -> None:
    """From now on `do` reads so in this process, and ends it where a report takes longer."""
    global _reader, _clock  # a process has one of each
    _reader, _clock = reader, _Clock(seconds)
    reader.progress = _clock.wind


def do(work: Work[T], file: Path) -> T | SuyinError:
    """The result, or the error in a form that can be told in another process."""
    _clock.wind()
    try:
        return work(_reader, file)
    except SuyinError as error:
        return SuyinError(str(error))
    except Exception as error:  # noqa: BLE001 - a fault in one of many
        return unexpected(file, error)
    finally:
        _clock.stop()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        connection.wait([parent.sentinel])
        os._exit(0)
