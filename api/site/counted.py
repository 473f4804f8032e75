"""What reads much of the graph: made once for a state of it, in a thread of its own while requests go on."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")
#: Seconds after which a thing is made anew though its state is the same: a report may have been replaced.
AGE = 300.0
#: Seconds that a request waits where nothing is there yet, and for something newer than there is.
FIRST, NEWER = 0.8, 0.3
#: So many things are kept, those asked for last.
_MOST = 200


@dataclass(slots=True)
class _Entry:
    state: object
    making: Future[Any]
    since: float = field(default_factory=time.monotonic)
    known: Any = None  # of the state before

    def is_over(self, state: object) -> bool:
        return self.making.done() and bool(
            self.state != state or time.monotonic() - self.since > AGE or self.making.exception()
        )


class Counted:
    """Things by name, each with the state of the graph that it was made for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()

    def get(self, name: Hashable, state: object, make: Callable[[], T]) -> T | None:
        """The thing, or the one of shortly before; None while it is first made. Raises what `make` raises."""
        with self._lock:
            entry = self._entries.get(name)
            if entry is None or entry.is_over(state):
                known = entry.known if entry else None
                if entry and not entry.making.exception():
                    known = entry.making.result()
                entry = self._entries[name] = _Entry(state, Future(), known=known)
                threading.Thread(target=self._make, args=(make, entry.making), daemon=True).start()
            self._entries.move_to_end(name)
            while len(self._entries) > _MOST:
                self._entries.popitem(last=False)
        try:
            found: T = entry.making.result(FIRST if entry.known is None else NEWER)
        except NotYet:
            earlier: T | None = entry.known
            return earlier
        return found

    def _make(self, make: Callable[[], Any], making: Future[Any]) -> None:
        """One after the other: what is counted must leave the database to those who read."""
        try:
            with self._turn:
                found = make()
        except BaseException as error:  # noqa: BLE001 - whoever asks is told
            making.set_exception(error)
        else:
            making.set_result(found)
