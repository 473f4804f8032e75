"""The documentation of the API without a CDN, and the headers of all that is HTML."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import NotFound

router = APIRouter(include_in_schema=False)
#: Swagger UI comes from the wheel fastapi-offline, which holds the files that FastAPI would fetch from a CDN.
_FILES = {
    "swagger-ui-bundle.js": "fastapi_offline",
    "swagger-ui.css": "fastapi_offline",
    "docs.js": "api",
    "docs.css": "api",
}
#: same-origin, for with no-referrer a form of our own pages would be sent with `Origin: null`.
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}
#: A map brings its own policy, which is stricter; both hold. The page of its report shows it in a frame.
_MAP_POLICY = "frame-ancestors 'self'; base-uri 'none'; form-action 'none'; connect-src 'none'"
_DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'"
)


@router.get("/docs")
def docs() -> FileResponse:
    return FileResponse(str(files("api") / "static" / "docs.html"))


@router.get("/docs/{name}")
def docs_file(name: str) -> FileResponse:
    if name not in _FILES:
        raise NotFound(f"there is no file {name!r}; see /docs")
    return FileResponse(str(files(_FILES[name]) / "static" / name))


class SafeHeaders:
    """Headers that keep a browser from guessing, framing and fetching. A page may bring its own policy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                headers.update(_HEADERS)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.setdefault(
                        "Content-Security-Policy", _DOCS_POLICY if scope["path"] == "/docs" else _MAP_POLICY
                    )
            await send(message)

        await self.app(scope, receive, marked)
