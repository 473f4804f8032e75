"""How a component comes into the pipeline: a function from what it requires to its result."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.draft import Draft, draft_of
from extract.found import Found
from extract.results import results_of

R = TypeVar("R")


def component(
    name: str, *requires: str, returns: str = "", spans: bool = False
) -> Callable[[Callable[[Draft], R]], Callable[[Draft], R]]:
    """Registers a function with spaCy as `suyin_NAME`. It sees the results that it requires, and what it
    returns is the result `returns`, else that of its name. `spans`: the Doc shows its places as span groups.

    The component raises PipelineError where a result that it requires is missing.
    """
    returned = returns or name

    def register(find: Callable[[Draft], R]) -> Callable[[Draft], R]:
        def run(doc: Doc) -> Doc:
            result = find(draft_of(doc, *requires, reader=f"suyin_{name}"))
            results_of(doc).put(returned, result, by=f"suyin_{name}")
            groups = result.groups() if spans and isinstance(result, Found) else {}
            for group, places in groups.items():
                doc.spans[group] = [Span(doc, start, end, label=label) for start, end, label in places]
            return doc

        Language.component(
            f"suyin_{name}",
            assigns=[f"doc._.{returned}", *(["doc.spans"] if spans else [])],
            requires=[f"doc._.{required}" for required in requires],
            func=run,
        )
        return find

    return register
