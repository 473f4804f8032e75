"""Puts the middlewares of access round an app, and says in its description what needs a key."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api.access.audit import Audit
from api.access.bodies import Bodies
from api.access.callers import OPEN, Callers
from api.access.hosts import Hosts
from api.access.rates import Rates
from api.settings import Settings


def add_access(app: FastAPI, settings: Settings) -> None:
    """Round all that the app has so far; the one that is named last sees a request first."""
    app.add_middleware(Bodies, limit=settings.body_size, uploads=settings.upload_size)
    app.add_middleware(Rates, settings=settings)
    app.add_middleware(Callers, settings=settings)
    if settings.origins:  # before the keys: a preflight brings none
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=["*"],
            allow_headers=["Authorization", "Content-Type"],
            max_age=3600,
            expose_headers=["ETag", "Link", "Location", "Retry-After"],
        )
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
            needed = [
                _mark(path, operation, settings)
                for path, methods in spec["paths"].items()
                for operation in methods.values()
            ]
            schemes = {"key": {"type": "http", "scheme": "bearer", "description": "suyin keys create"}}
            spec["components"].pop("securitySchemes", None)
            if any(needed):
                spec["components"]["securitySchemes"] = schemes
            app.openapi_schema = spec
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's way to extend it


def _mark(path: str, operation: dict[str, Any], settings: Settings) -> bool:
    """Write down which scope an operation needs. Returns whether that takes a key."""
    scopes = [name for need in operation.pop("security", ()) for name in need]
    if not scopes or path in OPEN:
        return False
    scope = next((name for name in scopes if name != "read"), "read")
    if scope in settings.free:
        return False
    operation["security"] = [{"key": []}]
    operation["description"] = f"{operation.get('description', '')}\n\n权限 scope: `{scope}`".strip()
    return True
