"""The one store of the service: opened at the start, shared by all requests."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from graph.store import GraphStore, StoreError

#: Seconds in which a database that was away is not tried again.
PAUSE = 3.0


class StoreHolder:
    """Holds the open store. Where the database was away at the start, a later request opens it."""

    def __init__(self, open_store: Callable[[], GraphStore]) -> None:
        self._open, self._lock = open_store, threading.Lock()
        self._store: GraphStore | None = None
        self._failed: StoreError | None = None
        self._tried = 0.0

    def get(self) -> GraphStore:
        """The store. Raises StoreError while the database is away."""
        with self._lock:
            if self._store is None:
                if self._failed and time.monotonic() - self._tried < PAUSE:
                    raise self._failed
                try:
                    self._store = self._open()
                except StoreError as err:
                    self._failed, self._tried = err, time.monotonic()
                    raise
            return self._store

    @property
    def opened(self) -> GraphStore | None:
        """The store, where it is open already: to be had without waiting."""
        return self._store

    def close(self) -> None:
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None


async def store_of(request: Request) -> GraphStore:
    """The store, opened where it was away. Raises StoreError."""
    holder: StoreHolder = request.app.state.stores
    store = holder.opened
    return store if store is not None else await run_in_threadpool(holder.get)


#: The store, as a parameter of a route.
Store = Annotated[GraphStore, Depends(store_of)]
