"""GET /{kind} and /{kind}/{id} for all eight kinds, made from the table of kinds."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import create_model

from api.errors import NotFound
from api.formats import as_json
from api.judging import Signer, Signing
from api.lookups.filters import FILTERS, choice, optional
from api.lookups.find import Question, find
from api.lookups.items import MODELS, read_items
from api.lookups.kind import Kind
from api.lookups.kinds import KINDS
from api.lookups.models import Item, Listing, Said, Surroundings
from api.lookups.neighbours import read_neighbours
from api.paging import Limit, Offset
from api.stores import Store
from graph.reading import Reader
from graph.store import GraphStore

router = APIRouter()
#: What every route here is given.
_ASKED: dict[str, tuple[Any, Any]] = {"store": (Store, Parameter.empty), "signer": (Signing, Parameter.empty)}
Cursor = Annotated[str, Query(max_length=4000, description="上一页给出的 next · `next` of the page before")]


def _list_route(kind: Kind) -> Callable[..., Response]:
    """The route of a list, whose parameters are the filters of its kind."""

    def route(
        *,
        store: GraphStore,
        signer: Signer,
        sort: str | None,
        facet: list[str],
        limit: int,
        offset: int,
        cursor: str,
        **given: Any,
    ) -> Response:
        facets = tuple(dict.fromkeys(facet))
        question = Question(given, sort or "", limit, offset, cursor, facets)
        found = store.read_together(lambda reader: find(reader, kind, question))
        signer.sign(found.items)
        return as_json(found)

    return signed(route, f"list_{kind.name}", {**_ASKED, **list_parameters(kind)})


def list_parameters(kind: Kind, limit: int = 50) -> dict[str, tuple[Any, Any]]:
    """What a list of a kind is asked by: the type and the default of each parameter, by name."""
    orders = "，".join(f"{name} {order.says}" for name, order in kind.orders.items())
    orders = f"次序 · order: {orders}"
    facets = choice(dict.fromkeys(kind.facets, ()))
    return {
        **{name: (FILTERS[name], None) for name in kind.filters},
        "sort": (optional(choice(dict.fromkeys(kind.orders, ())), orders, next(iter(kind.orders))), None),
        "facet": (
            Annotated[
                list[facets],  # type: ignore[valid-type]
                Query(
                    max_length=len(kind.facets),
                    examples=[list(kind.facets)[:1]],
                    description="要哪些取值的数量，可写几次 · which counts to give; may be repeated",
                ),
            ],
            [],
        ),
        "limit": (Limit, limit),
        "offset": (Offset, 0),
        "cursor": (Cursor, ""),
    }


def _item_route(kind: Kind, whole: Any) -> Callable[..., Response]:
    """The route of one thing with its neighbours."""

    def route(*, store: GraphStore, signer: Signer, **ids: str) -> Response:
        id_ = ids[f"{kind.one}_id"]
        found = store.read_together(lambda reader: read(reader, id_))
        signer.sign([found])
        return as_json(found)

    def read(reader: Reader, id_: str) -> Item:
        found = read_items(reader, kind, [id_])
        if not found:
            raise NotFound(f"there is no {kind.one} {id_!r}; see /{kind.name}")
        result: Item = whole(
            **dict(found[0]),
            neighbours=read_neighbours(
                reader, kind, id_, report=found[0].report.id if isinstance(found[0], Said) else ""
            ),
        )
        return result

    return signed(route, f"get_{kind.one}", {f"{kind.one}_id": (str, Parameter.empty), **_ASKED})


def signed(
    route: Callable[..., Any], name: str, parameters: dict[str, tuple[Any, Any]]
) -> Callable[..., Any]:
    """The function with the signature that FastAPI reads its parameters from."""
    signature = Signature(
        [
            Parameter(key, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
            for key, (annotation, default) in parameters.items()
        ]
    )
    vars(route)["__signature__"] = signature
    route.__name__ = name
    return route


def add_routes(kind: Kind) -> None:
    """The list of a kind and one of it. Call it after longer addresses: an id may hold slashes."""
    model = MODELS[kind.label]
    router.add_api_route(
        f"/{kind.name}",
        _list_route(kind),
        response_model=Listing[model],  # type: ignore[valid-type]
        tags=[f"{kind.zh} {kind.en}"],
        summary=f"查找{kind.zh} · Find {kind.en.lower()}",
    )
    if kind.label != "Report":  # one report tells more: routes/reports.py
        whole = create_model(f"Whole{model.__name__}", __base__=(Surroundings, model), __doc__=model.__doc__)
        router.add_api_route(
            f"/{kind.name}/{{{kind.one}_id:id}}",
            _item_route(kind, whole),
            response_model=whole,
            tags=[f"{kind.zh} {kind.en}"],
            summary=f"{kind.zh}及其相邻 · One of the {kind.en.lower()}, with what stands round it",
        )


for _kind in KINDS:
    add_routes(_kind)
