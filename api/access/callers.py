"""Who asks, by `Authorization: Bearer suyin_…` or the cookie of a browser, and what a route needs of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPBearer
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as Asked

from api.access.hosts import cookie_of
from api.access.keys import Key, KeyFile, KeyFileError
from api.access.refusals import refuse
from api.access.scopes import ALL, Scope, expand
from api.settings import Settings

#: What is told to everybody: whether the service is well, and how it is asked.
OPEN = (
    "/health",
    "/health/live",
    "/health/ready",
    "/docs",
    "/docs/{name}",
    "/browse/sign-in",
    "/browse/sign-out",
    "/browse/kinds.css",
)
#: A proxy puts one of these in; so whoever asks is perhaps not on this machine.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. `key`: the id of their key, None without one; `wrong`: they showed a key that is none."""

    name: str
    scopes: frozenset[Scope]
    key: str | None = None
    address: str = ""
    wrong: bool = False

    @property
    def may_all(self) -> bool:
        return self.scopes == ALL


class Callers:
    """Middleware that finds out who asks, for the routes and the middlewares within: `caller_of`."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.free, self.nobody = settings.free, "local" if settings.on_loopback else "public"
        self.keys = KeyFile(settings.keys_file)

    async def __call__(self, scope: Asked, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            try:
                scope.setdefault("state", {})["caller"] = self._who(scope)
            except KeyFileError:
                refusal = refuse(
                    503,
                    "无法读取密钥 · the keys cannot be read",
                    "suyin keys list 会说明 · suyin keys list says why",
                )
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _who(self, scope: Asked) -> Caller:
        headers = Headers(scope=scope)
        address = (scope.get("client") or ("",))[0]
        kind, _, token = headers.get("authorization", "").strip().partition(" ")
        if kind:
            key = self.keys.find(token.strip()) if kind.lower() == "bearer" else None
            if key is None:
                return Caller("?", frozenset(), address=address, wrong=True)
            return _holder(key, address)
        kept = cookie_of(scope)
        if kept and (key := self.keys.find(kept)):
            return _holder(key, address)
        # a cookie that has run out leaves its reader what all may do
        if self.settings.public is None and any(name in headers for name in _FORWARDED):
            return Caller("public", frozenset(), address=address, wrong=bool(kept))
        return Caller(self.nobody, self.free, address=address, wrong=bool(kept))


def _holder(key: Key, address: str) -> Caller:
    return Caller(key.name, expand(key.scopes), key.id, address)


def caller_of(scope: Any) -> Caller:
    """Who asks, of a request or an ASGI scope; nobody where no middleware has looked."""
    found = scope.get("state", {}).get("caller")
    return found if isinstance(found, Caller) else Caller("?", frozenset())


class Needs(HTTPBearer):
    """A dependency of routes: whoever asks holds this scope. Raises HTTPException 401 or 403.

    OpenAPI has a scheme for each scope at first; `wiring` makes one of them.
    """

    def __init__(self, scope: Scope) -> None:
        super().__init__(scheme_name=scope, auto_error=False)
        self.scope = scope

    async def __call__(self, request: Request) -> Caller:  # type: ignore[override]  # it finds the key itself
        caller = caller_of(request.scope)
        if self.scope in caller.scopes:
            return caller
        if caller.wrong:
            said = "密钥无效、过期或已撤销 · this key is unknown, expired or revoked"
        elif caller.key is None:
            said = f"需要有 {self.scope} 权限的密钥 · this needs a key with the scope {self.scope}"
        else:
            raise HTTPException(
                403,
                f"密钥没有 {self.scope} 权限 · the key lacks the scope {self.scope}; "
                "ask for one by: suyin keys create",
            )
        raise HTTPException(
            401,
            f"{said}; send it as Authorization: Bearer suyin_…",
            {"WWW-Authenticate": 'Bearer realm="suyin"'},
        )


def needs(scope: Scope) -> Any:
    """`dependencies=[needs("research")]` of a route or router, or `caller: Caller = needs("write")`."""
    return Depends(Needs(scope))


class MayRead(Needs):
    """The dependency of all routes: the scope read, but for what is told to everybody."""

    def __init__(self) -> None:
        super().__init__("read")

    async def __call__(self, request: Request) -> Caller:  # type: ignore[override]
        if request.scope["route"].path in OPEN:
            return caller_of(request.scope)
        return await super().__call__(request)
