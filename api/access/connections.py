"""Connections that cost nothing but patience: half-open ones, slow ones, and too many from one address.

uvicorn waits for ever for a request that has begun, for its body and for a client that does not read.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol as Served
else:
    Served = AutoHTTPProtocol

_TIMEOUT = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class BoundedProtocol(Served):
    """uvicorn's protocol with a clock on whatever the client has to do. Times in seconds."""

    #: From the connection, or the first byte of a further request, to the end of its head.
    head_limit = 10.0
    #: Without a byte of the body; and for all of it.
    body_pause, body_limit = 20.0, 1800.0
    #: In which the client takes at least so many bytes of an answer that waits for it.
    write_limit, write_least = 60.0, 60_000
    #: Connections of one address that is no trusted proxy; of all.
    per_address, in_all = 100, 1000

    _head: asyncio.TimerHandle | None = None
    _body: asyncio.TimerHandle | None = None
    _write: asyncio.TimerHandle | None = None
    _body_until = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        others = sum(1 for each in self.connections if _address(each) == _address(self))
        trusted = _address(self) in self.config.forwarded_allow_ips
        if len(self.connections) > self.in_all or (others > self.per_address and not trusted):
            transport.abort()
            return
        self._head = self.loop.call_later(self.head_limit, self._give_up)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._wait_for_reader()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._write = _cancelled(self._write)

    def connection_lost(self, exc: Exception | None) -> None:
        self._head, self._body, self._write = map(_cancelled, (self._head, self._body, self._write))
        super().connection_lost(exc)

    def _watch(self) -> None:
        """Set the clocks by what is waited for now: a head, a body, or nothing of the client."""
        self._body = _cancelled(self._body)
        now = self.loop.time()
        if self.cycle is None or self.cycle.response_complete:
            # between two requests uvicorn's own limit holds until a byte comes
            if self._head is None and self.timeout_keep_alive_task is None:
                self._head = self.loop.call_later(self.head_limit, self._give_up)
            self._body_until = 0.0
            return
        self._head = _cancelled(self._head)
        if self.cycle.more_body:
            self._body_until = self._body_until or now + self.body_limit
            pause = min(self.body_pause, max(0.0, self._body_until - now))
            self._body = self.loop.call_later(pause, self._give_up)

    def _wait_for_reader(self, left: int | None = None) -> None:
        """Again and again until `resume_writing`. `left`: bytes that waited the last time."""
        waiting = self.transport.get_write_buffer_size()
        if left is not None and waiting > left - self.write_least:
            self.transport.abort()
            return
        self._write = _cancelled(self._write)
        self._write = self.loop.call_later(self.write_limit, self._wait_for_reader, waiting)

    def _give_up(self) -> None:
        """Say 408 where no answer has begun, and close."""
        if self.transport.is_closing():
            return
        if self.flow.read_paused:  # it is we who are slow
            self._body = self.loop.call_later(self.body_pause, self._give_up)
        elif self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete:
            self.transport.abort()
        else:
            self.transport.write(_TIMEOUT)
            self.transport.close()


def _address(protocol: Any) -> str:
    return protocol.client[0] if protocol.client else ""


def _cancelled(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    """None, in the place of the timer."""
    if timer is not None:
        timer.cancel()
    return None
