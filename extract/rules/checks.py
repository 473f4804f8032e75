"""Reads the data of rule files strictly: what a model refuses becomes one line with place and fix."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.model import SuyinError

Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[list[Text], Field(min_length=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Confidence = Annotated[float, Field(gt=0, le=1)]
M = TypeVar("M", bound=BaseModel)
#: What is said of a fault of each type (pydantic's name for it), with the values that its context holds.
_SAID = {
    "string_type": "must be a text in quotes",
    "bool_type": "must be true or false, without quotes",
    "float_type": "must be a number",
    "int_type": "must be a whole number",
    "list_type": 'must be a list in brackets, such as ["由于", "因为"]',
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "string_too_short": "is empty; fill it in or take it out",
    "too_short": "is empty; give at least one",
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be {ge:g} or more",
    "less_than_equal": "must be {le:g} or less",
    "value_error": "{error}",
}


class Strict(BaseModel):
    """Data of a file: no key that is not known here, no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class BadRule(SuyinError):
    """A rule that cannot be used; names the file, the rule and the fix."""


def read_toml(path: Path) -> dict[str, Any]:
    """A file of the vocabulary. Raises BadRule."""
    place = f"rules/{path.name}"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BadRule(f"{place}: missing; reinstall Suyin") from None
    except UnicodeDecodeError:
        raise BadRule(f"{place}: not in UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as err:
        raise BadRule(f"{place}: {err}") from err


def checked(model: type[M], raw: object, place: str) -> M:
    """The data as the model has it. Raises BadRule with the first fault; `place` begins the message."""
    try:
        return model.model_validate(raw)
    except ValidationError as err:
        fault = err.errors(include_url=False)[0]
        raise BadRule(f"{place}: {_told(model, fault)}") from None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known words, the nearest one first if there is one: what to write instead."""
    known = sorted(known)
    near = get_close_matches(word, known, 1)
    return f"did you mean {near[0]!r}? known: {', '.join(known)}" if near else f"known: {', '.join(known)}"


def _told(model: type[BaseModel], fault: Mapping[str, Any]) -> str:
    where = ".".join(str(step) for step in fault["loc"])
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return f"unknown key {where!r}" + (
            "" if "." in where else f"; {did_you_mean(where, model.model_fields)}"
        )
    if kind == "missing":
        return f"{where!r} is missing"
    if kind == "literal_error":
        known = [word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]
        return f"{where}: unknown {fault['input']!r}; {did_you_mean(str(fault['input']), known)}"
    said = _SAID.get(kind, fault["msg"]).format(**context)
    found = "" if kind in ("value_error", "string_too_short", "too_short") else f": {fault['input']!r}"
    return f"{where}{found} {said}" if where else said
