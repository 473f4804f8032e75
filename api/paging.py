"""What may stand in an address after the question mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, get_origin

from fastapi import Query, Request
from fastapi.dependencies.models import Dependant

from graph.errors import QueryError

Limit = Annotated[int, Query(ge=1, le=200, description="最多几条 · at most so many")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="跳过几条 · how many to skip")]


async def refuse_unknown(request: Request) -> None:
    """Refuse a parameter that the route does not know: a misspelt filter must not answer with everything.

    Raises QueryError. The named queries check theirs themselves. It is `async`, as it waits for nothing: a
    plain function would cost a change of threads.
    """
    route = request.scope["route"]
    given = [name for name, _ in request.query_params.multi_items()]
    if not given or route.path.startswith(("/queries/{name}", "/browse/questions/{name}")):
        return
    fields = list(_fields(route.dependant))
    known = [field.alias for field in fields]
    lists = {field.alias for field in fields if get_origin(field.field_info.annotation) is list}
    if twice := sorted({name for name in given if name not in lists and given.count(name) > 1}):
        raise QueryError(f"parameter {twice[0]!r} is given more than once; it takes one value")
    if unknown := sorted(set(given) - set(known)):
        raise QueryError(f"unknown parameter {unknown[0]!r}; there are: {', '.join(known) or 'none'}")


def _fields(dependant: Dependant) -> Iterator[Any]:
    """The parameters of a route, and of what it depends on."""
    yield from dependant.query_params
    for inner in dependant.dependencies:
        yield from _fields(inner)
