"""Who may ask in Cypher: nobody unless the service is told so, then who has the scope `research`."""

from __future__ import annotations

import os

from fastapi import HTTPException, Request

#: The setting that opens POST /cypher.
SETTING = "SUYIN_CYPHER"


def is_open() -> bool:
    """Whether the service is told to answer users' Cypher."""
    return os.environ.get(SETTING, "").strip().lower() in ("1", "on", "true", "yes")


def need_research(request: Request) -> None:
    """The dependency of all routes for users' Cypher: scope `research`. Raises HTTPException 403."""
    if not is_open():
        raise HTTPException(403, f"这里不开放 Cypher · Cypher is closed here: {SETTING}=on opens it")
