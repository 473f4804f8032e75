"""Names in free Cypher that the schema lacks are told with the nearest; nothing else is taken for one."""

from __future__ import annotations

import pytest

from graph.cypher import depth, parameters, tokens
from graph.notes import notes_on_words
from graph.queries import ask, list_queries
from graph.schema import load_schema
from graph.store import GraphStore, QueryError


def notes(query: str, *given: str) -> list[str]:
    return list(notes_on_words(load_schema(), tokens(query), given))


#: query -> for each note: what is not there, and what is offered
WRONG: dict[str, list[tuple[str, str]]] = {
    "MATCH (p:Probelm) RETURN p": [(":Probelm", "Problem")],
    "MATCH (c:原因) RETURN c": [(":原因", "RootCause")],
    "match (u:unit) return u": [(":unit", "Unit")],
    "MATCH (p:`Problems`) RETURN p.`headlin`": [(":Problems", "Problem"), ("headlin", "headline")],
    "MATCH (p:Problem|Unti) RETURN p": [(":Unti", "Unit")],
    "MATCH (p:!(Problem&Unti)) RETURN p.headline": [(":Unti", "Unit")],
    "MATCH (p) WHERE p.start > 1 AND p:Problme RETURN p": [(":Problme", "Problem")],
    "MATCH (p:Problem)-[:CAUSE_BY]->() RETURN p": [(":CAUSE_BY", "CAUSED_BY")],
    "MATCH ()<-[x:LEADS_TO|LEAD_TO*1..3]-() RETURN x": [(":LEAD_TO", "LEADS_TO")],
    "MATCH (p:Problem) WHERE EXISTS { (p)-[:SUPPORT]->() } RETURN p": [(":SUPPORT", "SUPPORTS")],
    "MATCH (p:Problem)-[e:CAUSED_BY {methd: 'x'}]->(c:RootCause) RETURN c.typ, e.confidense": [
        ("CAUSED_BY.methd", "method"),
        ("RootCause.typ", "type"),
        ("CAUSED_BY.confidense", "confidence"),
    ],
    "MATCH (u:Unit {nmae: 'x'}) RETURN u.id": [("Unit.nmae", "name")],
    "MATCH (p:Problem WHERE p.headlien = 'x') RETURN p": [("Problem.headlien", "headline")],
    "MATCH (p:Problem) RETURN p {.headline, .numbr}": [("Problem.numbr", "number")],
    "MATCH (p:Problem) RETURN p.name": [("Problem.name", "number")],
    "MATCH (a)-[e]->(b) WHERE a.headlin = '' RETURN e": [("headlin", "headline")],
    "CALL db.index.fulltext.queryNodes('ft_problem', $q) YIELD node WITH node AS p MATCH (p)-->(r) RETURN p.headlin": [
        ("headlin", "headline")
    ],
}


@pytest.mark.parametrize("query", WRONG)
def test_what_the_schema_lacks_is_told(query: str) -> None:
    told = notes(query)
    assert len(told) == len(WRONG[query])
    for note, (name, near) in zip(told, WRONG[query], strict=True):
        assert f" {name}" in note
        assert near in note.partition("did you mean ")[2]


@pytest.mark.parametrize(
    "query",
    [
        "RETURN {Foo: 1, a: {b: 2}} AS m",
        "RETURN 'MATCH (p:Probelm)' AS s // (p:Foo)",
        '/* (:Foo) */ RETURN "it\'s (:Foo)"',
        "WITH {foo: 1} AS p RETURN p.foo",
        "UNWIND [{x: 1}] AS row RETURN row.x",
        "RETURN $row.x, $y",
        "CALL db.index.fulltext.queryNodes('ft_problem', $q) YIELD node, score RETURN node.anything",
        "MATCH p = (a:Problem)-[*1..3]-(b) RETURN [n IN nodes(p) | n.whatever], [1, 2][0..1]",
        "MATCH (p:Problem) RETURN p {.headline, other: p.text, all: 1}",
        "RETURN date('2024-01-01').year, 1.5, 2e-3",
        "MATCH (p:Problem) WITH p.headline AS p RETURN p.foo",
        "RETURN point({x: 1, y: 2}).x, duration('P1D').days",
        "MATCH (u:Unit) RETURN u.name UNION MATCH (u:Problem) RETURN u.headline AS `u.name`",
        "MATCH (p:Problem) RETURN CASE WHEN p:Problem THEN 1 ELSE 2 END",
        "RETURN apoc.text.join(['a'], ',')",
        "RETURN [x IN [{a: 1}] WHERE x.a = 1 | x.foo], reduce(s = 0, x IN [1] | s + x), (1)-(2)",
        "MATCH (p:Problem) CALL (p) { MATCH (p)-[:CAUSED_BY]->(c) RETURN c } RETURN c.type",
        "MATCH (p:Problem)-[e:PART_OF*0..6]->() RETURN [x IN e | x.foo]",
        "MATCH (m:Meta) RETURN m.version",
        "MATCH (p:Problem) WITH collect({head: p.headline}) AS rows UNWIND rows AS row RETURN row.head",
        "MATCH (n) WHERE n:Problem|Evidence RETURN n.text, n.headline + ': ' + n.text",
        "MATCH (p:$($x)) RETURN p",
        "RETURN 'open (:X",
    ],
)
def test_nothing_else_is_taken_for_one(query: str) -> None:
    assert notes(query, *parameters(tokens(query))) == []


def test_our_own_queries_name_what_is_there() -> None:
    assert {query.name: notes(query.cypher) for query in list_queries() if notes(query.cypher)} == {}


def test_a_parameter_that_is_not_used_is_told() -> None:
    assert "$unti; did you mean $unit?" in notes("MATCH (u:Unit {name: $unit}) RETURN u.id", "unti")[0]


def test_brackets_are_counted_outside_of_strings() -> None:
    assert depth(tokens("RETURN [[1], '((((', {a: [(2)]}] // [[[[[[")) == 4
    assert depth(tokens("RETURN " + "[" * 90_000)) == 90_000


def test_the_answer_comes_with_the_notes(store: GraphStore) -> None:
    answer = ask(store, "MATCH (p:Probelm)-[:CAUSE_BY]->(c) RETURN p.headline AS h")
    assert (answer.rows, len(answer.notes)) == ([], 2)
    assert ask(store, "MATCH (p:Problem) RETURN p.headline AS h").notes == ()


@pytest.mark.parametrize(
    ("query", "values", "says"),
    [
        ("RETURN $x AS x", {"x": str(2**70)}, "x: a whole number must be below 2^63"),
        ("RETURN $x AS x", {"x": f"[1, [{-(2**70)}]]"}, "x: a whole number must be below 2^63"),
        ("RETURN $x AS x", {"x": "7" * 5000}, "x: the number is too long"),
        ("RETURN $x AS x", {"x": "-1e999"}, "x: -1e999 is too large"),
        ("RETURN $x AS x", {"x": "甲\udcff"}, "x holds a broken character at 1"),
        ("RETURN $x AS x", {"x": '{"a\\ud800": 1}'}, "x holds a broken character at 1"),
        ("RETURN $x AS x", {"x": "[" * 3000}, "x is nested too deeply"),
        ("RETURN $x AS x", {"x": "[" * 150 + "]" * 150}, "x is nested too deeply"),
        ("RETURN '\ud800' AS x", {}, "the query holds a broken character at 8"),
        ("RETURN " + "[" * 3000, {}, "3,000 deep"),
        ("unit-problems", {"unit": "\udcff"}, "unit holds a broken character"),
    ],
)
def test_values_that_no_database_takes(
    embedded_store: GraphStore, query: str, values: dict[str, str], says: str
) -> None:
    with pytest.raises(QueryError) as caught:
        ask(embedded_store, query, **values)
    assert says in str(caught.value)


def test_values_that_are_taken(store: GraphStore) -> None:
    query = "RETURN $x AS x"
    for text, value in {
        "NaN": "NaN",
        "Infinity": "Infinity",
        "007": "007",
        "[1, null, {}]": [1, None, {}],
        "": "",
        str(-(2**63)): -(2**63),
        '"5"': "5",
        "长" * 100_000: "长" * 100_000,
    }.items():
        answer = ask(store, query, x=text)
        assert (answer.rows, answer.notes) == ([{"x": value}], ())
    for text in ('["a"', "[2021]3号", '"三公"经费', "{a: 1}"):
        assert "is no JSON, so it is taken as text" in ask(store, query, x=text).notes[0]


def test_answers_are_what_json_knows(store: GraphStore) -> None:
    [row] = ask(
        store,
        "RETURN 0.0/0.0 AS nan, [1.0/0.0, 1.5] AS infinite, duration('P1DT2H') AS time, "
        "date('2024-01-05') AS day, {a: {b: [1, {c: null}]}} AS map, point({x: 1, y: 2}) AS point",
    ).rows
    assert row == {
        "nan": None,
        "infinite": [None, 1.5],
        "time": "P1DT2H",
        "day": "2024-01-05",
        "map": {"a": {"b": [1, {"c": None}]}},
        "point": "POINT(1.0 2.0)",
    }
