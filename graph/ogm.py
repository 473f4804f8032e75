"""Units, reports, problems, causes, recommendations, policies as objects, for notebooks; tables for pandas.

py2neo is at its end of life and has no time limits, so the service never imports this module; it needs the
extra `notebook`. The objects are for reading: what is written here has no checked quote behind it.

    from graph.ogm import Report, Unit, open_repository, table
    repository = open_repository()
    report = Report.match(repository).first()
    [(p.headline, [c.text for c in p.causes]) for p in report.problems]
    table(repository, "causes-behind-categories", kind="audit-report")
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from py2neo.errors import ClientError
from py2neo.ogm import Model, Property, RelatedFrom, RelatedTo, Repository

from graph.connect import connect_embedded
from graph.embedded_server import DATABASE, READER
from graph.errors import QueryError
from graph.places import data_dir
from graph.queries import bind, find_query
from graph.store import TIME_LIMIT

if TYPE_CHECKING:
    import pandas


class _Quoted(Model):  # type: ignore[misc]
    """What a report says, with its words and their place in the source."""

    __primarykey__ = "id"

    id = Property()
    text = Property()
    start = Property()
    end = Property()

    reports = RelatedTo("Report", "STATED_IN")
    policies = RelatedTo("Policy", "REFERENCES")
    units = RelatedTo("Unit", "MENTIONS")


class Report(Model):  # type: ignore[misc]
    """A published text, and what it says."""

    __primarykey__ = "id"

    id = Property()
    title = Property()
    kind = Property()
    place = Property()
    date = Property()

    inspected = RelatedTo("Unit", "INSPECTS")
    issued_by = RelatedTo("Unit", "ISSUED_BY")
    stated = RelatedFrom("_Quoted", "STATED_IN")

    @property
    def problems(self) -> list[Problem]:
        return _of_label(self.stated, Problem)

    @property
    def causes(self) -> list[RootCause]:
        return _of_label(self.stated, RootCause)

    @property
    def recommendations(self) -> list[Recommendation]:
        return _of_label(self.stated, Recommendation)


class _Named(Model):  # type: ignore[misc]
    """What many reports name: one node under its fullest name, with the other names."""

    __primarykey__ = "id"

    id = Property()
    name = Property()
    aliases = Property()


class Unit(_Named):
    """An organisation: inspected, inspecting, or named."""

    place = Property()

    inspected_in = RelatedFrom("Report", "INSPECTS")
    issued = RelatedFrom("Report", "ISSUED_BY")
    mentioned = RelatedFrom("_Quoted", "MENTIONS")
    concerns = RelatedFrom("Problem", "CONCERNS")

    @property
    def problems(self) -> list[Problem]:
        """Those that are said to be this unit's own, and those of the reports on it alone."""
        found = {problem.id: problem for problem in self.concerns}
        for report in self.inspected_in:
            if len(report.inspected) == 1:
                found |= {problem.id: problem for problem in report.problems}
        return list(found.values())


class Policy(_Named):
    """A law, a document or a formula that reports cite. `cited.get(quoted, "article")` tells where in it."""

    kind = Property()

    cited = RelatedFrom("_Quoted", "REFERENCES")

    @property
    def problems(self) -> list[Problem]:
        return _of_label(self.cited, Problem)

    @property
    def recommendations(self) -> list[Recommendation]:
        return _of_label(self.cited, Recommendation)


class Problem(_Quoted):
    """The condition that was found. `causes.get(cause, "method")` tells whether the report says so."""

    number = Property()
    headline = Property()
    category = Property()
    amount = Property()

    causes = RelatedTo("RootCause", "CAUSED_BY")
    part_of = RelatedTo("Problem", "PART_OF")
    items = RelatedFrom("Problem", "PART_OF")
    recommendations = RelatedFrom("Recommendation", "ADDRESSES")


class RootCause(_Quoted):
    """Why it happened, in the report's words."""

    type = Property()

    problems = RelatedFrom("Problem", "CAUSED_BY")
    recommendations = RelatedFrom("Recommendation", "ADDRESSES")


class Recommendation(_Quoted):
    """What should be done."""

    number = Property()
    headline = Property()

    addresses = RelatedTo("_Quoted", "ADDRESSES")

    @property
    def problems(self) -> list[Problem]:
        return _of_label(self.addresses, Problem)

    @property
    def causes(self) -> list[RootCause]:
        return _of_label(self.addresses, RootCause)


M = TypeVar("M", bound=_Quoted)


def _of_label(related: Iterable[_Quoted], model: type[M]) -> list[M]:
    """Those of one label, in the order of the text: py2neo itself does not look at the label."""
    nodes = [o.__node__ for o in related if o.__node__.has_label(model.__name__)]
    return [model.wrap(node) for node in sorted(nodes, key=lambda node: (node["start"], node["id"]))]


def table(repository: Repository, name: str, **parameters: Any) -> pandas.DataFrame:
    """The answer to a named query of the cookbook, one column for each of the query's. Raises QueryError."""
    import pandas

    query = find_query(name)
    try:
        rows = repository.graph.run(query.cypher, bind(query, parameters)).data()
    except ClientError as err:
        raise QueryError(f"{name}: {err}") from err
    return pandas.DataFrame(rows, columns=list(query.columns))


def to_frame(objects: Iterable[Model]) -> pandas.DataFrame:
    """A row for each object, with its own properties as columns; those that it lacks are empty."""
    import pandas

    return pandas.DataFrame([dict(o.__node__) for o in objects])


def open_repository(uri: str | None = None) -> Repository:
    """The graph at `uri` or NEO4J_URI, with NEO4J_USER, NEO4J_PASSWORD, NEO4J_DATABASE; or the embedded one.

    That runs as long as this process, or whichever had started it, and may only be read. Raises StoreError.
    """
    uri = uri or os.environ.get("NEO4J_URI")
    if not uri:
        connection = connect_embedded(data_dir() / "arcadedb", TIME_LIMIT)
        connection.reader.close()  # py2neo has its own driver
        connection.driver.close()
        assert connection.server is not None
        info = connection.server.info
        return Repository(info.uri, auth=(READER, info.reader_password), name=DATABASE)
    auth = (os.environ.get("NEO4J_USER") or "neo4j", os.environ.get("NEO4J_PASSWORD") or "")
    return Repository(uri, auth=auth, name=os.environ.get("NEO4J_DATABASE") or "neo4j")
