"""What is seen of the service from outside: an id for each request, a line in the log, figures."""

from __future__ import annotations

import logging
import re
import time
import uuid

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, clear_contextvars

log = logging.getLogger("suyin.requests")
HEADER = "X-Request-ID"
#: What a client may name its request; else it is given a name.
_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)


class Figures:
    """The metrics of one service, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        self.requests = Counter(
            "suyin_http_requests", "requests answered", ("method", "route", "status"), registry=registry
        )
        self.seconds = Histogram(
            "suyin_http_request_seconds",
            "from the request to the end of its answer",
            ("method", "route"),
            buckets=_SECONDS,
            registry=registry,
        )
        self.now = Gauge("suyin_http_requests_in_progress", "requests being answered", registry=registry)


class Observed:
    """Gives each request its id, counts and times it, and writes one line on it.

    The id is the client's `X-Request-ID` where that is a plain word; it is in the answer, in its error and in
    every line of the log that the request brings about. No line has what stands after the `?`.
    """

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self.app, self.figures = app, figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given, began, status = Headers(scope=scope).get(HEADER, ""), time.perf_counter(), 500
        request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex
        clear_contextvars()
        bind_contextvars(request_id=request_id)

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(raw=message["headers"])[HEADER] = request_id
            await send(message)

        method = scope["method"] if scope["method"] in _METHODS else "other"
        self.figures.now.inc()
        try:
            await self.app(scope, receive, named)
        finally:
            took = time.perf_counter() - began
            route = getattr(scope.get("route"), "path", "none")  # not the address: there are too many
            self.figures.now.dec()
            self.figures.requests.labels(method, route, status).inc()
            self.figures.seconds.labels(method, route).observe(took)
            log.info(
                "request",
                extra={
                    "method": method,
                    "path": scope["path"],
                    "route": route,
                    "status": status,
                    "ms": round(1000 * took, 1),
                },
            )
