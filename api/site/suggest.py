"""What somebody who types is offered: things whose words or names hold what was typed, by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.lookups.kind import Kind
from api.lookups.kinds import BY_NAME
from api.site.addresses import page_of, query
from api.site.counted import Counted
from api.site.hits import Piece, excerpt
from api.site.naming import names_with
from api.site.page import Pages, TheCounted
from api.stores import Store
from graph.search import fold, index_query, split_words
from graph.store import GraphStore
from graph.vocabulary import TABLES, taxonomy

router = APIRouter(include_in_schema=False)
#: Those of a kind that are shown; those that they are chosen from; characters of each.
_SHOWN, _CHOSEN_FROM, _CHARACTERS = 5, 60, 60
#: The best of the index, of which some may not hold the words as they were typed.
_LOOKED_AT = 400
#: A vocabulary, the list that its codes narrow, and the filter of that.
_VOCABULARIES = (("category", "problems", "category"), ("cause-type", "causes", "cause_type"))
_NAMED = ("units", "policies", "reports")
_FIND = """{begin}MATCH (n:Problem)
WHERE {condition}
WITH n LIMIT {most}
MATCH (n)-[:STATED_IN]->(r:Report)
RETURN n.id AS id, coalesce(n.headline, n.text) AS name, r.title AS beside"""


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of a group: its words in pieces (hits told apart), what stands beside it, where it leads."""

    pieces: list[Piece]
    beside: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """What is offered of a kind (`kind` None: categories and types of causes)."""

    kind: Kind | None
    offers: list[Offer]


@router.get("/browse/suggest")
def suggest(
    page: Pages,
    store: Store,
    counted: TheCounted,
    q: Annotated[str, Query(max_length=1000, description="所输入的文字 · what was typed")] = "",
) -> HTMLResponse:
    """The list below a field of search."""
    words = split_words(q)
    groups = (
        [
            _codes(words, page.lang),
            _problems(store, words),
            *(_named(store, counted, name, words) for name in _NAMED),
        ]
        if words
        else []
    )
    typed = q.strip() if words else ""
    return page("suggest.html", title="", typed=typed, groups=[group for group in groups if group.offers])


def _problems(store: GraphStore, words: list[str]) -> Group:
    kind = BY_NAME["problems"]
    index = index_query(words)
    begin = (
        f"CALL db.index.fulltext.queryNodes('{kind.index}', $query, {{limit: {_LOOKED_AT}}}) "
        "YIELD node\nWITH node AS n\n"
    )
    text = _FIND.format(begin=begin if index else "", condition=kind.conditions["q"], most=_CHOSEN_FROM)
    rows = store.read_only(text, q=words, query=index).rows
    return _group(
        kind,
        words,
        [
            (row["id"], row["name"], row["beside"])
            for row in sorted(rows, key=lambda row: _rank(row, words))[:_SHOWN]
        ],
    )


def _rank(row: dict[str, Any], words: list[str]) -> tuple[Any, ...]:
    """Hits in the headline first, then headlines that begin with a word, short ones, others."""
    name = fold(row["name"])
    return -sum(word in name for word in words), not name.startswith(tuple(words)), len(name), name, row["id"]


def _named(store: GraphStore, counted: Counted, name: str, words: list[str]) -> Group:
    found = names_with(store, counted, name, words, _SHOWN)
    return _group(BY_NAME[name], words, [(one.id, one.name, one.beside) for one in found])


def _group(kind: Kind, words: list[str], found: list[tuple[str, str, str]]) -> Group:
    return Group(
        kind,
        [
            Offer(excerpt(name, words, _CHARACTERS), beside, page_of(kind.label, id_) or "")
            for id_, name, beside in found
        ],
    )


def _codes(words: list[str], lang: str) -> Group:
    """Categories of problems and types of causes whose names hold all words."""
    offers = []
    for vocabulary, list_, filter_ in _VOCABULARIES:
        beside = BY_NAME[list_].zh if lang == "zh" else BY_NAME[list_].en
        for code, names in taxonomy()[TABLES[vocabulary]].items():
            if any(all(word in fold(name) for word in words) for name in names.values()):
                offers.append(
                    Offer(
                        excerpt(names[lang], words, _CHARACTERS),
                        beside,
                        f"/browse/{list_}{query((filter_, code))}",
                    )
                )
    return Group(None, offers[:_SHOWN])
