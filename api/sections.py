"""Routes by the first word of their addresses, so that one is found without trying those of all others."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope

_START = re.compile(r"/[\w-]*")


class Section(APIRouter):
    """The routes whose addresses begin so: `/reports`."""

    def __init__(self, start: str) -> None:
        super().__init__()
        self.start = start

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if not scope["path"].startswith(scope.get("root_path", "") + self.start):
            return Match.NONE, {}
        return super().matches(scope)


def sections(routes: Iterable[APIRoute]) -> list[Section]:
    """All of the routes, by the first word; those of one word stay in their order."""
    found: dict[str, Section] = {}
    for route in routes:
        start = _START.match(route.path)
        assert start is not None, route.path
        found.setdefault(start[0], Section(start[0])).routes.append(route)
    return list(found.values())
