"""How much a request may bring: counted while it arrives, and refused before the rest is read."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.refusals import refuse

#: After an answer that came before the end of the body: bytes and seconds that are still taken and thrown
#: away, as a client that is still sending would not see an answer over which the connection is cut.
_DRAIN_BYTES, _DRAIN_SECONDS = 1_000_000, 2.0


#: The most bytes of a question in Cypher, whatever the limit of other requests is: it is parsed here.
_CYPHER = 1_000_000


class Bodies:
    """Middleware: 413 for more than `limit` bytes; `uploads`: the limit of POST /uploads.

    Cypher has a limit of its own, which `limit` may tighten and cannot loosen.
    """

    def __init__(self, app: ASGIApp, limit: int, uploads: int) -> None:
        self.app, self.limit, self.uploads = app, limit, uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        declared = headers.get("content-length", "")
        if not declared and "transfer-encoding" not in headers:
            await self.app(scope, receive, send)  # no body comes
            return
        limit = self._limit(scope["path"])
        body = _Body(receive, send, limit)
        refusal = refuse(
            413,
            f"请求超过 {limit:,} 字节 · the request has more than {limit:,} bytes",
            "分几次发送 · send less at a time",
        )
        if declared.isdecimal() and int(declared) > limit:
            await refusal(scope, body.receive, body.send)
            return
        try:
            await self.app(scope, body.receive, body.send)
        finally:
            if body.over and not body.begun:
                body.over = False
                await refusal(scope, body.receive, body.send)

    def _limit(self, path: str) -> int:
        if path.rstrip("/") == "/uploads":
            return self.uploads
        return min(self.limit, _CYPHER) if path.startswith("/cypher") else self.limit


class _Body:
    """One request's: what has come of it, and whether there is more."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self.limit = receive, send, limit
        self.size, self.more, self.over, self.begun = 0, True, False, False

    async def receive(self) -> Message:
        """As the server's; past the limit the client seems to be gone, and what is answered is not sent."""
        message = await self._receive()
        self.more = message["type"] == "http.request" and message.get("more_body", False)
        self.size += len(message.get("body", b""))
        self.over = self.over or self.size > self.limit
        return {"type": "http.disconnect"} if self.over else message

    async def send(self, message: Message) -> None:
        if self.over and not self.begun:
            return
        self.begun = True
        if self.more and message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Connection"] = "close"
        last = message["type"] == "http.response.body" and not message.get("more_body", False)
        if self.more and last:
            await self._send({**message, "more_body": True})
            with suppress(TimeoutError):
                await asyncio.wait_for(self._drain(), _DRAIN_SECONDS)
            message = {**message, "body": b""}
        await self._send(message)

    async def _drain(self) -> None:
        left = _DRAIN_BYTES
        while self.more and left > 0:
            message = await self._receive()
            self.more = message["type"] == "http.request" and message.get("more_body", False)
            left -= len(message.get("body", b""))
