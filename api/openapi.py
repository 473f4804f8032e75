"""The specification beyond what the routes say: errors as RFC 9457 has them, and links between operations."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api.lookups.kinds import KINDS
from api.models import ErrorBody

_ERROR = "application/problem+json"
_SCHEMA = {"$ref": "#/components/schemas/ErrorBody"}
_ETAG = {
    "description": "用作 If-None-Match，未变则答 304 · sent as If-None-Match, 304 says: unchanged",
    "schema": {"type": "string"},
}


def unique_id(route: APIRoute) -> str:
    """The operationId: the name of the route's function, so no two may have one name."""
    return route.name


def describe(app: FastAPI) -> None:
    """Let the app make its specification so, once."""

    def made() -> dict[str, Any]:
        if app.openapi_schema is None:
            spec = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes
            )
            _add_errors(spec)
            for name, examples in json.loads((files("api") / "examples.json").read_text("utf-8")).items():
                spec["components"]["schemas"][name]["examples"] = examples
            _add_links(spec)
            app.openapi_schema = spec
        return app.openapi_schema

    app.openapi = made  # type: ignore[method-assign]


def _add_errors(spec: dict[str, Any]) -> None:
    schemas = spec["components"]["schemas"]
    whole = ErrorBody.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= whole.pop("$defs", {}) | {"ErrorBody": whole}
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for path in spec["paths"].values():
        for method, operation in path.items():
            if "requestBody" in operation:
                operation["responses"]["400"] = {"description": "正文不是 JSON · the body is no JSON"}
            for status, response in operation["responses"].items():
                if status >= "400":
                    response["content"] = {_ERROR: {"schema": _SCHEMA}}
            if method == "get" and "text/event-stream" not in operation["responses"]["200"]["content"]:
                operation["responses"]["200"].setdefault("headers", {})["ETag"] = _ETAG
                operation["responses"]["304"] = {"description": "未变 · unchanged since the ETag sent"}


def _add_links(spec: dict[str, Any]) -> None:
    """From a list to the first of its things, from a thing to the lists of its neighbours and its report."""
    operations = {
        operation["operationId"]: operation for path in spec["paths"].values() for operation in path.values()
    }

    def link(source: str, name: str, target: str, parameters: dict[str, str], says: str) -> None:
        links = operations[source]["responses"]["200"].setdefault("links", {})
        links[name] = {"operationId": target, "parameters": parameters, "description": says}

    for kind in KINDS:
        one, id_ = f"get_{kind.one}", f"{kind.one}_id"
        link(
            f"list_{kind.name}",
            kind.one,
            one,
            {f"path.{id_}": "$response.body#/items/0/id"},
            f"第一个 · the first {kind.one}",
        )
        for other in KINDS:
            if kind.one in other.filters and other is not kind:
                link(
                    one,
                    other.name,
                    f"list_{other.name}",
                    {f"query.{kind.one}": "$response.body#/id"},
                    f"相邻的{other.zh} · its {other.en.lower()}",
                )
        if kind.report:
            link(
                one,
                "report",
                "get_report",
                {"path.report_id": "$response.body#/report/id"},
                "报告 · its report",
            )
        if kind.label != "Report":
            link(one, "quotes", "quotes", {"path.id": "$response.body#/id"}, "出处 · where it stands")
    for name in ("causes", "recommendations"):
        link(
            "get_problem",
            f"own_{name}",
            f"problem_{name}",
            {"path.problem_id": "$response.body#/id"},
            f"{name} of the problem",
        )
    for name in ("text", "graph", "map"):
        link(
            "get_report",
            name,
            f"report_{name}",
            {"path.report_id": "$response.body#/id"},
            f"{name} of the report",
        )
