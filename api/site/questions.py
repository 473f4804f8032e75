"""The named queries as forms: their answers as a table, bars, a map, and files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.access.masking import is_masked
from api.errors import NotFound
from api.formats import MEDIA_TYPES
from api.formats import Form as FileForm
from api.site.addresses import query
from api.site.answers import chart, ids_in, named_table
from api.site.fields import fields
from api.site.page import Lang, Page, Pages
from api.stores import Store
from graph.among import graph_among
from graph.errors import QueryError
from graph.exports.answers import to_csv, to_json, to_parquet
from graph.queries import TOPICS, NamedQuery, bind, list_queries, run_query
from graph.reading import QueryResult
from graph.store import GraphStore
from viz.maps import draw_graph

router = APIRouter(include_in_schema=False)
#: Labels of which a map is worth the while.
_DRAWN = frozenset(
    ("Problem", "RootCause", "Effect", "Recommendation", "Measure", "Evidence", "Report", "Unit", "Policy")
)
#: Parameters of the page itself.
_OWN = frozenset(("lang",))


class FileKind(StrEnum):
    csv = "csv"
    parquet = "parquet"
    json = "json"


@router.get("/browse/questions")
def questions(page: Pages) -> HTMLResponse:
    """All questions, by what they are about."""
    by_topic = {topic: [one for one in list_queries() if one.topic == topic] for topic in TOPICS}
    return page("questions.html", title=page.words["questions"]["title"], topics=TOPICS, by_topic=by_topic)


@router.get("/browse/questions/{name}.{form}")
def question_file(name: str, form: FileKind, request: Request, store: Store) -> Response:
    """The answer as a file. Raises NotFound, QueryError, StoreError."""
    asked = _find(name)
    result = run_query(store, name, **_given(asked, request))
    media = {kind: MEDIA_TYPES[FileForm(kind.value)] for kind in FileKind}[form]
    return Response(
        _written(result, form),
        media_type=media,
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )


@router.get("/browse/questions/{name}/map")
def question_map(name: str, request: Request, store: Store, lang: Lang = "zh") -> HTMLResponse:
    """The things in the answer, as a map. Raises NotFound, QueryError, StoreError, MapError."""
    asked = _find(name)
    rows = run_query(store, name, **_given(asked, request)).rows
    return map_of(store, ids_in(asked, rows), asked.question_zh if lang == "zh" else asked.question_en, lang)


@router.get("/browse/questions/{name}")
def question(name: str, page: Pages, store: Store) -> HTMLResponse:
    """The form; and the answer, once all that must be given is. Raises NotFound, StoreError."""
    asked = _find(name)
    given = _given(asked, page.request)
    missing = [one.name for one in asked.parameters if one.default is None and not given.get(one.name)]
    result, fault = None, ""
    if not missing:
        try:
            result = run_query(store, name, **given)
        except QueryError as err:
            fault = str(err)
    return _page(page, asked, given, result, fault)


def map_of(store: GraphStore, ids: Mapping[str, list[str]], title: str, lang: Lang) -> HTMLResponse:
    """A page with a map of the nodes with these ids, by label. Raises NotFound where none can be drawn."""
    data = graph_among(store, ids, title)
    if not any(node.label == "Report" for node in data.nodes):
        raise NotFound(
            "结果中没有可以画的内容 · there is nothing in the answer to draw; "
            "返回问题、原因、建议等结点 · return problems, causes or other nodes of reports"
        )
    return HTMLResponse(draw_graph(data, store.schema, title=title, lang=lang))


def has_parquet(request: Request) -> bool:
    """Is the library there that writes it, and may its reader have what is no text (api.access.masking)?"""
    return find_spec("pyarrow") is not None and not is_masked(request)


def _page(
    page: Page, asked: NamedQuery, given: dict[str, str], result: QueryResult | None, fault: str
) -> HTMLResponse:
    words = page.words["questions"]
    values: dict[str, Any] = {"table": None, "chart": None, "drawn": False}
    if result is not None:
        values = {
            "table": named_table(asked, result.rows, page.lang, words),
            "chart": chart(asked, result.rows, page.lang, words),
            "drawn": bool(_DRAWN & ids_in(asked, result.rows).keys()),
        }
    title = asked.question_zh if page.lang == "zh" else asked.question_en
    said = _changed(asked, given)
    in_lang = "&".join(filter(None, (said, "lang=en" if page.lang == "en" else "")))
    message, _, fix = fault.removeprefix(f"{asked.name}: ").partition("; ")
    return page(
        "question.html",
        status=422 if fault else 200,
        title=title,
        asked=asked,
        result=result,
        fields=fields(asked, given, page.lang, words),
        fault=message,
        fix=fix,
        said=said,
        map_at=f"/browse/questions/{asked.name}/map" + (in_lang and f"?{in_lang}"),
        bound=_bound(asked, given) if result is not None else "",
        says=[says.partition(" · ") for says in asked.columns_say],
        example=query(*asked.example.items()) if asked.example else "",
        topic=TOPICS[asked.topic],
        parquet=has_parquet(page.request),
        **values,
    )


def _find(name: str) -> NamedQuery:
    for one in list_queries():
        if one.name == name:
            return one
    raise NotFound(f"there is no question {name!r}; see /browse/questions")


def _given(asked: NamedQuery, request: Request) -> dict[str, str]:
    """What the address gives, but for fields left empty where that says nothing. Others are refused later."""
    empty = {one.name for one in asked.parameters if one.may_be_empty}
    return {
        name: value
        for name, value in request.query_params.items()
        if name not in _OWN and (value.strip() or name in empty)
    }


def _changed(asked: NamedQuery, given: Mapping[str, str]) -> str:
    """`name=value&…` of what differs from the defaults: the shortest address of an answer."""
    defaults = {one.name: "" if one.default is None else str(one.default) for one in asked.parameters}
    return urlencode([(name, value) for name, value in given.items() if value != defaults.get(name)])


def _bound(asked: NamedQuery, given: Mapping[str, str]) -> str:
    """All parameters that its Cypher uses, as JSON."""
    return json.dumps(bind(asked, given), ensure_ascii=False)


def _written(result: QueryResult, form: FileKind) -> str | bytes:
    match form:
        case FileKind.csv:
            return to_csv(result.columns, result.rows) + "\n"
        case FileKind.parquet:
            return to_parquet(result.columns, result.rows)
    return to_json(result.rows)
