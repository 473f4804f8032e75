"""Puts the middlewares of access round an app, and says in its description what needs a key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware

from api.access.audit import Audit
from api.access.bodies import Bodies
from api.access.callers import OPEN, Callers, Needs
from api.access.hosts import Hosts
from api.access.rates import Rates
from api.access.scopes import Scope
from api.settings import Settings


def add_access(app: FastAPI, settings: Settings) -> None:
    """Round all that the app has so far; the one that is named last sees a request first."""
    app.add_middleware(Bodies, limit=settings.body_size, uploads=settings.upload_size)
    app.add_middleware(Rates, settings=settings)
    app.add_middleware(Callers, settings=settings)
    if settings.origins:                                    # before the keys: a preflight brings none
        app.add_middleware(CORSMiddleware, allow_origins=settings.origins, allow_methods=["*"],
                           allow_headers=["Authorization", "Content-Type"], max_age=3600,
                           expose_headers=["ETag", "Link", "Location", "Retry-After"])
    app.add_middleware(Hosts, settings=settings)
    if settings.audit_file:
        app.add_middleware(Audit, file=settings.audit_file)
    _describe(app, settings)


def _describe(app: FastAPI, settings: Settings) -> None:
    """OpenAPI: a key at each operation that needs one from whoever has none."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            spec = plain()
            for route in app.routes:
                if isinstance(route, APIRoute) and (scope := _needed(route)) not in (None, *settings.free):
                    for method in (route.methods or set()) & {"GET", "POST", "PUT", "DELETE"}:
                        operation = spec["paths"].get(route.path_format, {}).get(method.lower())
                        if operation is not None:
                            operation["security"] = [{"key": []}]
                            operation["description"] = (
                                f"{operation.get('description', '')}\n\n权限 scope: `{scope}`").strip()
            if any("security" in each for path in spec["paths"].values() for each in path.values()):
                spec.setdefault("components", {})["securitySchemes"] = {"key": {
                    "type": "http", "scheme": "bearer", "description": "suyin keys create"}}
            app.openapi_schema = spec
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's way to extend it


def _needed(route: APIRoute) -> Scope | None:
    """The scope of a route; None of one that is for everybody."""
    named = [call.scope for call in _calls(route.dependant) if isinstance(call, Needs)]
    return named[0] if named else None if route.path in OPEN else "read"


def _calls(dependant: Dependant) -> Iterator[Any]:
    for each in dependant.dependencies:
        yield each.call
        yield from _calls(each)
