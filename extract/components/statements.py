"""What the report states, put together: what it says twice is one, and nothing is a part of itself."""

from __future__ import annotations

from extract.components.component import component
from extract.components.repeats import merge_rectified
from extract.draft import Draft
from extract.found import Statements

#: The results that are put together.
PARTS = ("problems", "causes", "effects", "evidence", "recommendations", "measures")


@component("statements", *PARTS, spans=True)
def put_together(draft: Draft) -> Statements:
    """What the rules found."""
    return settled(together(draft))


def together(draft: Draft) -> Draft:
    """A draft with copies of all nodes and edges of the parts, without those that are said twice."""
    own = draft.copied()
    merge_rectified(own)
    return own


def settled(own: Draft, **more: object) -> Statements:
    """What is in a draft, when no more comes to it."""
    own.cut_circles("Problem")
    own.cut_circles("Recommendation")
    return own.found(Statements, repeats=tuple(own.repeats), **more)
