"""Takes the files of an upload while they arrive: into the folder of the job, counted, and looked at."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.settings import Settings
from api.uploads.jobs import Jobs
from api.uploads.models import StoredFile
from extract.readers.kinds import REPORT_SUFFIXES, kind_of
from extract.readers.limits import MAX_BYTES, WITH_PICTURES, ReadError

#: Bytes by which a file is known for what it is.
_HEAD = 4096
_TEXTS = frozenset(
    {".txt", ".text", ".md", ".csv", ".tsv", ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"}
)
_LONGEST_NAME = 180  # bytes; file systems take 255
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")


class Receiver:
    """The files of one request, written below `place`.

    All methods raise HTTPException: 413 for what is too large, 415 for what cannot be read, 422 for what is
    no upload, 507 where there is no room. `close` ends it, however it ended.
    """

    def __init__(self, place: Path, jobs: Jobs, settings: Settings) -> None:
        self.place, self.jobs, self.settings = place, jobs, settings
        self.files: list[StoredFile] = []
        self.taken = 0
        self._out: BinaryIO | None = None
        self._head = b""

    async def take(self, request: Request, name: str) -> list[StoredFile]:
        """The files of a form (multipart/form-data), or the body as the one file `name`."""
        kind, options = parse_options_header(request.headers.get("content-type", ""))
        if kind == "multipart/form-data":
            await self._form(request.stream(), options.get("boundary", ""))
        elif name:
            self._begin(name)
            async for chunk in request.stream():
                self._feed(chunk)
            self._end()
        else:
            raise HTTPException(
                415,
                "不是上传 · this is no upload; send a form of files "
                "(multipart/form-data), or a file as the body and its name as ?name=",
            )
        if not self.files:
            raise HTTPException(422, "没有文件 · the upload holds no file; give report files")
        return self.files

    def close(self) -> None:
        if self._out is not None:
            self._out.close()
        self.jobs.arrive(-self.taken)

    async def _form(self, chunks: AsyncIterator[bytes], boundary: str) -> None:
        if not boundary:
            raise HTTPException(
                422, "表单没有 boundary · the form names no boundary; let the client set Content-Type"
            )
        try:
            with PushMultipartParser(boundary, max_header_size=4096, strict=True) as parser:
                async for chunk in chunks:
                    for event in parser.parse(chunk) if chunk else ():
                        self._event(event)
        except MultipartError as err:
            raise HTTPException(422, f"表单有误 · the form is broken ({err}); send it anew") from err

    def _event(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        if isinstance(event, MultipartSegment):
            if event.filename is None:
                raise HTTPException(
                    422, f"{event.name!r} 不是文件 · the field {event.name!r} is no file; send files alone"
                )
            self._begin(event.filename)
        elif event is None:
            self._end()
        else:
            self._feed(event)

    def _begin(self, given: str) -> None:
        name = clean_name(given)
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in REPORT_SUFFIXES:
            raise HTTPException(
                415,
                f"{name}: 读不了 · files of this kind cannot be read; "
                f"give one of {' '.join(sorted(REPORT_SUFFIXES))}",
            )
        if len(self.files) >= self.settings.upload_files:
            raise HTTPException(
                413, f"多于 more than {self.settings.upload_files} files; send them in several uploads"
            )
        number = len(self.files) + 1
        path = f"files/{number}/{name}"
        (self.place / path).parent.mkdir()
        self.files.append(StoredFile(number=number, name=name, size=0, state="waiting", path=path))
        self._out, self._head, self._sum = (self.place / path).open("wb"), b"", hashlib.sha256()
        self._limit = MAX_BYTES * (1 if suffix in _TEXTS else WITH_PICTURES)

    def _feed(self, data: bytes | bytearray) -> None:
        file = self.files[-1]
        assert self._out is not None
        assert file.size is not None
        file.size += len(data)
        self.taken += len(data)
        kept = self.jobs.arrive(len(data))
        if file.size > self._limit:
            raise HTTPException(
                413,
                f"{file.name}: 太大 · more than {self._limit / 1e6:.0f} MB, which no "
                "report is; split it into one file a report",
            )
        if kept > self.settings.upload_room:
            raise HTTPException(507, "满了 · there is no room for more uploads; delete some that have failed")
        if len(self._head) < _HEAD:
            self._head += data[: _HEAD - len(self._head)]
            if len(self._head) == _HEAD:
                self._look()
        self._sum.update(data)
        self._out.write(data)

    def _end(self) -> None:
        file = self.files[-1]
        assert self._out is not None
        if len(self._head) < _HEAD:
            self._look()
        self._out.close()
        if not file.size:
            raise HTTPException(422, f"{file.name}: 空文件 · the file is empty; give a report with text")
        file.sha256 = self._sum.hexdigest()

    def _look(self) -> None:
        """Refuse what its first bytes show to be no report; office files and archives show at the end."""
        file = self.files[-1]
        if not self._head.startswith(_PACKED):
            try:
                kind_of(self._head, name=file.name, suffix=PurePosixPath(file.name).suffix.lower())
            except ReadError as err:
                raise HTTPException(415, str(err)) from err


def clean_name(given: str) -> str:
    """The name of a file as it may stand on a disk: no folder, no sign that cannot be seen, not too long."""
    last = re.split(r"[/\\]", given)[-1]
    name = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip().lstrip(".~$") or "report"
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    room = _LONGEST_NAME - len(dot + suffix[:16])
    return stem.encode("utf-8")[:room].decode("utf-8", "ignore") + dot + suffix[:16]
