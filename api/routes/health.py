"""GET /health."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter

from api.models import Health
from api.stores import Store

router = APIRouter(tags=["服务 Service"])


@router.get("/health", summary="服务和数据库是否可用 · Is the service well?")
def health(store: Store) -> Health:
    """数据库不可用时返回 503 · 503 while the database is away."""
    store.read("RETURN 1 AS one")
    return Health(status="ok", version=version("suyin"), store=store.kind)
