"""The list of files that failed, so that none is lost in silence and all can be tried again.

One plain file of JSON lines for all commands. A line is added as soon as a file fails, and another, with
`"done": true`, as soon as it succeeds; at the end those that succeeded are taken out. So a killed process
loses nothing, and two at once do not disturb each other. The file may be edited, or deleted to forget it all.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

from extract.documents import write_text
from extract.model import SuyinError
from extract.readers import MAX_BYTES, ReadError, read_bytes
from extract.readers.limits import WITH_PICTURES
from extract.reading import DEFAULT, ReaderName
from extract.runs.items import Item, Items, Place, find_items, find_items_to_load, place_documents

T = TypeVar("T")
Command = Literal["extract", "load"]
#: Command, target, file: one entry each.
Key = tuple[str, str, str]
#: Seconds to wait for another process that writes the list.
_PATIENCE = 20


class FailureListError(SuyinError):
    """The list of failures cannot be read or written; names it and the fix."""


class UnexpectedError(SuyinError):
    """A fault of Suyin's own in one of many files: the others go on."""


@dataclass(frozen=True, slots=True)
class Job:
    """What was to be done with a file, with absolute paths. `target`: a folder of documents, or the store."""

    command: Command
    target: str
    metadata: str | None = None
    report_id: str | None = None
    reader: ReaderName = DEFAULT

    @classmethod
    def of(
        cls,
        command: Command,
        target: Path | str,
        metadata: Path | None,
        report_id: str | None = None,
        reader: ReaderName = DEFAULT,
    ) -> Self:
        """Of what a command was given."""
        return cls(command, str(target), _absolute(metadata) if metadata else None, report_id, reader)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that failed. `reason` is one line, `when` is ISO 8601 in UTC, and so is `mtime`.

    `given`: the file itself, or the folder or archive that it was found in; `document`: where its findings
    were to go. What the file was then: `sha256`, or `size` in bytes and `mtime` where it could not be read.
    """

    file: str
    job: Job
    reason: str
    when: str
    given: str
    document: str | None = None
    sha256: str | None = None
    size: int | None = None
    mtime: str | None = None

    @property
    def key(self) -> Key:
        return self.job.command, self.job.target, self.file

    def to_dict(self) -> dict[str, Any]:
        """Flat, without what is None; ready for `json.dumps`."""
        values = {"file": self.file, **asdict(self.job), **asdict(self)}
        del values["job"]
        return {key: value for key, value in values.items() if value is not None}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Raises KeyError or TypeError where it is none."""
        names = {field.name for field in fields(Job)}
        job = Job(**{key: value for key, value in values.items() if key in names})
        return cls(job=job, **{key: value for key, value in values.items() if key not in names})


class FailureList:
    """The list in a file, which exists only while it has entries. Leaving the context takes out what is done.

    `faults`: what could not be read of it, a line each; `unrecorded`: how many failures could not be written.
    A list that cannot be read or written does not stop the work; that it could not be written stays known by
    an empty file beside it, `incomplete`, for which there is room on a full disk too.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.incomplete = path.with_name(f"{path.name}.incomplete")
        self.faults: list[str] = []
        self.unrecorded = 0
        self._left = self._read()
        self._done = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._done:
            with suppress(SuyinError):  # what is done is marked so already
                self._tidy()

    def __iter__(self) -> Iterator[Failure]:
        return iter(sorted(self._left.values(), key=lambda failure: failure.key))

    def __len__(self) -> int:
        return len(self._left)

    def by_job(self) -> dict[Job, list[Failure]]:
        """What failed, by what was to be done."""
        jobs: dict[Job, list[Failure]] = {}
        for failure in self:
            jobs.setdefault(failure.job, []).append(failure)
        return jobs

    def watch(
        self, job: Job, work: Callable[[Item], T], documents: Place | None = None
    ) -> Callable[[Item], T]:
        """`work` that keeps the list: failures are added, successes taken out. Raises SuyinError only.

        `documents`: where the findings of each file go.
        """

        def watched(item: Item) -> T:
            try:
                result = work(item)
            except Exception as error:
                raise self._failed(job, item, error, documents(item) if documents else None) from error
            self._succeeded(job, item)
            return result

        return watched

    def _failed(self, job: Job, item: Item, error: Exception, document: Path | None) -> SuyinError:
        """Add it to the list. Returns the error that the user is to see."""
        told = error if isinstance(error, SuyinError) else unexpected(item.file, error)
        if str(item.file) not in str(told):
            told = SuyinError(f"{item.file}: {told}")
        failure = Failure(
            _absolute(item.file), job, _reason(item.file, told), _now(), _absolute(item.given),
            _absolute(document) if document else None, **_fingerprint(item.file),
        )  # fmt: skip
        self._left[failure.key] = failure
        try:
            self._append(failure.to_dict())
        except FailureListError as full:
            self.unrecorded += 1
            with suppress(OSError):
                self.incomplete.touch()
            return SuyinError(f"{told}; this is not recorded, for {full}")
        return told

    def _succeeded(self, job: Job, item: Item) -> None:
        """Take out the file, and the archive or folder round it that failed as a whole."""
        for path in (item.file, *item.file.parents):
            key = (job.command, job.target, _absolute(path))
            if self._left.pop(key, None):
                self._done = True
                with suppress(FailureListError):  # then it stays listed until it succeeds again
                    self._append({"command": key[0], "target": key[1], "file": key[2], "done": True})

    def _read(self) -> dict[Key, Failure]:
        left: dict[Key, Failure] = {}
        self.faults.clear()
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").split("\n")
        except FileNotFoundError:
            lines = []
        except OSError as error:
            lines = []
            self.faults.append(f"{self.path}: cannot be read ({error.strerror}); check its permissions, "
                               "or set SUYIN_DATA_DIR to another folder")  # fmt: skip
        if self.incomplete.exists():
            self.faults.append(f"{self.incomplete}: some failures could not be written into the list (was "
                               "the disk full?); give their files again, then delete this one")  # fmt: skip
        for number, line in enumerate(lines, 1):
            if line:
                try:
                    values = json.loads(line)
                    if values.get("done"):
                        left.pop((values["command"], values["target"], values["file"]), None)
                    else:
                        failure = Failure.from_dict(values)
                        left[failure.key] = failure
                except (ValueError, KeyError, TypeError, AttributeError):  # a machine that lost its power
                    self.faults.append(f"{self.path}: line {number} is damaged and left out; delete it")
        return left

    def _append(self, values: Mapping[str, Any]) -> None:
        """Add a whole line or nothing. Raises FailureListError."""
        line = json.dumps(values, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        with self._locked(), self.path.open("ab+", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            if end:
                file.seek(-1, os.SEEK_END)
                line = line if file.read(1) == b"\n" else b"\n" + line
            if file.write(line) < len(line):
                file.truncate(end)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _tidy(self) -> None:
        """Write the list anew without what is done; an empty one is deleted. Raises SuyinError."""
        with self._locked():
            left = self._read()  # with what other processes have added
            if left:
                lines = [json.dumps(failure.to_dict(), ensure_ascii=False) for failure in left.values()]
                write_text(self.path, "\n".join(lines) + "\n")
            else:
                self.path.unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One process writes at a time. Raises FailureListError for all that goes wrong in the block."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            from filelock import FileLock  # noqa: PLC0415 - the commands need not wait for it

            with FileLock(f"{self.path}.lock", timeout=_PATIENCE):
                yield
        except OSError as error:  # also that of the lock
            raise FailureListError(
                f"{self.path} cannot be written ({error.strerror or 'it is locked'}); "
                "make room, or set SUYIN_DATA_DIR to another folder") from error  # fmt: skip


def what_to_retry(failures: Iterable[Failure]) -> tuple[Items, Place]:
    """The files of one job that failed, and where the findings of each go.

    An archive or folder that failed as a whole may have reports now; their documents are placed as for a
    first run.
    """
    items: dict[Path, Item] = {}
    documents: dict[Path, Path] = {}
    for failure in failures:
        path = Path(failure.file)
        again = find_items_to_load([path]) if failure.job.command == "load" else find_items([path])
        found = Items(Item(item.file, Path(failure.given)) for item in again)
        items |= {item.file: item for item in found}
        if failure.document and [str(item.file) for item in found] == [failure.file]:
            documents[path] = Path(failure.document)
        elif failure.document:
            place = place_documents(found, Path(failure.job.target))
            documents |= {item.file: place(item) for item in found}
    return Items(items.values()), lambda item: documents[item.file]


def unexpected(file: Path, error: Exception) -> UnexpectedError:
    at = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(at.filename).name}, line {at.lineno}"
    return UnexpectedError(
        f"{file}: unexpected {type(error).__name__} in {where} ({error}); report it as a fault of Suyin"
    )


def _reason(file: Path, error: SuyinError) -> str:
    """In one line, without the name of the file."""
    return " ".join(str(error).removeprefix(f"{file}: ").split())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _absolute(path: Path) -> str:
    return os.path.abspath(path)  # resolve() would also follow links


def _fingerprint(file: Path) -> dict[str, Any]:
    """What the file is now: its sha256, else size and time of change, else nothing."""
    with suppress(ReadError, OSError):
        if file.is_file() or not file.exists():  # a pipe can be read once; what is in an archive is no file
            return {"sha256": hashlib.sha256(read_bytes(file, MAX_BYTES * WITH_PICTURES)).hexdigest()}
    with suppress(OSError):
        now = file.stat()
        changed = datetime.fromtimestamp(now.st_mtime, UTC).isoformat(timespec="seconds")
        return {"size": now.st_size, "mtime": changed}
    return {}
