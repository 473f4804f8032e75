"""A page: a template with its words in the language that its reader wants, under a policy of its own."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import Depends, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.templating import Jinja2Templates

from api.access.callers import caller_of
from api.lookups.kinds import BY_LABEL, KINDS
from api.models import ErrorBody
from api.site.addresses import page_of, query
from api.site.counted import Counted
from graph.schema import load_schema
from viz.shapes import SHAPES

Lang = Literal["zh", "en"]
#: The language that its reader chose last.
COOKIE = "suyin_lang"
#: Only what the package brings runs, and only this service is asked. A map stands in a frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
#: An address of a list or of the documentation, in what an error says.
_ADDRESS = re.compile(r"(/(?:browse/[a-z]+|docs)(?![\w/.{-]))")


class Page:
    """What a route answers with: `page("home.html", title=…, …)`."""

    def __init__(self, request: Request, lang: Lang | None = None) -> None:
        known = request.cookies.get(COOKIE)
        self.request, self.chosen = request, lang
        self.lang: Lang = lang or ("en" if known == "en" else "zh")

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """What pages say, by file and key."""
        return _words(self.lang)

    def named(self, thing: Any) -> str:
        """A category, type, unit or policy (`api.models.Named` and the like) in the language of the page."""
        english: str | None = getattr(thing, "name_en", None)
        return english if self.lang == "en" and english else str(thing.name)

    def __call__(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """The page. `title` is what its tab is called."""
        caller = caller_of(self.request.scope)
        answer: HTMLResponse = _templates().TemplateResponse(
            self.request,
            template,
            {
                **values,
                "lang": self.lang,
                "w": self.words,
                "named": self.named,
                "kinds": KINDS,
                "other_lang": self._other_address(),
                "caller": caller,
                "scopes": caller.scopes,
            },
            status_code=status,
            headers={"Content-Security-Policy": POLICY},
        )
        return self.remember(answer)

    def remember(self, answer: HTMLResponse) -> HTMLResponse:
        """The answer, after which the language that was chosen stays."""
        if self.chosen:
            answer.set_cookie(COOKIE, self.chosen, max_age=31_536_000, samesite="strict", httponly=True)
        return answer

    def _other_address(self) -> str:
        """This page in the other language."""
        given = [(name, value) for name, value in self.request.query_params.multi_items() if name != "lang"]
        return query(*given, ("lang", "zh" if self.lang == "en" else "en"))


def _page(
    request: Request, lang: Annotated[Lang | None, Query(description="语言 · language of the page")] = None
) -> Page:
    return Page(request, lang)


def _counted(request: Request) -> Counted:
    counted: Counted = request.app.state.counted
    return counted


#: What is counted apart from the requests, as a route's parameter.
TheCounted = Annotated[Counted, Depends(_counted)]
#: The page that a route answers with, as its parameter.
Pages = Annotated[Page, Depends(_page)]


def error_page(request: Request, body: ErrorBody) -> HTMLResponse:
    """What was wrong and what to do, for whoever reads it in a browser. It asks nothing of the store."""
    return Page(request)(
        "error.html",
        status=body.status,
        title=body.title,
        body=body,
        fix=[(piece, bool(i % 2)) for i, piece in enumerate(_ADDRESS.split(body.fix or ""))],
        wanted=_address(request) if request.method == "GET" else "",
    )


def _address(request: Request) -> str:
    """The address that was asked for, as it was sent."""
    path = request.scope.get("raw_path") or quote(request.url.path).encode()
    query_string = request.scope.get("query_string", b"")
    return bytes(path + (b"?" + query_string if query_string else b"")).decode("ascii", "replace")


@cache
def _templates() -> Jinja2Templates:
    environment = Environment(
        loader=PackageLoader("api"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        page_of=page_of, query=query, shapes=SHAPES, colors=_colors(), kind_of=BY_LABEL, schema=load_schema()
    )
    return Jinja2Templates(env=environment)


def _colors() -> dict[str, str]:
    return {name: label.color for name, label in load_schema().labels.items()}


@cache
def _words(lang: Lang) -> dict[str, dict[str, str]]:
    """words/NAME.toml has a line `key = ["中文", "English"]` for each thing that a page says."""
    index = 0 if lang == "zh" else 1
    found = {}
    for file in files("api").joinpath("site/words").iterdir():
        if file.name.endswith(".toml"):
            table = tomllib.loads(file.read_text("utf-8"))
            found[file.name.removesuffix(".toml")] = {key: said[index] for key, said in table.items()}
    return found
