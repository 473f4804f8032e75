"""What an address says before the routes see it: ids with a slash, and HEAD, which is GET without a body."""

from __future__ import annotations

from urllib.parse import quote, unquote_to_bytes

from starlette.convertors import Convertor, register_url_convertor
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Addresses:
    """The path as it was sent, so that `%2F` within an id is no border, and every GET answers HEAD too.

    Routes take ids as `{report_id:id}`, those that change something as `{report_id:part}`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def bare(message: Message, send: Send = send) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        inner = {**scope}
        if raw := scope.get("raw_path"):
            inner["path"] = "/".join(map(_part, raw.split(b"/")))
        if scope["method"] == "HEAD":
            inner["method"], send = "GET", bare
            inner.setdefault("state", {})["head"] = True
        try:
            await self.app(inner, receive, send)
        finally:
            scope["route"] = inner.get("route")  # for those who count what was asked for


def _part(part: bytes) -> str:
    """What stands between two slashes, decoded but for `/` and the `%` that would then be read again."""
    text = unquote_to_bytes(part).decode("utf-8", "replace")
    return text.replace("%", "%25").replace("/", "%2F")


class _Id(Convertor[str]):
    """An id, which may be any text. A slash that was not written as %2F is taken for one of the id's, too."""

    regex = ".*[^/]"  # an address may end in a slash

    def convert(self, value: str) -> str:
        return value.replace("%2F", "/").replace("%25", "%")

    def to_string(self, value: str) -> str:
        return quote(value, safe="")


class _Part(_Id):
    """An id whose slashes must be written as %2F: who changes something says exactly what."""

    regex = "[^/]+"


register_url_convertor("id", _Id())
register_url_convertor("part", _Part())
