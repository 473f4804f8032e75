"""The HTTP service: `create_app` puts the routes, the store, the errors and the pages together."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import Depends, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from api import pages
from api.access.callers import MayRead
from api.access.masking import Masks
from api.access.redaction import redact
from api.access.wiring import add_access
from api.addresses import Addresses
from api.errors import add_handlers
from api.manners import Conditional
from api.observe import Figures, Observed
from api.openapi import describe, unique_id
from api.paging import refuse_unknown
from api.routes import (
    cypher,
    downloads,
    health,
    judgements,
    lookups,
    problems,
    queries,
    quotes,
    recommendations,
    reports,
    uploads,
)
from api.sections import sections
from api.settings import Settings, load_settings
from api.site.counted import Counted
from api.site.page import error_page
from api.site.routers import ROUTERS as PAGES
from api.stores import StoreHolder
from api.uploads.service import Uploads
from extract.model import SuyinError
from graph.gate.gate import Gate
from graph.store import GraphStore
from graph.store import open_store as open_default_store

#: In this order an address is looked for: /recommendations/related before /recommendations/{id}; the pages,
#: which are many and slower anyway, at last.
_ROUTES = (
    *(
        module.router
        for module in (
            health,
            downloads,
            judgements,
            reports,
            problems,
            recommendations,
            quotes,
            queries,
            cypher,
            uploads,
            lookups,
            pages,
        )
    ),
    *PAGES,
)
log = logging.getLogger("suyin.api")
_ABOUT = """报告里的问题、原因、建议及其出处 · Problems, causes, recommendations, each with its place.

每条原因和建议的联系都注明 **explicit 明示**（报告原文写明）或 **inferred 推断**（附 0 到 1 的把握度）。
Every link to a cause or recommendation is *explicit* (the report says so) or *inferred*.
位置按字符计，左闭右开 · Places count characters and are half-open.
"""
_ERRORS = {
    401: "需要密钥 · needs a key",
    403: "密钥无此权限 · the key may not",
    404: "没有这个 · not there",
    422: "参数不对 · wrong parameter",
    429: "请求太多 · too many requests",
    503: "数据库不可用 · database away",
}


def create_app(
    open_store: Callable[[], GraphStore] = open_default_store, settings: Settings | None = None
) -> FastAPI:
    """The service. `open_store` is called once, at the start; while that fails, every answer is 503.

    `settings`: those of the environment, where none are given. Raises SettingsError, AuditError.
    """
    stores = StoreHolder(open_store)
    settings = settings or load_settings()

    def check_cypher() -> None:
        if settings.cypher:
            app.state.gate.check_store(stores.get())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        for begin in (stores.get, check_cypher, app.state.uploads.resume):
            try:
                await run_in_threadpool(begin)
            except SuyinError as err:
                log.warning("%s", redact(str(err)))
        yield
        await run_in_threadpool(app.state.uploads.close)
        await run_in_threadpool(stores.close)

    app = FastAPI(
        title="溯因 Suyin",
        version=version("suyin"),
        description=_ABOUT,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(MayRead()), Depends(refuse_unknown)],
        generate_unique_id_function=unique_id,
        responses={code: {"description": says} for code, says in _ERRORS.items()},
    )
    app.state.stores, app.state.settings, app.state.figures = stores, settings, Figures()
    app.state.uploads = Uploads(settings, stores.get)
    app.state.gate, app.state.counted = Gate(), Counted()
    app.add_middleware(pages.SafeHeaders)  # each that follows stands round those before it
    app.add_middleware(Conditional)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    if settings.mask_names:
        app.add_middleware(Masks)
    app.add_middleware(Addresses)
    app.state.error_page = error_page
    add_handlers(app)
    app.state.routes = [route for router in _ROUTES for route in router.routes]
    for section in sections(app.state.routes):
        app.include_router(section)
    app.mount("/static", StaticFiles(packages=[("api", "static")]))
    describe(app)
    add_access(app, settings)
    app.add_middleware(Observed, figures=app.state.figures)  # outermost: it names every answer
    return app
