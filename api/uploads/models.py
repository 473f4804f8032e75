"""What is kept and told of an upload."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

State = Literal["waiting", "reading", "loading", "done", "duplicate", "failed", "lost"]
#: States in which nothing more is done by itself.
ENDED: frozenset[State] = frozenset({"done", "duplicate", "failed", "lost"})


class UploadedFile(BaseModel):
    """一份报告 · One report of an upload."""

    number: int = Field(description="第几个 · its number in the upload, from 1")
    name: str = Field(description="文件名 · name of the file, with its path in an archive")
    size: int | None = Field(default=None, description="字节数 · bytes; null within an archive")
    state: State = Field(
        description="waiting 等待；reading 在读；loading 在装；done 已装入；"
        "duplicate 图中已有；failed 失败；lost 重启时丢失 · "
        "duplicate: the graph has it already; lost: in a restart"
    )
    report: str | None = Field(default=None, description="报告 id · id of the report that it is")
    status: Literal["loaded", "unchanged", "replaced"] | None = Field(
        default=None, description="图库做了什么 · what was done in the graph"
    )
    counts: dict[str, int] = Field(default_factory=dict, description="各类节点数 · nodes found, by label")
    warnings: list[str] = Field(default_factory=list, description="提示 · what the reading warns of")
    error: str | None = Field(default=None, description="失败的原因 · why it failed, and what to do")
    pages: tuple[int, int] | None = Field(default=None, description="扫描件已读、总页数 · pages read, in all")


class Upload(BaseModel):
    """一次上传 · An upload and how far it has come."""

    id: str
    made: str = Field(description="何时 · when, UTC")
    state: Literal["waiting", "working", "done", "failed"] = Field(
        description="failed：都已结束，有的失败 · failed: all have ended, some have failed or are lost"
    )
    done: int = Field(description="已结束的报告数 · reports that have ended")
    total: int = Field(description="共几份；压缩包打开后才知道 · in all; grows where an archive is opened")
    files: list[UploadedFile]


class Uploaded(BaseModel):
    """一页上传 · One page of the uploads, the newest first."""

    items: list[Upload]
    total: int = Field(description="共有多少 · how many there are in all")
    limit: int
    offset: int


class StoredFile(UploadedFile):
    """With what only the service needs: `path` below the job's folder, also into an archive; `sha256`: of the
    bytes that came; `tries`: how often reading was begun."""

    path: str
    sha256: str | None = None
    tries: int = 0

    @property
    def ended(self) -> bool:
        return self.state in ENDED


class Job(BaseModel):
    """An upload as it is kept. `owner`: id of a key, "" without one; `replace`: load also what is there."""

    id: str
    made: str
    owner: str
    replace: bool
    files: list[StoredFile]

    @property
    def ended(self) -> bool:
        return all(file.ended for file in self.files)

    def shown(self) -> Upload:
        """What is told of it."""
        state: Literal["waiting", "working", "done", "failed"]
        ended = [file for file in self.files if file.ended]
        if len(ended) == len(self.files):
            state = "failed" if any(f.state in ("failed", "lost") for f in ended) else "done"
        else:
            began = ended or any(file.state != "waiting" for file in self.files)
            state = "working" if began else "waiting"
        files = [UploadedFile(**file.model_dump(exclude={"path", "sha256", "tries"})) for file in self.files]
        return Upload(id=self.id, made=self.made, state=state, done=len(ended), total=len(files), files=files)
