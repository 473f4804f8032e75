"""Reads reports in a process of its own, which is ended where it takes too long."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from extract.documents import read_document
from extract.model import Findings, SuyinError
from extract.readers.limits import ReadError

#: All of a reading may take so many times what it may take without a sign of progress.
_LONGEST = 12
#: Bytes of a findings document; one report has thousands of findings at most.
_LARGEST = 100_000_000


class Stopped(SuyinError):
    """The reading was stopped from outside."""


class SafeReader:
    """One process at a time, started when it is needed.

    `seconds` without a sign of progress, and bytes of `memory`, that it may take; `wanted`: is what is being
    read still wanted? Where not any more, `stop` it, from any thread.
    """

    def __init__(self, seconds: float, memory: int, by: str, wanted: Callable[[], bool]) -> None:
        self.seconds, self.memory, self.by, self.wanted = seconds, memory, by, wanted
        self._process: subprocess.Popen[bytes] | None = None
        self._said: Queue[dict[str, Any] | None] = Queue()

    def list_reports(self, archive: Path, most: int) -> list[Path]:
        """Up to so many reports in an archive; itself where it is none. Raises ReadError, Stopped."""
        answer = self._ask({"list": os.fspath(archive), "most": most}, archive, lambda read, pages: None)
        return [Path(path) for path in answer["reports"]]

    def read(self, path: Path, out: Path, pages: Callable[[int, int], object]) -> Findings:
        """The findings of a report with its text; their document is written to `out`.

        `pages` is told (read, in all) of a scan. Raises ReadError, Stopped.
        """
        try:
            self._ask(
                {"read": os.fspath(path), "out": os.fspath(out), "seconds": _LONGEST * self.seconds + 60},
                path,
                pages,
            )
            if out.stat().st_size > _LARGEST:
                out.unlink()
                raise ReadError(f"{path}: more findings than one report can have; split it")
            text = Path(f"{out}.txt").read_bytes().decode("utf-8", "surrogatepass")
            findings = read_document(out)
        finally:
            Path(f"{out}.txt").unlink(missing_ok=True)
        return Findings(findings.report, findings.nodes, findings.edges, text)

    def stop(self) -> None:
        """End the process, with what it reads now."""
        if process := self._process:
            process.kill()
            process.wait()  # else the next report is given to a dying process

    def close(self) -> None:
        """End the process; it is started again when there is something to read."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def _ask(self, task: dict[str, Any], path: Path, pages: Callable[[int, int], object]) -> dict[str, Any]:
        process = self._running()
        if not self.wanted():  # `stop` may have come before there was a process
            raise Stopped("stopped")
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(task).encode() + b"\n")
            process.stdin.flush()
        except OSError:
            self._said.put(None)
        until = time.monotonic() + _LONGEST * self.seconds
        while True:
            try:
                answer = self._said.get(timeout=min(self.seconds, max(0.0, until - time.monotonic())))
            except Empty:
                self.close()
                raise ReadError(
                    f"{path}: reading it took too long ({self.seconds:.0f} s) and was stopped; "
                    "split it, or give it as .txt"
                ) from None
            if answer is None:
                self.close()
                if not self.wanted():
                    raise Stopped("stopped")
                raise ReadError(
                    f"{path}: reading it ended the process that read, for want of memory or by a "
                    "fault in the file; save it anew, or as .txt"
                )
            if "error" in answer:
                raise ReadError(answer["error"])
            if "pages" not in answer:
                return answer
            pages(*answer["pages"])

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            # the passwords of the store are not for who opens strangers' files
            known = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
            self._process = process = subprocess.Popen(
                [sys.executable, "-P", "-X", "utf8", "-m", "api.uploads.child", str(self.memory), self.by],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=known,
                start_new_session=True,
            )
            self._said = Queue()
            threading.Thread(target=_pump, args=(process, self._said), daemon=True).start()
        return self._process


def _pump(process: subprocess.Popen[bytes], said: Queue[dict[str, Any] | None]) -> None:
    assert process.stdout is not None
    try:
        for line in process.stdout:
            said.put(json.loads(line))
    except ValueError:  # killed in the middle of a line, or closed
        pass
    said.put(None)
