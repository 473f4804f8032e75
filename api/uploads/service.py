"""The uploads of one service: opened when the first comes, or at the start where some are left."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from api.settings import Settings
from api.uploads.jobs import Jobs
from api.uploads.worker import Worker
from graph.store import GraphStore


class Uploads:
    """The jobs and who works them off. `leaving`: the service is about to end, so nobody is told any more."""

    def __init__(self, settings: Settings, store: Callable[[], GraphStore]) -> None:
        self.settings, self._store = settings, store
        self.leaving = False
        self._lock = threading.Lock()
        self._open: tuple[Jobs, Worker] | None = None

    @property
    def jobs(self) -> Jobs:
        """Raises JobsError."""
        return self._opened()[0]

    @property
    def worker(self) -> Worker:
        """Raises JobsError."""
        return self._opened()[1]

    def resume(self) -> None:
        """Go on with what was left when the service ended. Raises JobsError."""
        if (self.settings.data_dir / "uploads").is_dir():
            self._opened()

    def close(self) -> None:
        with self._lock:
            if self._open:
                jobs, worker = self._open
                worker.close()
                jobs.close()
                self._open = None

    def _opened(self) -> tuple[Jobs, Worker]:
        with self._lock:
            if self._open is None:
                jobs = Jobs(self.settings.data_dir / "uploads", self.settings.upload_days)
                self._open = jobs, Worker(jobs, self._store, self.settings)
            return self._open


def _uploads(request: Request) -> Uploads:
    found: Uploads = request.app.state.uploads
    return found


#: The uploads, as a parameter of a route.
TheUploads = Annotated[Uploads, Depends(_uploads)]
