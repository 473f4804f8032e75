"""The uploads on disk: one folder each, with job.json, the files that came and the findings.

A folder has its final name only when it is complete, and job.json is replaced whole; so after a restart an
upload is there as it was, or it was never accepted.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from api.uploads.models import Job, StoredFile
from extract.documents import write_text
from extract.model import SuyinError

_COMING = ".coming-"
#: How often reading a file is begun where each time the service ended meanwhile.
_TRIES = 2


class JobsError(SuyinError):
    """The uploads cannot be kept."""

    status = 503


class Jobs:
    """All uploads; used by many threads. Raises JobsError where another service has the folder."""

    def __init__(self, folder: Path, days: float) -> None:
        self.folder, self.days = folder, days
        self.lock = threading.RLock()
        self._jobs: dict[str, Job] = {}
        self._coming = 0  # bytes of uploads that are arriving
        self._kept: dict[str, int] = {}  # bytes by job
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._owned = FileLock(folder / ".lock", timeout=0)
            self._owned.acquire()
        except Timeout:
            raise JobsError(
                "uploads: 别的服务在用这里 · another service keeps its uploads here; "
                "give each its own SUYIN_DATA_DIR"
            ) from None
        except OSError as err:
            raise JobsError(
                f"uploads: 无法保存 · cannot be kept ({err.strerror}); "
                "set SUYIN_DATA_DIR to a folder that can be written to"
            ) from err
        self._recover()

    def close(self) -> None:
        self._owned.release()

    def prepare(self) -> Path:
        """A new folder for what arrives: `accept` it, or `discard` it."""
        place = self.folder / f"{_COMING}{secrets.token_hex(8)}"
        (place / "files").mkdir(parents=True, mode=0o700)
        return place

    def accept(self, place: Path, files: list[StoredFile], *, owner: str, replace: bool) -> Job:
        """Keep what has arrived. Raises DocumentError, OSError where the disk is full."""
        job = Job(id=place.name.removeprefix(_COMING), made=_now(), owner=owner, replace=replace, files=files)
        write_text(place / "job.json", job.model_dump_json(indent=1))
        place.rename(self.folder / job.id)
        with self.lock:
            self._jobs[job.id] = job
            self._kept[job.id] = sum(file.size or 0 for file in files)
        return job

    def discard(self, place: Path) -> None:
        shutil.rmtree(place, ignore_errors=True)

    def arrive(self, size: int) -> int:
        """Count bytes as arriving (negative: they are not any more). Returns the bytes of all uploads."""
        with self.lock:
            self._coming += size
            return self._coming + sum(self._kept.values())

    def get(self, job_id: str) -> Job | None:
        with self.lock:
            return self._jobs.get(job_id)

    def all(self) -> list[Job]:
        """The newest first."""
        with self.lock:
            return sorted(self._jobs.values(), key=lambda job: (job.made, job.id), reverse=True)

    def path(self, job: Job, file: StoredFile) -> Path:
        return self.folder / job.id / file.path

    def findings(self, job: Job, file: StoredFile) -> Path:
        """Where the findings document of a file is, or will be."""
        return self.folder / job.id / "findings" / f"{file.number}.json"

    def save(self, job: Job) -> bool:
        """Write it; False where it was deleted meanwhile. What is loaded needs its file no more."""
        with self.lock:
            if job.id not in self._jobs:
                return False
            write_text(self.folder / job.id / "job.json", job.model_dump_json(indent=1))
            self._tidy(job)
            return True

    def delete(self, job_id: str) -> None:
        with self.lock:
            if self._jobs.pop(job_id, None):
                self._kept.pop(job_id, None)
                shutil.rmtree(self.folder / job_id, ignore_errors=True)

    def expire(self) -> None:
        """Delete what ended, or came, too long ago."""
        oldest = _now(-timedelta(days=self.days))
        for job in self.all():
            if job.ended and job.made < oldest:
                self.delete(job.id)

    def _tidy(self, job: Job) -> None:
        """Delete the files of which all reports are in the graph."""
        needed = {_top(file.path) for file in job.files if file.state not in ("done", "duplicate", "lost")}
        for place in (self.folder / job.id / "files").glob("*/*"):
            if place.relative_to(self.folder / job.id).as_posix() not in needed:
                with suppress(OSError):
                    place.unlink()
        self._kept[job.id] = sum(p.stat().st_size for p in (self.folder / job.id / "files").glob("*/*"))

    def _recover(self) -> None:
        """What was there when the service ended: what was being done is done again."""
        for place in self.folder.iterdir():
            if place.name.startswith(_COMING):
                self.discard(place)
            elif place.is_dir():
                try:
                    job = Job.model_validate_json((place / "job.json").read_text("utf-8"))
                except (OSError, ValidationError):  # a damaged disk; nothing says what it was
                    continue
                self._jobs[job.id] = job
                for file in job.files:
                    _resume(file, self.folder / job.id / _top(file.path))
                self.save(job)


def _resume(file: StoredFile, stored: Path) -> None:
    if file.ended and file.state != "failed":
        return
    if not stored.is_file():
        file.state, file.error = "lost", "服务重启时丢失 · lost in a restart of the service; send it again"
    elif file.state == "reading" and file.tries >= _TRIES:
        file.state = "failed"
        file.error = "读它时服务两次中断 · the service ended twice while this was read; retry it alone"
    elif not file.ended:
        file.state, file.pages = "waiting", None


def _top(path: str) -> str:
    """files/N/NAME of a path that may go on into an archive."""
    return "/".join(path.split("/")[:3])


def _now(later: timedelta = timedelta(0)) -> str:
    return (datetime.now(UTC) + later).isoformat(timespec="milliseconds")
