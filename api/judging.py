"""Says who judged what an answer shows, and when: a graph has the verdict alone, the rest is in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel

from api.access.masking import is_masked
from api.models import Judged
from api.stores import store_of
from graph.judges import Finding, Judges
from graph.reviews import Review


class Signer:
    """Puts the names and times to the judgements in an answer; none where `judges` is None."""

    def __init__(self, judges: Judges | None) -> None:
        self._judges = judges

    def sign(self, items: Iterable[BaseModel]) -> None:
        """All judgements of these items, of their links, neighbours and paths. Raises StoreError."""
        if self._judges is None:
            return
        reports: dict[str, Mapping[Finding, Review]] = {}
        for one in chain.from_iterable(map(_judgements, items)):
            report, finding = one.of_what
            if report not in reports:
                reports[report] = self._judges.of_report(report)
            if line := reports[report].get(finding):
                one.by, one.at = line.by or None, line.at or None


def _judgements(item: BaseModel) -> Iterator[Judged]:
    has = vars(item)  # its fields; to ask a model for one that it lacks takes long
    neighbours = chain.from_iterable(has.get("neighbours", {}).values())
    problems = has.get("problems", ())
    linked = problems if isinstance(problems, list) else ()  # of a report it is their number
    for one in (item, *linked, *neighbours, *has.get("path", ())):
        if judged := vars(one).get("judged"):
            yield judged


async def _signer(request: Request) -> Signer:
    """Without names for whoever may not see any."""
    state = request.app.state
    if is_masked(request):
        return Signer(None)
    store = await store_of(request)  # not as a dependency: a route has the store too, and each takes time
    held: Judges | None = getattr(state, "judges", None)
    if held is None or held.store is not store:
        held = state.judges = Judges(store)
    return Signer(held)


#: The signer of answers, as a parameter of a route.
Signing = Annotated[Signer, Depends(_signer)]
