"""What somebody who types is offered: things whose words or names hold what was typed, by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.lookups.kind import Kind
from api.lookups.kinds import BY_NAME
from api.site.addresses import page_of, query
from api.site.hits import Piece, excerpt
from api.site.page import Pages
from api.stores import Store
from graph.search import fold, index_query, split_words
from graph.store import GraphStore
from graph.vocabulary import TABLES, taxonomy

router = APIRouter(include_in_schema=False)
#: Those of a kind that are shown; those that they are chosen from; characters of each.
_SHOWN, _CHOSEN_FROM, _CHARACTERS = 5, 60, 60
#: A vocabulary, the list that its codes narrow, and the filter of that.
_VOCABULARIES = (("category", "problems", "category"), ("cause-type", "causes", "cause_type"))
_KINDS = ("problems", "units", "policies", "reports")
#: kind -> (what is shown of it, what stands beside that)
_SHOWS = {"problems": ("coalesce(n.headline, n.text)", "r.title", "MATCH (n)-[:STATED_IN]->(r:Report)"),
          "units": ("n.name", "n.place", ""), "policies": ("n.name", "null", ""),
          "reports": ("n.title", "n.date", "")}
_FIND = """{begin}MATCH (n:{label})
WHERE {condition}
WITH n LIMIT {most}
{more}
RETURN n.id AS id, {name} AS name, {beside} AS beside"""


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
def suggest(page: Pages, store: Store,
            q: Annotated[str, Query(max_length=1000, description="所输入的文字 · what was typed")] = "",
            ) -> HTMLResponse:
    """The list below a field of search."""
    words = split_words(q)
    groups = ([_codes(words, page.lang), *(_group(store, BY_NAME[name], words) for name in _KINDS)]
              if words else [])
    return page("suggest.html", title="", q=q, groups=[group for group in groups if group.offers])


def _group(store: GraphStore, kind: Kind, words: list[str]) -> Group:
    name, beside, more = _SHOWS[kind.name]
    index = index_query(words) if kind.index else ""
    begin = f"CALL db.index.fulltext.queryNodes('{kind.index}', $query) YIELD node\nWITH node AS n\n"
    text = _FIND.format(begin=begin if index else "", label=kind.label, condition=kind.conditions["q"],
                        most=_CHOSEN_FROM, more=more, name=name, beside=beside)
    rows = store.read_only(text, q=words, query=index).rows
    return Group(kind, [Offer(excerpt(row["name"], words, _CHARACTERS), row["beside"] or "",
                              page_of(kind.label, row["id"]) or "")
                        for row in sorted(rows, key=lambda row: _rank(row, words))[:_SHOWN]])


def _rank(row: dict[str, Any], words: list[str]) -> tuple[Any, ...]:
    """Hits in the name first, then names that begin with a word, short ones, others."""
    name = fold(row["name"])
    begins = any(map(name.startswith, words))
    return (-sum(word in name for word in words), not begins, len(name), row["name"],
            row["id"])


def _codes(words: list[str], lang: str) -> Group:
    """Categories of problems and types of causes whose names hold all words."""
    offers = []
    for vocabulary, list_, filter_ in _VOCABULARIES:
        beside = BY_NAME[list_].zh if lang == "zh" else BY_NAME[list_].en
        for code, names in taxonomy()[TABLES[vocabulary]].items():
            if any(all(word in fold(name) for word in words) for name in names.values()):
                offers.append(Offer(excerpt(names[lang], words, _CHARACTERS), beside,
                                    f"/browse/{list_}{query((filter_, code))}"))
    return Group(None, offers[:_SHOWN])
