"""What HTTP offers a client that asks again: an ETag on each answer, 304 where it has not changed, gzip."""

from __future__ import annotations

import hashlib
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Answers may be kept by the client alone, and must be asked for anew each time.
CACHE = "private, no-cache"


class Conditional:
    """Marks answers to GET with a weak ETag of their bytes, and answers 304 to who has them already.

    What is streamed without its length, or must not be stored, passes as it is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        known = re.findall(r'"[^"]*"|\*', Headers(scope=scope).get("if-none-match", ""))
        await self.app(scope, receive, _Marker(send, known).send)


class _Marker:
    """One answer on its way: held back until it is known whether it is sent."""

    def __init__(self, send: Send, known: list[str]) -> None:
        self.out, self.known = send, known
        self.start: Message | None = None  # held back
        self.body: list[bytes] = []

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            if (
                message["status"] != 200
                or "content-length" not in headers
                or "no-store" in headers.get("cache-control", "")
            ):
                await self.out(message)
            else:
                self.start = message
        elif self.start is None:
            await self.out(message)
        else:
            self.body.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._finish(self.start, b"".join(self.body))

    async def _finish(self, start: Message, body: bytes) -> None:
        headers = MutableHeaders(raw=start["headers"])
        if "etag" not in headers:
            headers["ETag"] = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers.setdefault("Cache-Control", CACHE)
        if headers["etag"].removeprefix("W/") in self.known or "*" in self.known:
            start["status"], body = 304, b""
            del headers["content-length"]
        await self.out(start)
        await self.out({"type": "http.response.body", "body": body})
