"""Waiting for a database that has gone away, as in a restart, instead of failing at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from graph.errors import StoreAwayError

T = TypeVar("T")
#: Seconds to wait each time that a database is away; seconds between tries, at first and at most.
PATIENCE, FIRST, LAST = 60.0, 0.5, 8.0


class Patience:
    """`seconds` for each time the database is away; `tell` is given a line when a wait begins."""

    def __init__(self, seconds: float = PATIENCE, tell: Callable[[str], object] = lambda line: None) -> None:
        self.seconds, self.tell = seconds, tell
        self._since: float | None = None  # the first failure of this time
        self._closed = threading.Event()

    def insist(self, work: Callable[[], T]) -> T:
        """Do the work, again and again while no database answers. At the end of patience: StoreAwayError.

        After that a try is made without waiting.
        """
        pause = FIRST
        while True:
            try:
                result = work()
            except StoreAwayError as err:
                if not self._wait(pause, err):
                    raise
                pause = min(2 * pause, LAST)
            else:
                self._since = None
                return result

    def close(self) -> None:
        """Wait no more, also in a thread that does."""
        self._closed.set()

    def _wait(self, pause: float, err: StoreAwayError) -> bool:
        if self._since is None:
            self._since = time.monotonic()
            if self.seconds:
                self.tell(f"{err}; waiting for it, up to {self.seconds:.0f} s")
        left = self._since + self.seconds - time.monotonic()
        return left > 0 and not self._closed.wait(min(pause, left))
