"""The results on one report: what each component returned, assigned once; and the report that they are on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, overload

from spacy.tokens import Doc

from extract.found import Categories, Found, Policies, Problems, Statements, Units
from extract.heads import Heads
from extract.metadata import Metadata
from extract.model import Source, SuyinError
from extract.nodes import Fact, Node
from extract.outline.section import Section
from extract.rules import Rules
from extract.text.clean import CleanText

R = TypeVar("R")


class PipelineError(SuyinError):
    """A component asks for what no component before it returned, or returns a result a second time."""


@dataclass(frozen=True)
class Report:
    """A report when the components begin: its clean text with the outline, what it is and is called.

    `given`: what is known of it beside its text; `heads`: others than those that Suyin comes with.
    """

    source: Source
    clean: CleanText
    rules: Rules
    root: Section
    kind: str
    title: tuple[int, int] | None
    date: str | None = None
    warnings: tuple[str, ...] = ()
    given: Metadata = field(default_factory=Metadata)
    heads: Heads | None = None


class _Returned(Generic[R]):
    """A result among `Results`."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, results: None, owner: type) -> _Returned[R]: ...
    @overload
    def __get__(self, results: Results, owner: type) -> R: ...
    def __get__(self, results: Results | None, owner: type) -> _Returned[R] | R:
        if results is None:
            return self
        found: R = results.get(self.name)
        return found

    def __set__(self, results: Results, value: R) -> None:
        results.put(self.name, value)


class Results:
    """What was returned on one report so far. Raises PipelineError where a result is not there yet, or there
    already."""

    problems = _Returned[Problems]()
    causes = _Returned[Found]()
    effects = _Returned[Found]()
    evidence = _Returned[Found]()
    recommendations = _Returned[Found]()
    #: measures, and the causes that their words state
    measures = _Returned[Found]()
    statements = _Returned[Statements]()
    units = _Returned[Units]()
    categories = _Returned[Categories]()
    policies = _Returned[Policies]()
    #: of problems (in their headlines), evidence and effects
    facts = _Returned[Mapping[Node, Sequence[Fact]]]()
    #: the one amount of a problem, in yuan
    stakes = _Returned[Mapping[Node, float]]()
    links = _Returned[Found]()

    def __init__(self, report: Report, reader: str = "who has the Doc") -> None:
        self.report, self.reader = report, reader
        self._made: dict[str, Any] = {}
        self._by: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._made

    def get(self, name: str) -> Any:
        if name not in self._made:
            raise PipelineError(
                f"{self.reader} reads {name}: it does not require that, or no component has returned it"
            )
        return self._made[name]

    def put(self, name: str, result: object, by: str = "") -> None:
        """Keep what a component returns."""
        by = by or f"suyin_{name}"
        if name in self._made:
            raise PipelineError(
                f"{by} returns {name}, which {self._by[name]} has returned already: a Doc is read once"
            )
        self._made[name], self._by[name] = result, by

    def only(self, names: Iterable[str], reader: str) -> Results:
        """Those that a reader requires, for it alone."""
        seen = Results(self.report, reader)
        for name in names:
            if name not in self._made:
                raise PipelineError(
                    f"{reader} needs {name}, which no component before it has returned: "
                    f"add suyin_{name} before it"
                )
            seen.put(name, self._made[name], self._by[name])
        return seen

    def found(self) -> Iterator[Found]:
        """Those with nodes and edges, in the order in which they were returned."""
        return (result for result in self._made.values() if isinstance(result, Found))


def results_of(doc: Doc) -> Results:
    """The results on the report that a Doc holds. Raises PipelineError where the Doc holds none."""
    results: Results | None = doc._.results if Doc.has_extension("results") else None
    if results is None:
        raise PipelineError("this Doc holds no report: make it by nlp(text) of extract.pipeline.build_nlp")
    return results


#: The names of all results, in the order of the pipeline.
NAMES = tuple(name for name, what in vars(Results).items() if isinstance(what, _Returned))
