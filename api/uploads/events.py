"""What an upload tells of itself as it goes on: an event for each change, the last when it has ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from fastapi.sse import ServerSentEvent
from starlette.concurrency import run_in_threadpool

from api.uploads.jobs import Jobs
from api.uploads.models import Job, Upload

#: Seconds between two looks at the upload; it lies in memory.
_PAUSE = 0.2


async def tell(jobs: Jobs, job: Job, leaving: Callable[[], bool]) -> AsyncIterator[ServerSentEvent]:
    """`progress` for each change, `done` or `failed` once all has ended, `deleted` where somebody deleted it.

    Each brings the upload as it is then. Where the service is `leaving` the events just end.
    """
    told = None
    while not leaving():
        now = await run_in_threadpool(_look, jobs, job)
        if now != told:
            yield ServerSentEvent(event=now[0], data=now[1])
            told = now
        if now[0] != "progress":
            return
        await asyncio.sleep(_PAUSE)


def _look(jobs: Jobs, job: Job) -> tuple[str, Upload]:
    """The name of the event that would be told now, and the upload."""
    shown = job.shown()
    if jobs.get(job.id) is None:
        return "deleted", shown
    return shown.state if shown.state in ("done", "failed") else "progress", shown
