"""Counts the bytes that a database sends, and hangs up at the limit: one row may be larger than memory."""

from __future__ import annotations

from typing import Any

import neo4j


class Meter:
    """`is_over`: the limit was passed, and what was being read failed with an OSError."""

    def __init__(self, limit: int) -> None:
        self.limit = self._left = limit

    @property
    def is_over(self) -> bool:
        return self._left < 0

    def watch(self, tx: neo4j.AsyncTransaction) -> None:
        """Count what comes for this transaction. The driver has no such limit, so its socket is watched."""
        socket = tx._connection.socket
        receive = socket.recv_into

        async def counted(buffer: Any, count: int) -> int:
            received: int = await receive(buffer, count)
            self._left -= received
            if self.is_over:
                raise OSError("the answer is too large")
            return received

        socket.recv_into = counted
