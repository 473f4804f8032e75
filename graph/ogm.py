"""Reports, problems, causes and recommendations as objects, for notebooks.

py2neo is at its end of life and has no time limits, so the service never imports this module; it needs the
extra `notebook`. The objects are for reading: what is written here has no checked quote behind it.

    from graph.ogm import Report, open_repository
    report = Report.match(open_repository()).first()
    [(p.headline, [c.text for c in p.causes]) for p in report.problems]
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

from py2neo.ogm import Model, Property, RelatedFrom, RelatedTo, Repository

from graph.errors import StoreError


class _Quoted(Model):  # type: ignore[misc]
    """What a report says, with its words and their place in the source."""

    __primarykey__ = "id"

    id = Property()
    text = Property()
    start = Property()
    end = Property()

    reports = RelatedTo("Report", "STATED_IN")


class Report(Model):  # type: ignore[misc]
    """A published text, and what it says."""

    __primarykey__ = "id"

    id = Property()
    title = Property()
    kind = Property()
    place = Property()
    date = Property()

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


class Problem(_Quoted):
    """The condition that was found. `causes.get(cause, "method")` tells whether the report says so."""

    number = Property()
    headline = Property()
    category = Property()

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


def open_repository(uri: str | None = None) -> Repository:
    """The graph at `uri` or NEO4J_URI, with NEO4J_USER, NEO4J_PASSWORD, NEO4J_DATABASE. Raises StoreError."""
    uri = uri or os.environ.get("NEO4J_URI")
    if not uri:
        raise StoreError("NEO4J_URI is not set; the objects need a Neo4j server")
    auth = (os.environ.get("NEO4J_USER") or "neo4j", os.environ.get("NEO4J_PASSWORD") or "")
    return Repository(uri, auth=auth, name=os.environ.get("NEO4J_DATABASE") or "neo4j")
