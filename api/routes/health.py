"""GET /health, /health/live, /health/ready and /metrics: for those who run the service."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.models import Alive, Health
from api.observe import Figures
from api.stores import Store

router = APIRouter(tags=["服务 Service"])
_NOW = {"Cache-Control": "no-store"}


@router.get("/health", summary="服务和数据库是否可用 · Is the service well?")
def health(store: Store, response: Response) -> Health:
    """数据库不可用时返回 503 · 503 while the database is away."""
    store.read("RETURN 1 AS one")
    response.headers.update(_NOW)
    return Health(status="ok", version=version("suyin"), store=store.kind)


@router.get("/health/ready", summary="能否接受请求 · May requests be sent to it?")
def ready(store: Store, response: Response) -> Health:
    """与 /health 相同 · The same as /health, under the name that clusters ask for."""
    return health(store, response)


@router.get("/health/live", summary="服务是否在运行 · Does the service run?")
def live(response: Response) -> Alive:
    """不问数据库 · It does not ask the database."""
    response.headers.update(_NOW)
    return Alive(status="ok", version=version("suyin"))


@router.get(
    "/metrics",
    summary="运行指标 · Figures for Prometheus",
    response_class=Response,
    responses={200: {"content": {CONTENT_TYPE_LATEST: {"schema": {"type": "string"}}}}},
)
def metrics(request: Request) -> Response:
    """请求数、耗时、内存和处理器时间 · Requests and their time, memory and processor time."""
    figures: Figures = request.app.state.figures
    return Response(generate_latest(figures.registry), media_type=CONTENT_TYPE_LATEST, headers=_NOW)
