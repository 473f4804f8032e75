"""Names in a question that the graph has not: why an answer is empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.reading import Reader
from graph.vocabulary import nearest

#: Type of a parameter -> what it is called, and a query for all such things with their names.
_ALL = {
    "unit": ("单位", "MATCH (n:Unit) RETURN n.name AS thing, [n.id] + coalesce(n.aliases, []) AS names"),
    "policy": ("政策", "MATCH (n:Policy) RETURN n.name AS thing, coalesce(n.aliases, []) AS names"),
    "place": (
        "地区",
        "MATCH (n:Unit|Report) WHERE n.place IS NOT NULL RETURN DISTINCT n.place AS thing, [] AS names",
    ),
    "report": ("报告", "MATCH (n:Report) RETURN n.title AS thing, [n.id, n.name] AS names"),
    "report-id": (
        "报告",
        "MATCH (n:Report) RETURN n.id + ' ' + n.title AS thing, [n.id, n.name, n.title] AS names",
    ),
}
#: Those of which a part is enough.
_IN_PART = ("policy", "report")
NAMES = tuple(_ALL)


def notes_on_names(reader: Reader, given: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A line for each (type, value) that names nothing in the graph, with the nearest names.

    It reads all names, so it is for answers that came out empty. Raises StoreError.
    """
    for kind, value in given:
        zh, query = _ALL[kind]
        things = [(row["thing"], (row["thing"], *filter(None, row["names"]))) for row in reader.read(query)]
        said = (name for _, names in things for name in (names[1:2] if kind == "report-id" else names))
        if not any(value == name or (kind in _IN_PART and value in name) for name in said):
            near = nearest(value, things)
            yield unknown("图中", zh, kind.removesuffix("-id"), value, near, whole="the graph")


def unknown(where: str, zh: str, en: str, value: str, near: list[str], *, whole: str) -> str:
    """One line in both languages: `where` or `whole` has no such thing; what is near."""
    zh_near, en_near = "、".join(near), ", ".join(near)
    return (
        f"{where}没有{zh} {value}{zh_near and f'，相近的有：{zh_near}'} · "
        f"{whole} has no {en} {value}{en_near and f'; did you mean {en_near}?'}"
    )


def named(parameters: Mapping[str, str], values: Mapping[str, object]) -> list[tuple[str, str]]:
    """The (type, value) of the parameters whose type is a kind of name and whose value is not empty.

    `parameters`: types by name.
    """
    return [(kind, str(values[name])) for name, kind in parameters.items() if kind in NAMES and values[name]]
