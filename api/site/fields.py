"""The parameters of a named query as the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from graph.queries import NamedQuery, Parameter
from graph.vocabulary import TABLES, choices

#: Where names in the graph are suggested from: the list, and an item's value and what is said of it.
_FROM = {
    "unit": ("/units?sort=reports&limit=30", "name", "place"),
    "policy": ("/policies?sort=citations&limit=30", "name", "id"),
    "report": ("/reports?sort=date&limit=30", "title", "date"),
    "report-id": ("/reports?sort=date&limit=30", "id", "title"),
    "words": ("/problems?limit=30", "headline", "category"),
    "place": ("/reports?facet=place&limit=1", "value", "count"),
}


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Field:
    """`source`: address, value and says of suggestions (see _FROM), where there are any."""

    name: str
    kind: Literal["select", "number", "text"]
    value: str
    says: str
    required: bool
    example: str
    options: tuple[Option, ...] = ()
    source: tuple[str, str, str] | None = None


def fields(
    asked: NamedQuery, given: Mapping[str, str], lang: Literal["zh", "en"], words: Mapping[str, str]
) -> list[Field]:
    """The fields, holding what was `given`, else the defaults. `words`: what values are called."""
    return [
        _field(one, given.get(one.name), asked.example.get(one.name, ""), lang, words)
        for one in asked.parameters
    ]


def _field(
    parameter: Parameter, given: str | None, example: str, lang: Literal["zh", "en"], words: Mapping[str, str]
) -> Field:
    zh, _, en = parameter.says.partition(" · ")
    default = "" if parameter.default is None else str(parameter.default)
    known = choices(parameter.type)
    options: list[Option] = []
    if known is not None:
        if parameter.may_be_empty:
            options.append(Option("", words["any"]))
        options += [
            Option(code, _name(parameter.type, code, names, lang, words)) for code, names in known.items()
        ]
    kind: Literal["select", "number", "text"] = (
        "select" if options else "number" if parameter.type in ("integer", "number") else "text"
    )
    says = words.get(f"head_{parameter.name}") if options else None  # what it may be, the options say
    return Field(
        parameter.name,
        kind,
        default if given is None else given,
        says or (zh if lang == "zh" or not en else en),
        parameter.default is None,
        example,
        tuple(options),
        _FROM.get(parameter.type),
    )


def _name(type_: str, code: str, names: tuple[str, ...], lang: str, words: Mapping[str, str]) -> str:
    if type_ in TABLES:
        return names[0 if lang == "zh" else 1]
    return words.get("is_" + code.replace("-", "_"), code)
