"""Answers a question for a list: which things, how many, which values they have, where the next page begins.

It knows nothing of HTTP, so that pages can ask the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.lookups import cypher
from api.lookups.blocks import goes_by_report, rows_by_report
from api.lookups.cursors import read_cursor, write_cursor
from api.lookups.filters import NAMING
from api.lookups.items import coded, read_items
from api.lookups.kind import Facet, Kind
from api.lookups.links import address
from api.lookups.models import FacetValue, Item, Listing, Match
from graph.errors import QueryError
from graph.names import NAMES, notes_on_names
from graph.reading import Reader
from graph.search import index_query, split_words

#: Filters that are names: type of name (graph.names) by filter.
_NAMES = {"unit": "unit", "policy": "policy", "place": "place", "report": "report-id"}
_FITS = """MATCH (n:{label})
WHERE n.id = $name OR n.name = $name OR $name IN n.aliases
RETURN n.id AS id, n.name AS name, {place} AS place
ORDER BY name, id"""
_FITS_IN_PART = _FITS.replace(
    "n.id = $name OR n.name = $name OR $name IN n.aliases",
    "any(name IN [n.name] + coalesce(n.aliases, []) WHERE name CONTAINS $name)",
)
#: So many things that a name fits are listed.
_MOST_MATCHES = 50


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a list. `given`: values by filter; `order`: empty for the kind's own."""

    given: Mapping[str, Any] = field(default_factory=dict)
    order: str = ""
    limit: int = 50
    offset: int = 0
    cursor: str = ""
    facets: tuple[str, ...] = ()


def find(reader: Reader, kind: Kind, question: Question) -> Listing[Item]:
    """A page of the things that the filters leave. Raises QueryError, StoreError."""
    given, matches, values = _asked(reader, kind, question)
    name, note = _order(kind, question.order, "q" in values)
    total = reader.read_only(cypher.count_query(kind, values), **values).rows[0]["total"]
    ids, before, following = _page(reader, kind, name, question, values, total=total)
    facets = _facets(reader, kind, question.facets, values)
    return Listing(
        items=read_items(reader, kind, ids),
        total=total,
        limit=question.limit,
        offset=question.offset,
        next=following,
        previous=before,
        facets=facets,
        matches={name: found[:_MOST_MATCHES] for name, found in matches.items()},
        notes=[*note, *_ambiguous(given, matches), *_unknown(reader, given, total)],
    )


def count_values(reader: Reader, kind: Kind, question: Question) -> dict[str, list[FacetValue]]:
    """The facets alone, of what the filters leave. Raises QueryError, StoreError."""
    _, _, values = _asked(reader, kind, question)
    return _facets(reader, kind, question.facets, values)


def _asked(
    reader: Reader, kind: Kind, question: Question
) -> tuple[dict[str, Any], dict[str, list[Match]], dict[str, Any]]:
    """What was given, what the names in it fit, and the parameters of the Cypher."""
    given = {name: value for name, value in question.given.items() if value not in (None, "")}
    matches = {name: _fitting(reader, name, given[name]) for name in NAMING if name in given}
    values = _values(kind, given) | {name: [one.id for one in found] for name, found in matches.items()}
    return given, matches, values


def _values(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of the Cypher, by name; `q` as words, and as `q_query` what the index has of them."""
    values = dict(given)
    if "q" in values:
        words = split_words(values.pop("q"))
        if words:
            values["q"] = words
            if kind.index and (query := index_query(words)):
                values["q_query"] = query
        elif given["q"].strip():
            raise QueryError("q: nothing to look up; give a character, a word or a number")
    return values


def _order(kind: Kind, wanted: str, has_words: bool) -> tuple[str, list[str]]:
    """The name of the order, and a note where it is not the one that was wanted."""
    own = next(iter(kind.orders))
    if wanted == "relevance" and not has_words:
        return own, [
            f"没有 q，不能按相关排列，按{kind.orders[own].says} · "
            f"there is no q to be relevant to, so it is ordered by {own}"
        ]
    return wanted or ("relevance" if has_words and "relevance" in kind.orders else own), []


def _page(
    reader: Reader, kind: Kind, name: str, question: Question, values: Mapping[str, Any], *, total: int
) -> tuple[list[str], str | None, str | None]:
    """The ids of a page, and the cursors of the page before it and of the next one."""
    order = kind.orders[name]
    asked = {"kind": kind.name, "order": name, **values}
    last, back = read_cursor(question.cursor, asked, len(order.keys)) if question.cursor else ({}, False)
    if not question.offset and goes_by_report(kind, order, values, total):
        rows = rows_by_report(reader, kind, order, values, last=last, limit=question.limit + 1, back=back)
    else:
        text = cypher.page_query(kind, values, order, after=bool(last), back=back)
        rows = reader.read_only(text, **values, **last, offset=question.offset, limit=question.limit + 1).rows
    page, more = rows[: question.limit], len(rows) > question.limit
    if back:
        page.reverse()
    ids = [row["id"] for row in page]
    before = more if back else bool(question.cursor or question.offset)
    after = bool(question.cursor) if back else more
    return (
        ids,
        write_cursor(asked, page[0], back=True) if page and before else None,
        write_cursor(asked, page[-1]) if page and after else None,
    )


def _facets(
    reader: Reader, kind: Kind, names: Iterable[str], values: Mapping[str, Any]
) -> dict[str, list[FacetValue]]:
    return {name: _facet(reader, kind, name, values) for name in names}


def _facet(reader: Reader, kind: Kind, name: str, values: Mapping[str, Any]) -> list[FacetValue]:
    """Counts by value, of what the other filters leave."""
    facet = kind.facets[name]
    others = {key: value for key, value in values.items() if key != name}
    found = []
    for row in _counts(reader, kind, facet, others):
        named = coded(facet.vocabulary, row["value"]) if facet.vocabulary else None
        found.append(
            FacetValue(
                value=row["value"],
                name=named.name if named else row["name"],
                name_en=named.name_en if named else None,
                count=row["number"],
            )
        )
    return found


def _counts(reader: Reader, kind: Kind, facet: Facet, others: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Value, name, number: the most frequent first."""
    if not facet.parts:
        return reader.read_only(cypher.facet_query(kind, others, facet), **others).rows
    numbers, names = Counter[str](), {}
    for query in cypher.part_queries(kind, others, facet):
        for row in reader.read(query, **others):  # each value of a part, however many
            numbers[row["value"]] += row["number"]
            names[row["value"]] = row["name"]
    best = sorted(numbers, key=lambda value: (-numbers[value], value))[: cypher.MOST_VALUES]
    return [{"value": value, "name": names[value], "number": numbers[value]} for value in best]


def _fitting(reader: Reader, filter_: str, name: str) -> list[Match]:
    """What a name fits: by its id, name or alias; a policy, where there is none such, also by a part."""
    label = NAMING[filter_]
    queries = [_FITS, _FITS_IN_PART] if label == "Policy" else [_FITS]
    for query in queries:
        rows = reader.read_only(
            query.format(label=label, place="n.place" if label == "Unit" else "null"), name=name
        ).rows
        if rows:
            return [Match(**row, href=address(label, row["id"]) or "") for row in rows]
    return []


def _ambiguous(given: Mapping[str, Any], matches: Mapping[str, list[Match]]) -> list[str]:
    """A line for each name that fits several things."""
    notes = []
    for name, found in matches.items():
        if len(found) > 1:
            zh = {"unit": "个单位", "policy": "项政策"}[name]
            listed = "、".join(
                f"{one.name}{f'（{one.place}）' if one.place else ''} {one.id}" for one in found[:5]
            )
            notes.append(
                f"{given[name]} 可指 {len(found)} {zh}，结果包括全部；用 id 指定其一：{listed} · "
                f"{name} {given[name]} fits {len(found)}, all are included; name one by its id"
            )
    return notes


def _unknown(reader: Reader, given: Mapping[str, Any], total: int) -> list[str]:
    asked = [(_NAMES[name], str(value)) for name, value in given.items() if name in _NAMES]
    assert all(kind in NAMES for kind, _ in asked)
    return [] if total else list(notes_on_names(reader, asked))
