"""The graph of findings: schema, building, stores, loading, queries."""

import sys
from types import ModuleType


def _without_tables() -> None:
    """Keep neo4j from importing pandas, numpy and pyarrow, which takes half a second.

    It imports them to accept their values as parameters of a query. Suyin sends none; a program that does has
    imported them before.
    """
    name = "neo4j._optional_deps"
    if {"numpy", "pandas", "pyarrow", name} & sys.modules.keys():
        return
    deps = ModuleType(name, "Stands in for neo4j's module of libraries that it can do without.")
    vars(deps)["__getattr__"] = _none
    sys.modules[name] = deps


def _none(name: str) -> None:
    if name.startswith("__"):
        raise AttributeError(name)


_without_tables()
