"""Masks personal names in what is given to those who may not do research."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.callers import caller_of
from api.access.names import mask
from api.access.refusals import refuse
from api.settings import Settings

#: What is text all through, so that a name shows in it as it is.
_TEXTS = (
    "text/",
    "application/json",
    "application/problem+json",
    "application/x-ndjson",
    "application/xml",
    "application/graphml+xml",
    "application/ld+json",
    "application/javascript",
)
#: Each part of such an answer is one event, which is not to wait for the next.
_EVENTS = "text/event-stream"


def is_masked(request: Request) -> bool:
    """Does whoever asks get names of persons masked?"""
    settings: Settings = request.app.state.settings
    return settings.mask_names and "research" not in caller_of(request.scope).scopes


class Masks:
    """Middleware: 某 for each character of a name (see `names`), so that all places hold.

    An answer that is no text is refused (406), as a name in it could not be seen.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "research" in caller_of(scope).scopes:
            await self.app(scope, receive, send)
            return
        start: Message = {}
        kind, parts = "", list[bytes]()

        async def masked(message: Message) -> None:
            nonlocal start, kind
            if message["type"] == "http.response.start":
                start = message
                headers = MutableHeaders(scope=start)
                headers.add_vary_header("Authorization, Cookie")
                kind = headers.get("content-type", "")
                if kind.startswith(_EVENTS):
                    await send(start)
                return
            if kind.startswith(_EVENTS):
                await send({**message, "body": await _masked(message.get("body", b""), kind)})
                return
            parts.append(message.get("body", b""))
            if message.get("more_body", False):
                return
            if parts != [b""] and not kind.startswith(_TEXTS):
                await _refusal(scope, receive, send)
                return
            body = await _masked(b"".join(parts), kind)
            headers = MutableHeaders(scope=start)
            if "content-length" in headers:
                headers["content-length"] = str(len(body))
            del headers["etag"]  # it is that of the answer with the names
            await send(start)
            await send({"type": "http.response.body", "body": body})

        # packed answers could not be read
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, masked)


async def _masked(body: bytes, kind: str) -> bytes:
    text = _readable(body.decode("utf-8", "surrogateescape"), kind)
    return (await run_in_threadpool(mask, text)).encode("utf-8", "surrogateescape")


def _readable(text: str, kind: str) -> str:
    """The data within a page have Chinese as \\uXXXX; a script reads both alike."""
    if not kind.startswith("text/html"):
        return text
    return _ESCAPED.sub(lambda match: match[1] + chr(int(match[2], 16)), text)


#: One of the characters that names are of, after an even number of backslashes.
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\u([4-9][0-9a-fA-F]{3})")
_refusal = refuse(
    406,
    "姓名已隐去，只给文本格式 · names are masked, which only texts allow",
    "要 JSON 或 CSV · ask for JSON or CSV",
)
