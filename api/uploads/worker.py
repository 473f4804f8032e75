"""The thread that works off the uploads, one report after the other: read, compare, load."""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path

from api.access.redaction import redact
from api.settings import Settings
from api.uploads.jobs import Jobs
from api.uploads.models import Job, StoredFile
from api.uploads.reader import SafeReader, Stopped
from extract.documents import make_folder
from extract.model import Findings, SuyinError
from graph.load import load_many
from graph.store import GraphStore

log = logging.getLogger("suyin.uploads")
#: Seconds without an upload after which the process that reads is ended: the trained reader takes memory.
_IDLE = 60.0
#: Seconds to wait for what is being written into the store; the transaction is whole or not at all.
_PATIENCE = 20.0
#: Is a report of these bytes there? And one of this text, which came as another file?
_SAME_BYTES = "MATCH (r:Report) WHERE r.sha256 = $sha256 RETURN r.id AS id ORDER BY id LIMIT 1"
_SAME_TEXT = "MATCH (r:Report {id: $id}) RETURN r.sha256 AS sha256"


class Worker:
    """Works off `jobs` in a thread. `store`: gives the open store; raises StoreError while it is away."""

    def __init__(self, jobs: Jobs, store: Callable[[], GraphStore], settings: Settings) -> None:
        self.jobs, self.store, self.settings = jobs, store, settings
        self.reader = SafeReader(
            settings.reading_seconds, settings.reading_memory, settings.reader, self._is_wanted
        )
        self._queue: deque[str] = deque(job.id for job in reversed(jobs.all()) if not job.ended)
        self._wake = threading.Condition()
        self._ending = False
        self._current: str | None = None
        self._thread = threading.Thread(target=self._run, name="suyin-uploads", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> None:
        """Let it be worked off when it is its turn."""
        with self._wake:
            if job.id not in self._queue:
                self._queue.append(job.id)
            self._wake.notify_all()

    def waiting(self) -> int:
        """Uploads that have not ended."""
        with self._wake:
            return len(self._queue) + (self._current is not None)

    def drop(self, job: Job) -> None:
        """Delete an upload; what is being read of it is stopped. Returns when nothing of it is being done."""
        self.jobs.delete(job.id)
        with self._wake:
            if job.id in self._queue:
                self._queue.remove(job.id)
            if self._current == job.id:
                self.reader.stop()
            self._wake.wait_for(lambda: self._current != job.id, _PATIENCE)

    def close(self) -> None:
        """Stop; what was being read is read again after the next start."""
        with self._wake:
            self._ending = True
            self._wake.notify_all()
        self.reader.stop()
        self._thread.join(_PATIENCE)
        self.reader.close()

    def _is_wanted(self) -> bool:
        """Is the current upload still there, and the service to go on?"""
        return not self._ending and self._current is not None and self.jobs.get(self._current) is not None

    def _run(self) -> None:
        while not self._ending:
            with self._wake:
                if not self._queue and not self._wake.wait_for(lambda: self._queue or self._ending, _IDLE):
                    self.reader.close()
                if not self._queue or self._ending:
                    continue
                self._current = self._queue.popleft()
            try:
                self._work_off(self._current)
            except Exception as error:  # noqa: BLE001 - a full disk; the next upload has its chance
                self._abandon(self._current, error)
            finally:
                with self._wake:
                    self._current = None
                    self._wake.notify_all()

    def _work_off(self, job_id: str) -> None:
        self.jobs.expire()
        while job := self.jobs.get(job_id):
            file = next((file for file in job.files if not file.ended), None)
            if file is None or self._ending:
                return
            try:
                self._do(job, file)
            except Stopped:  # the service ends, or the upload was deleted
                file.tries -= file.state == "reading"
                file.state = "waiting"
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one, the others go on
                file.state, file.error, file.pages = "failed", self._why(job, error), None
            self.jobs.save(job)

    def _abandon(self, job_id: str, error: Exception) -> None:
        """What could not even be written down as failed; after a restart it is begun anew."""
        log.error("upload %s", job_id, exc_info=error)
        job = self.jobs.get(job_id)
        for file in job.files if job else ():
            if job and not file.ended:
                file.state, file.error, file.pages = "failed", self._why(job, error), None

    def _do(self, job: Job, file: StoredFile) -> None:
        """One report, or the opening of one archive."""
        path = self.jobs.path(job, file)
        if path.suffix.lower() == ".zip" and path.is_file() and self._open(job, file, path):
            return
        if not job.replace and file.sha256 and (known := self.store().read(_SAME_BYTES, sha256=file.sha256)):
            file.state, file.report = "duplicate", known[0]["id"]
            return
        file.state, file.tries, file.error = "reading", file.tries + 1, None
        self.jobs.save(job)
        out = self.jobs.findings(job, file)
        make_folder(out.parent)

        def pages(read: int, in_all: int) -> None:
            file.pages = (read, in_all)

        findings = self.reader.read(path, out, pages)
        self._tell(file, findings)
        if not job.replace and (known := self.store().read(_SAME_TEXT, id=findings.report.id)):
            # the same bytes in an archive, or the same text in another format
            file.state = "duplicate"
            return
        file.state = "loading"
        if self.jobs.save(job):
            [outcome] = load_many([findings], self.store())
            if isinstance(outcome, Exception):
                raise outcome
            file.state, file.status = "done", outcome.status

    def _open(self, job: Job, archive: StoredFile, path: Path) -> bool:
        """Put the reports of an archive in its place. False where there are none: reading it says why."""
        room = self.settings.upload_files - len(job.files) + 1
        reports = [each for each in self.reader.list_reports(path, room + 1) if each != path]
        if len(reports) > room:
            raise SuyinError(f"{path}: holds more than {room} reports; send it in parts")
        if not reports:
            return False
        folder = self.jobs.folder / job.id
        new = [
            StoredFile(
                number=0,
                name=f"{archive.name}/{each.relative_to(path).as_posix()}",
                state="waiting",
                path=each.relative_to(folder).as_posix(),
            )
            for each in reports
        ]
        at = job.files.index(archive)
        files = [*job.files[:at], *new, *job.files[at + 1 :]]
        for number, file in enumerate(files, 1):
            file.number = number
        job.files[:] = files
        return True

    @staticmethod
    def _tell(file: StoredFile, findings: Findings) -> None:
        file.pages, file.report = None, findings.report.id
        file.warnings = list(findings.report.warnings)
        file.counts = dict(Counter(node.label for node in findings.nodes))

    def _why(self, job: Job, error: Exception) -> str:
        """In one line without the places of our disk."""
        if not isinstance(error, SuyinError):
            log.error("upload %s", job.id, exc_info=error)
            return f"意外错误 · unexpected {type(error).__name__}; see the log of the service"
        text = str(error).replace(f"{self.jobs.folder / job.id}/", "")
        return redact(" ".join(text.split()))
