"""A key, entered once in a browser and kept there in a cookie that no script reads."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.access.callers import caller_of
from api.access.hosts import COOKIE, cookie_of
from api.access.keys import Key, KeyFile
from api.settings import Settings
from api.site.forms import Form
from api.site.page import Page, Pages

router = APIRouter(include_in_schema=False)
#: Seconds that a browser keeps a key where its user says so; else until it is closed.
_LONG = 30 * 86_400
#: An address of ours, and no `//elsewhere`.
_OWN = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f]*")
Next = Annotated[str, Query(max_length=4000, description="随后去哪里 · where to go then")]


@router.get("/browse/sign-in")
def sign_in(page: Pages, next: Next = "") -> Response:
    """The form; who is signed in already goes on at once, as when a link of another site led here."""
    if next and caller_of(page.request.scope).key and cookie_of(page.request.scope):
        return _to(next)
    return _form(page, next)


@router.post("/browse/sign-in")
def enter(page: Pages, form: Form) -> Response:
    """Raises KeyFileError."""
    settings: Settings = page.request.app.state.settings
    token, wanted = form.get("key", "").strip(), form.get("next", "")
    key = KeyFile(settings.keys_file).find(token)
    if key is None:
        return _form(page, wanted, status=401, wrong=bool(token))
    answer = _to(wanted)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=_seconds(key) if form.get("keep") else None,
        httponly=True,
        samesite="strict",
        secure=page.request.url.scheme == "https",
    )
    return answer


@router.post("/browse/sign-out")
def sign_out(request: Request) -> Response:
    answer = _to("/browse/sign-in")
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return answer


def _form(page: Page, wanted: str, *, status: int = 200, wrong: bool = False) -> Response:
    answer = page(
        "sign-in.html", status=status, title=page.words["sign-in"]["title"], next=_own(wanted), wrong=wrong
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _to(address: str) -> Response:
    """On to a page, which is then asked for by GET."""
    return RedirectResponse(_own(address), 303, {"Cache-Control": "no-store"})


def _own(address: str) -> str:
    return address if _OWN.fullmatch(address) else "/"


def _seconds(key: Key) -> int:
    """No longer than the key itself."""
    if key.expires is None:
        return _LONG
    left = datetime.fromisoformat(key.expires) - datetime.now(UTC)
    return max(1, min(_LONG, int(left.total_seconds())))
