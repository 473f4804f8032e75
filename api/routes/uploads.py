"""/uploads: reports in, jobs with their progress, findings; and taking a report out again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import FileResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from api.access.callers import Caller, needs
from api.errors import NotFound
from api.models import ErrorBody
from api.paging import Limit, Offset
from api.stores import Store
from api.uploads.events import tell
from api.uploads.models import Job, StoredFile, Upload, Uploaded
from api.uploads.receiving import Receiver
from api.uploads.service import TheUploads, Uploads

router = APIRouter(tags=["上传 Uploads"], dependencies=[needs("write")])
#: A body that is taken while it arrives is described by hand.
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": "string", "format": "binary"},
                            "description": "报告文件，可以几个 · report files, one or many",
                        }
                    },
                }
            },
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
_REFUSED: dict[int | str, dict[str, Any]] = {
    code: {"model": ErrorBody, "description": says}
    for code, says in {
        413: "太大 · too large",
        415: "不能读 · cannot be read",
        507: "没有地方 · no room",
    }.items()
}
_CONFLICT: dict[int | str, dict[str, Any]] = {409: {"model": ErrorBody, "description": "现在不行 · not now"}}
_Writer = Annotated[Caller, needs("write")]


@router.post(
    "/uploads", status_code=202, summary="上传报告 · Upload reports", openapi_extra=_FORM, responses=_REFUSED
)
async def upload(
    request: Request,
    response: Response,
    uploads: TheUploads,
    caller: _Writer,
    *,
    name: Annotated[str, Query(max_length=300, description="正文就是文件时的名称 · of the body")] = "",
    replace: Annotated[bool, Query(description="图中已有的也装入 · also what the graph has")] = False,
) -> Upload:
    """表单里一个或几个文件，能读的格式都行，压缩包也行 · One file or many of any format; archives too.

    进度在 Location 所指之处 · Ask at Location how far it has come.

    图中已有的内容不再装入，换了格式也认得 · What the graph has already is known by its content, also in
    another format, and not loaded again.
    """
    jobs = await run_in_threadpool(lambda: uploads.jobs)
    if uploads.worker.waiting() >= uploads.settings.upload_queue:
        raise HTTPException(
            429, "等待的上传太多 · too many uploads wait; try again later", {"Retry-After": "30"}
        )
    place = jobs.prepare()
    receiver = Receiver(place, jobs, uploads.settings)
    try:
        files = await receiver.take(request, name)
        job = await run_in_threadpool(jobs.accept, place, files, owner=caller.key or "", replace=replace)
    except ClientDisconnect:
        raise HTTPException(400, "上传中断 · the upload broke off; send it anew") from None
    finally:
        receiver.close()
        if place.exists():  # it has another name now, where it was accepted
            await run_in_threadpool(jobs.discard, place)
    uploads.worker.submit(job)
    response.headers["Location"] = f"/uploads/{job.id}"
    return job.shown()


@router.get("/uploads", summary="有哪些上传 · Uploads")
def list_uploads(uploads: TheUploads, caller: _Writer, limit: Limit = 50, offset: Offset = 0) -> Uploaded:
    """自己的，新的在前；admin 见所有的 · One's own, the newest first; admin sees all."""
    found = [job for job in uploads.jobs.all() if _may(caller, job)]
    page = found[offset : offset + limit]
    return Uploaded(items=[job.shown() for job in page], total=len(found), limit=limit, offset=offset)


@router.get("/uploads/{upload_id}", summary="上传的进度 · How far an upload has come")
def one_upload(upload_id: str, uploads: TheUploads, caller: _Writer) -> Upload:
    """隔一两秒问一次；`state` 为 done 或 failed 即结束 · Ask every second or two, until done or failed."""
    return _job(uploads, upload_id, caller).shown()


def _asked(upload_id: str, uploads: TheUploads, caller: _Writer) -> Job:
    return _job(uploads, upload_id, caller)


@router.get(
    "/uploads/{upload_id}/events",
    response_class=EventSourceResponse,
    summary="上传的进度，有变化就告知 · An upload's progress, told as it happens",
)
async def upload_events(
    request: Request, uploads: TheUploads, job: Annotated[Job, Depends(_asked)]
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events：`progress`，最后是 `done`、`failed` 或 `deleted`，`data` 是那时的上传 ·
    `progress` for each change, at last `done`, `failed` or `deleted`; `data` is the upload as it is then.
    """
    async for event in tell(uploads.jobs, job, lambda: uploads.leaving):
        yield event
        if request.scope["state"].get("head"):  # only what stands above the events is wanted
            return


@router.get(
    "/uploads/{upload_id}/files/{number}/findings",
    response_class=FileResponse,
    summary="上传报告的发现 · What was found in a report",
    responses={200: {"content": {"application/json": {}}, "description": "suyin.findings/1"}},
)
def findings(upload_id: str, number: int, uploads: TheUploads, caller: _Writer) -> FileResponse:
    """与 suyin extract 写出的一样；重复的文件未读，则没有 · As suyin extract writes them."""
    job = _job(uploads, upload_id, caller)
    path = uploads.jobs.findings(job, _file(job, number))
    if not path.is_file():
        raise NotFound(f"file {number} has no findings; see /uploads/{upload_id}")
    return FileResponse(path, media_type="application/json")


@router.post(
    "/uploads/{upload_id}/retry",
    status_code=202,
    summary="失败的再试 · Try again what failed",
    responses=_CONFLICT,
)
def retry(upload_id: str, uploads: TheUploads, caller: _Writer) -> Upload:
    """只再读失败的文件 · Only what has failed; what was lost has to be sent again."""
    job = _job(uploads, upload_id, caller)
    if not job.ended:
        raise HTTPException(409, "还没有结束 · it has not ended; wait")
    again = [file for file in job.files if file.state == "failed"]
    if not again:
        raise HTTPException(409, "没有失败的文件 · nothing of it has failed; see its files")
    for file in again:
        file.state, file.error, file.tries = "waiting", None, 0
    uploads.jobs.save(job)
    uploads.worker.submit(job)
    return job.shown()


@router.delete("/uploads/{upload_id}", status_code=204, summary="删除上传 · Delete an upload")
def delete(
    upload_id: str,
    uploads: TheUploads,
    caller: _Writer,
    store: Store,
    reports: Annotated[bool, Query(description="连同报告 · with the reports that it loaded")] = False,
) -> None:
    """正在读的停下；没有装完的什么也不留 · What is being read is stopped; nothing is left half done."""
    job = _job(uploads, upload_id, caller)
    uploads.worker.drop(job)
    for file in job.files if reports else ():
        if file.status in ("loaded", "replaced") and file.report:
            store.delete_report(file.report)


@router.delete(
    "/reports/{report_id:part}",
    status_code=204,
    tags=["报告 Reports"],
    summary="从图中删除报告 · Take a report out of the graph",
)
def delete_report(report_id: str, store: Store) -> None:
    """连同只属于它的一切 · With all that no other report holds."""
    if not store.delete_report(report_id):
        raise NotFound(f"there is no report {report_id!r}; see /reports")


def _job(uploads: Uploads, upload_id: str, caller: Caller) -> Job:
    job = uploads.jobs.get(upload_id)
    if job is None or not _may(caller, job):
        raise NotFound(f"there is no upload {upload_id!r}; see /uploads")
    return job


def _may(caller: Caller, job: Job) -> bool:
    return "admin" in caller.scopes or job.owner == (caller.key or "")


def _file(job: Job, number: int) -> StoredFile:
    file = next((file for file in job.files if file.number == number), None)
    if file is None:
        raise NotFound(f"the upload has no file {number}; see /uploads/{job.id}")
    return file
