"""Under which name and from which pages the service may be asked.

A page of another site can make its reader's browser ask a service on their own machine. Its own name that
points here (DNS rebinding) shows in Host; a form or script that is sent off blindly shows in Origin.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access.refusals import refuse
from api.settings import Settings, is_loopback

_SAFE = ("GET", "HEAD", "OPTIONS")
#: The cookie in which a browser keeps the key of who signed in.
COOKIE = "suyin_key"


def cookie_of(scope: Scope) -> str | None:
    """The key that a browser sends by itself; None where there is none, or another site's page is behind it.

    SameSite=Strict keeps other sites out, but not other ports and sister names of this one: their pages may
    lead here, and no more.
    """
    headers = Headers(scope=scope)
    key = HTTPConnection(scope).cookies.get(COOKIE)
    if not key or (headers.get("origin") is not None and not _is_own(headers, scope)):
        return None
    if headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
        return key
    leads_here = scope["method"] in _SAFE and headers.get("sec-fetch-mode") == "navigate"
    return key if leads_here else None


def _is_own(headers: Headers, scope: Scope) -> bool:
    return headers.get("origin", "").lower() == f"{scope['scheme']}://{headers.get('host', '').lower()}"


class Hosts:
    """Middleware: 421 for a Host that is not ours, 403 for a change that another site's page asks for."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.names = {_name(host) for host in (settings.host, *settings.hosts)} - {"0.0.0.0", "::"}
        self.origins = frozenset(settings.origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        hosts, origin = headers.getlist("host"), headers.get("origin")
        changes = scope["method"] not in _SAFE
        app: ASGIApp = self.app
        if len(hosts) != 1 or not self._is_ours(hosts[0], scope):
            app = refuse(
                421,
                "不是本服务的主机名 · the Host is none of this service",
                "用本机地址，或把它写进 SUYIN_HOSTS · ask by its address, or name it in SUYIN_HOSTS",
            )
        elif changes and origin is not None and origin not in self.origins and not _is_own(headers, scope):
            app = refuse(
                403,
                "别的网站不能代为更改 · a page of another site may not ask for this",
                "把它写进 SUYIN_ORIGINS · name it in SUYIN_ORIGINS",
            )
        elif changes and origin is None and _signed_in(headers, scope):
            app = refuse(
                403,
                "看不出是哪个网页要更改 · which page asks for this change is not said (Origin)",
                "程序请用 Authorization，不用 Cookie · programs send Authorization, no cookie",
            )
        await app(scope, receive, send)

    def _is_ours(self, host: str, scope: Scope) -> bool:
        name = _name(host)
        reached = (scope.get("server") or ("",))[0]  # the address that this connection came to
        return bool(name) and (name in self.names or name == _name(reached) or is_loopback(name))


def _signed_in(headers: Headers, scope: Scope) -> bool:
    """Is a cookie all that says who asks?"""
    return COOKIE in HTTPConnection(scope).cookies and "authorization" not in headers


@lru_cache(maxsize=100)
def _name(host: str) -> str:
    """Without the port and brackets, in small letters; empty where it is no host."""
    host = f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host
    try:
        parts = urlsplit(f"//{host}")
        return "" if parts.username or parts.path or parts.query else (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
