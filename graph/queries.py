"""Finds and runs the named queries: one documented question a file in graph/queries.

A file begins with comment lines. `zh:` and `en:` say the question, `topic:` is one of TOPICS.
`param: NAME TYPE [= JSON] | what it is` names a parameter (required where it has no default), and `example:
KEY=VALUE …` values to try it with on the sample reports. `column: NAME | what it is` names a column.
`param: NAME category? = ""` takes a code of a category or nothing, `a|b` one of these words, `unit` a name.
A parameter of type `text` comes with two more: $NAME_terms, its pairs of Chinese characters and its words,
and $NAME_query, the same in one string for a full-text index; one of type `words` with $NAME_words, folded as
the property `search` is.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from graph.errors import QueryError
from graph.gate.gate import Gate
from graph.names import NAMES, named, notes_on_names
from graph.reading import QueryResult, Reader
from graph.search import search_terms, split_words
from graph.store import GraphStore
from graph.values import DEEPEST, check_text
from graph.vocabulary import check_choice, choices

#: What the questions are about, in the order of the cookbook: (Chinese, English).
TOPICS = {
    "problems": ("问题", "Problems"),
    "causes": ("原因与后果", "Causes and effects"),
    "recommendations": ("建议", "Recommendations"),
    "rectification": ("整改", "Rectification"),
    "policies": ("政策法规", "Policies"),
    "money": ("资金", "Money"),
    "units": ("单位", "Units"),
    "reports": ("报告", "Reports"),
    "sources": ("出处与可靠程度", "Sources and reliability"),
}

_HEAD = re.compile(r"// (zh|en|topic|param|example|column): (.+)")
_PARAM = re.compile(
    r"(?P<name>\w+) (?P<type>[\w|-]+)(?P<empty>\?)?(?: = (?P<default>\S+))? "
    r"\| (?P<says>.+)"
)
#: Types that take any value of their form.
_FREE = ("string", "integer", "number", "text", "words")
_COLUMN = re.compile(r"(\w+) \| (.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query; it must be given where `default` is None.

    `type`: one of _FREE, a kind of name in the graph (graph.names), or of value in the vocabulary
    (graph.vocabulary). `may_be_empty`: an empty text stands for any value.
    """

    name: str
    type: str
    default: str | int | float | None
    says: str
    may_be_empty: bool = False

    def __str__(self) -> str:
        return self.name if self.default is None else f"{self.name}={json.dumps(self.default)}"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with its Cypher, which is one text for both databases.

    `columns_say` tells of each column what it is; `example` has values to try it with on the
    sample reports.
    """

    name: str
    question_zh: str
    question_en: str
    topic: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    columns_say: tuple[str, ...]
    example: Mapping[str, str]
    cypher: str

    @property
    def body(self) -> str:
        """The Cypher with its comments, without the head."""
        return "\n".join(line for line in self.cypher.splitlines() if not _HEAD.fullmatch(line))


@cache
def list_queries() -> tuple[NamedQuery, ...]:
    """All named queries, by name."""
    found = (f for f in (files("graph") / "queries").iterdir() if f.name.endswith(".cypher"))
    return tuple(
        sorted(
            (parse_query(f.name.removesuffix(".cypher"), f.read_text("utf-8")) for f in found),
            key=lambda q: q.name,
        )
    )


def find_query(name: str) -> NamedQuery:
    """The query of this name, with - or _ between the words. Raises QueryError."""
    for query in list_queries():
        if query.name == name.replace("_", "-"):
            return query
    near = ", ".join(get_close_matches(name, [q.name for q in list_queries()]))
    raise QueryError(f"there is no query {name!r}{near and '; near it are: '}{near}; 'suyin query' lists all")


def run_query(reader: Reader, name: str, /, **params: Any) -> QueryResult:
    """Ask a named question. Raises QueryError where the name or a parameter is wrong, StoreError."""
    query = find_query(name)
    values = bind(query, params)
    result = reader.read_only(query.cypher, **values)
    given = [] if result.rows else named({p.name: p.type for p in query.parameters}, values)
    # its own columns, for without rows the embedded store names none
    return QueryResult(query.columns, result.rows, result.truncated, tuple(notes_on_names(reader, given)))


def is_name(question: str) -> bool:
    """Whether this is the name of a query (or a slip in one), not Cypher."""
    return re.fullmatch(r"[\w-]+", question) is not None


def ask(store: GraphStore, question: str, /, **values: str) -> QueryResult:
    """Answer a named question, or Cypher that passes the gate, with values as a command line gives them.

    For Cypher, 5, true and ["a", "b"] are JSON; finance and 007 are text. `notes` of the answer tell of words
    that the schema lacks. Raises QueryError, StoreError.
    """
    if is_name(question):
        return run_query(store, question, **values)
    read = {key: _json_or_text(key, value) for key, value in values.items()}
    result = Gate().ask(store, question, read)
    notes = [
        f"参数 ${key} 不是 JSON，当作文字 · parameter ${key} is no JSON, so it is taken as text"
        for key, value in values.items()
        if value[:1] in ("[", "{", '"') and read[key] == value
    ]
    return replace(result, notes=(*result.notes, *notes))


def parse_query(name: str, text: str) -> NamedQuery:
    """Read a query file. Raises QueryError that names it where a line of its head is wrong."""
    head: dict[str, list[str]] = {"zh": [], "en": [], "topic": [], "param": [], "example": [], "column": []}
    for line in text.splitlines():
        if match := _HEAD.fullmatch(line):
            head[match[1]].append(match[2])
    where = f"queries/{name}.cypher"
    for key in ("zh", "en", "topic"):
        if len(head[key]) != 1:
            raise QueryError(f"{where}: there must be one line '// {key}: …'")
    if head["topic"][0] not in TOPICS:
        raise QueryError(f"{where}: topic {head['topic'][0]!r} is not one of {', '.join(TOPICS)}")
    parameters = []
    for line in head["param"]:
        match = _PARAM.fullmatch(line)
        if match is None:
            raise QueryError(f"{where}: '{line}' is not 'NAME TYPE [= JSON] | what it is'")
        default = None if match["default"] is None else json.loads(match["default"])
        if match["type"] not in (*_FREE, *NAMES) and choices(match["type"]) is None:
            raise QueryError(f"{where}: {match['type']!r} is no type of a parameter")
        parameters.append(
            Parameter(match["name"], match["type"], default, match["says"], bool(match["empty"]))
        )
    columns = [match.groups() for line in head["column"] if (match := _COLUMN.fullmatch(line))]
    if not columns or len(columns) < len(head["column"]):
        raise QueryError(f"{where}: each column must have a line '// column: NAME | what it is'")
    example = dict(word.partition("=")[::2] for line in head["example"] for word in line.split())
    return NamedQuery(
        name,
        head["zh"][0],
        head["en"][0],
        head["topic"][0],
        tuple(parameters),
        tuple(c for c, _ in columns),
        tuple(says for _, says in columns),
        example,
        text,
    )


def bind(query: NamedQuery, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of all parameters. Those of a command line or an address come as strings or as JSON."""
    known = {p.name for p in query.parameters}
    if unknown := sorted(given.keys() - known):
        raise QueryError(
            f"{query.name}: unknown parameter {unknown[0]!r}; "
            f"it takes {', '.join(map(str, query.parameters)) or 'none'}"
        )
    values: dict[str, Any] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name)
        value = parameter.default if value is None else value
        if value is None:
            raise QueryError(f"{query.name}: {parameter.name} is missing: {parameter.says}")
        if parameter.type == "integer":
            values[parameter.name] = _integer(query.name, parameter.name, value)
            continue
        if parameter.type == "number":
            values[parameter.name] = _number(query.name, parameter.name, value)
            continue
        values[parameter.name] = text = _text(f"{query.name}: {parameter.name}", value)
        if text or not parameter.may_be_empty:
            check_choice(f"{query.name}: {parameter.name}", parameter.type, text)
        if parameter.type == "words":
            values[f"{parameter.name}_words"] = words = split_words(text)
            if not words:
                raise QueryError(f"{query.name}: {parameter.name} must have a character to look for")
        if parameter.type == "text":
            terms = search_terms(text)
            if not terms:
                raise QueryError(f"{query.name}: {parameter.name} must have two Chinese characters or a word")
            values |= {f"{parameter.name}_terms": terms, f"{parameter.name}_query": " ".join(terms)}
    return values


def _json_or_text(key: str, text: str) -> Any:
    deep = QueryError(f"parameter {key} is nested too deeply; at most {DEEPEST} levels")
    if text.startswith("[" * (DEEPEST + 1)):  # Python 3.13 takes it for no JSON, 3.11 gives up
        raise deep
    try:
        value = json.loads(text, parse_constant=_no_json)
    except json.JSONDecodeError:
        return text
    except RecursionError as err:
        raise deep from err
    except ValueError as err:  # more digits than Python reads
        raise QueryError(f"parameter {key}: the number is too long; write it as text, in quotes") from err
    if isinstance(value, float) and not math.isfinite(value):
        raise QueryError(f"parameter {key}: {text:.20} is too large a number; write it as text, in quotes")
    return value


def _no_json(constant: str) -> None:
    """NaN and Infinity, which Python reads, are no JSON."""
    raise json.JSONDecodeError("no JSON", constant, 0)


def _text(where: str, value: Any) -> str:
    """Raises QueryError where it is neither a text nor a number, or cannot be written in UTF-8."""
    if isinstance(value, list | dict | bool):
        raise QueryError(f"{where} must be a text, not {value!r:.60}")
    check_text(where, str(value))
    return str(value)


def _integer(query: str, name: str, value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = -1
    if not 0 <= number < 2**31 or isinstance(value, bool | float):
        raise QueryError(f"{query}: {name} must be a whole number from 0, not {value!r}")
    return number


def _number(query: str, name: str, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number) or isinstance(value, bool):
        raise QueryError(f"{query}: {name} must be a number, not {value!r}")
    return number
