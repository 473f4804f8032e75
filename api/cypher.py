"""The questions that only the API asks: api/queries/*.cypher, with their values in parameters."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from graph.reading import Reader


@cache
def query_text(name: str) -> str:
    """The Cypher of api/queries/NAME.cypher."""
    return (files("api") / "queries" / f"{name}.cypher").read_text("utf-8")


def ask(reader: Reader, name: str, **values: Any) -> list[dict[str, Any]]:
    """The rows of an answer, within the limits of time and rows. Raises StoreError."""
    return reader.read_only(query_text(name), **values).rows
