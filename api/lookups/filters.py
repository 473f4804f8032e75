"""What a list can be narrowed by: the name of each filter, the values it takes, and what it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query
from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from graph.errors import QueryError
from graph.search import SEARCHABLE
from graph.vocabulary import check_among, choices

_ID = 200  # characters of an id or a name at most
_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def choice(known: Mapping[str, tuple[str, ...]]) -> Any:
    """A type that takes one of some words: an enum in OpenAPI, 422 with the nearest for others.

    `known`: the words, each with its names.
    """

    def check(value: str) -> str:
        try:
            check_among("", known, value)
        except QueryError as err:
            raise PydanticCustomError("choice", "{said}", {"said": str(err).strip()}) from err
        return value

    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(known)})]


def optional(kind: Any, says: str, example: Any, **limits: Any) -> Any:
    """The type of a parameter whose default is None, which is no value that it takes."""
    return Annotated[kind, Query(description=says, examples=[example], **limits)]


def _code(kind: str, says: str, example: str) -> Any:
    """A code of the vocabulary, or one of the words a|b."""
    return optional(choice(choices(kind) or {}), says, example)


def _text(says: str, example: str) -> Any:
    return optional(str, says, example, max_length=_ID)


STATUSES = "done|ongoing|long-term|planned"
METHODS = "explicit|inferred"

#: Every filter by name, as the type of a route's parameter.
FILTERS: dict[str, Any] = {
    "q": optional(
        str,
        "文字，空格隔开几个词，每个都要有 · words in it, as a reader sees them; a blank parts "
        "them, and all must be there",
        "专项资金",
        max_length=1000,
        json_schema_extra={"pattern": SEARCHABLE},
    ),
    "category": _code("category", "问题类别的代码 · code of a category of problem", "finance"),
    "cause_type": _code("cause-type", "原因类型的代码 · code of a type of cause", "institution"),
    "kind": _code("kind", "报告种类的代码 · code of a kind of report", "audit-report"),
    "method": _code(
        METHODS, "explicit 报告明示，inferred 由内容推断 · stated by the report, or inferred", "explicit"
    ),
    "confidence": optional(float, "联系的把握度不低于 · confidence of the link at least", 0.8, ge=0, le=1),
    "status": _code(STATUSES, "整改状态 · status of the measure", "done"),
    "unit": _text(
        "单位的 id、名称或别名；几个单位同名时都算，见 matches · id, name or alias of a unit; "
        "where it fits several, all count, see `matches`",
        "县财政局",
    ),
    "policy": _text(
        "政策的 id、名称、别名或其一部分 · id, name or alias of a policy, or part of one", "预算法"
    ),
    "place": _text("地区 · place of the report or of whom it inspects", "青岳县"),
    "date_from": optional(
        str, "报告日期不早于，年、年月或年月日 · date of the report: not before", "2023", pattern=_DATE
    ),
    "date_to": optional(
        str, "不晚于，2023 即到年底 · not after; 2023 is to the end of that year", "2024-06", pattern=_DATE
    ),
    "report": _text("报告 id · id of a report", "audit"),
    "problem": _text("问题 id · id of a problem", "p1"),
    "cause": _text("原因 id · id of a cause", "c1"),
    "part_of": _text("所属问题的 id · id of the problem that it is an item of", "p1"),
}
#: Filters that may name several things: what they name.
NAMING = {"unit": "Unit", "policy": "Policy"}
