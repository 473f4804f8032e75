"""POST /cypher: users' own questions, through the gate."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.requests import ClientDisconnect

from api.access.audit import note
from api.cypher_access import need_research
from api.cypher_models import CypherEdge, CypherIn, CypherNode, CypherOut
from api.errors import answer
from api.formats import MEDIA_TYPES, Form, choose_form
from api.models import ErrorBody
from api.stores import Store
from graph.exports.answers import to_csv, to_parquet
from graph.exports.graphml import graphml_lines
from graph.exports.rows import ENDS
from graph.gate.answers import Answer
from graph.gate.gate import BusyError, Gate
from graph.schema import Schema
from graph.store import GraphStore

_SAYS = {
    403: "不开放或无权 · closed, or not for you",
    406: "没有这种格式 · no such form",
    413: "太大 · too large",
    415: "须为 JSON · must be JSON",
    429: "查询太多 · too many at a time",
}
_FILE = {"schema": {"type": "string", "format": "binary"}}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    **{code: {"model": ErrorBody, "description": says} for code, says in _SAYS.items()},
    200: {
        "model": CypherOut,
        "description": "结果 · the answer",
        "content": {media: _FILE for form, media in MEDIA_TYPES.items() if form is not Form.json},
    },
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": CypherIn.model_json_schema()}},
    }
}

router = APIRouter(tags=["Cypher"], dependencies=[Depends(need_research)], responses=_ANSWERS)


async def read_question(request: Request) -> CypherIn:
    """The body, whose size `Bodies` bounds. Raises HTTPException, RequestValidationError."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(
            415, "请求体须为 JSON · the body must be JSON; send it with Content-Type: application/json"
        )
    try:
        body = await request.body()
    except ClientDisconnect:  # nobody gets this; of too much, `Bodies` says so
        raise HTTPException(400, "请求体不完整 · the body broke off; send it again") from None
    note(request, cypher=body.decode("utf-8", "replace"))
    try:
        return CypherIn.model_validate_json(body)
    except ValidationError as err:
        faults = [{**fault, "loc": ("body", *fault["loc"])} for fault in err.errors()]
        raise RequestValidationError(faults) from None


Question = Annotated[CypherIn, Depends(read_question)]


@router.post("/cypher", summary="用 Cypher 提问 · Ask in Cypher", openapi_extra=_BODY)
def cypher(question: Question, request: Request, store: Store) -> Response:
    """只读；格式按 Accept · Reads only; JSON, CSV, Parquet or GraphML by Accept."""
    return answer_question(question, request, store, choose_form(request.headers.get("accept", "")))


@router.post("/cypher.{form}", summary="同上，格式在地址里 · The form in the address", openapi_extra=_BODY)
def cypher_as(form: Form, question: Question, request: Request, store: Store) -> Response:
    """/cypher.csv 等 · As /cypher.csv."""
    return answer_question(question, request, store, form)


def answer_question(question: CypherIn, request: Request, store: GraphStore, form: Form) -> Response:
    """The answer in a form; 429 where too many ask. Raises QueryError, StoreError."""
    gate: Gate = request.app.state.gate
    try:
        gate.check_store(store)
        found = gate.ask(store, question.query, question.parameters)
    except BusyError as err:
        busy = answer(429, *str(err).split("; ", 1))
        busy.headers["Retry-After"] = "5"
        return busy
    headers = {"Vary": "Accept", "Suyin-Truncated": str(found.truncated).lower()}
    if form is not Form.json:
        headers["Content-Disposition"] = f'attachment; filename="answer.{form}"'
    return Response(_written(found, form, store.schema), media_type=MEDIA_TYPES[form], headers=headers)


def _written(found: Answer, form: Form, schema: Schema) -> str | bytes:
    match form:
        case Form.csv:
            return to_csv(found.columns, found.rows) + "\n"
        case Form.parquet:
            return to_parquet(found.columns, found.rows)
        case Form.graphml:
            whole = (edge for edge in found.edges if None not in (edge["source"], edge["target"]))
            return "".join(graphml_lines(schema, found.nodes, whole))
    return _model(found).model_dump_json()


def _model(found: Answer) -> CypherOut:
    return CypherOut(
        columns=list(found.columns),
        rows=found.rows,
        truncated=found.truncated,
        notes=list(found.notes),
        nodes=[
            CypherNode(id=node["id"], label=node["label"], properties=_rest(node, "id", "label"))
            for node in found.nodes
        ],
        edges=[
            CypherEdge(
                id=edge.get("id"),
                type=edge["type"],
                source=edge["source"],
                target=edge["target"],
                properties=_rest(edge, "id", "type", *ENDS),
            )
            for edge in found.edges
        ],
    )


def _rest(properties: dict[str, Any], *without: str) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name not in without}
