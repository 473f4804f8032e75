"""Rows of the store as the API's models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.models import Named, NodeRef, Place

Row = Mapping[str, Any]


def place(properties: Row) -> Place | None:
    start, end = properties.get("start"), properties.get("end")
    return None if start is None or end is None else Place(start=start, end=end)


def node(label: str, properties: Row) -> NodeRef:
    return NodeRef(
        id=properties["id"],
        label=label,
        number=properties.get("number"),
        headline=properties.get("headline"),
        text=properties.get("text"),
        place=place(properties),
    )


def named(properties: Row | None) -> Named | None:
    """A category, type, unit or policy; None of none."""
    if not properties:
        return None
    return Named(
        id=properties["id"],
        name=properties["name"],
        name_en=properties.get("name_en"),
        code=properties.get("code"),
    )
