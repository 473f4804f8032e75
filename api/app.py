"""The HTTP service: `create_app` puts the routes, the store, the errors and the pages together."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import Depends, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware

from api import pages
from api.addresses import Addresses
from api.errors import add_handlers
from api.manners import Conditional
from api.observe import Figures, Observed
from api.openapi import describe, unique_id
from api.paging import refuse_unknown
from api.routes import health, lookups, problems, queries, quotes, recommendations, reports
from api.stores import StoreHolder
from graph.store import GraphStore, StoreError
from graph.store import open_store as open_default_store

log = logging.getLogger("suyin.api")
_ABOUT = """报告里的问题、原因、建议及其出处 · Problems, causes, recommendations, each with its place.

每条原因和建议的联系都注明 **explicit 明示**（报告原文写明）或 **inferred 推断**（附 0 到 1 的把握度）。
Every link to a cause or recommendation is *explicit* (the report says so) or *inferred*.
位置按字符计，左闭右开 · Places count characters and are half-open.
"""
_ERRORS = {404: "没有这个 · not there", 422: "参数不对 · wrong parameter",
           503: "数据库不可用 · database away"}


def create_app(open_store: Callable[[], GraphStore] = open_default_store) -> FastAPI:
    """The service. `open_store` is called once, at the start; while that fails, every answer is 503."""
    stores = StoreHolder(open_store)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            await run_in_threadpool(stores.get)
        except StoreError as err:
            log.warning("%s", err)
        yield
        await run_in_threadpool(stores.close)

    app = FastAPI(
        title="溯因 Suyin", version=version("suyin"), description=_ABOUT, lifespan=lifespan,
        docs_url=None, redoc_url=None,
        dependencies=[Depends(refuse_unknown)],
        generate_unique_id_function=unique_id,
        responses={code: {"description": says} for code, says in _ERRORS.items()})
    app.state.stores, app.state.figures = stores, Figures()
    app.add_middleware(pages.SafeHeaders)                   # each that follows stands round those before it
    app.add_middleware(Conditional)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Addresses)
    app.add_middleware(Observed, figures=app.state.figures)
    add_handlers(app)
    for module in (health, reports, problems, recommendations, quotes, queries, lookups, pages):
        app.include_router(module.router)
    describe(app)
    return app
