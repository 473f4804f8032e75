"""Who may ask in Cypher: nobody unless the service is told so, then who has the scope `research`."""

from __future__ import annotations

from fastapi import HTTPException, Request

from api.access.callers import Needs
from api.settings import Settings

_RESEARCH = Needs("research")


async def need_research(request: Request) -> None:
    """The dependency of all routes for users' Cypher. Raises HTTPException 401 or 403."""
    settings: Settings = request.app.state.settings
    if not settings.cypher:
        raise HTTPException(
            403, "这里不开放 Cypher · Cypher is closed here; 开放须设 · set SUYIN_CYPHER=on to open it"
        )
    await _RESEARCH(request)
