"""The eight kinds that can be looked up, and what each has: filters, facets, orders.

In all Cypher here `n` is the thing looked for, `r` its report, `p` a problem that it is linked to, `e` the
link with its method and confidence. A value stands in the parameter of its filter's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from graph.schema import load_schema

#: The problems of a unit: those that concern it, and all of a report on it alone that concern no other.
PROBLEMS_OF = """CALL ({unit}) {{
  MATCH ({unit})<-[:CONCERNS]-(p:Problem)
  RETURN p
  UNION
  MATCH ({unit})<-[:INSPECTS]-(about:Report)<-[:STATED_IN]-(p:Problem)
  WHERE COUNT {{ (about)-[:INSPECTS]->(:Unit) }} = 1 AND NOT EXISTS {{ MATCH (p)-[:CONCERNS]->(:Unit) }}
  RETURN p
}}"""
#: The units of a problem `{p}` in report `r`, the other way round.
_UNITS_OF = """CALL ({p}, r) {{
  MATCH ({p})-[:CONCERNS]->(u:Unit)
  RETURN u
  UNION
  MATCH (r)-[:INSPECTS]->(u:Unit)
  WHERE COUNT {{ (r)-[:INSPECTS]->(:Unit) }} = 1 AND NOT EXISTS {{ MATCH ({p})-[:CONCERNS]->(:Unit) }}
  RETURN u
}}"""
_NAMES = "[n.name] + coalesce(n.aliases, [])"
#: Names as `fold` leaves them, but for rare marks.
_FOLDED = "toLower(name)"
for _mark, _folded in {"（": "(", "）": ")", "《": "<", "》": ">", "“": "", "”": "", " ": ""}.items():
    _FOLDED = f"replace({_FOLDED}, '{_mark}', '{_folded}')"


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts by a value: `clause` brings what `value` (and `name`, where a value is no code) is read from."""

    value: str
    clause: str = ""
    name: str = "null"
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """Keys in order, each (expression, is it descending); the id comes last by itself. None is ever null."""

    keys: tuple[tuple[str, bool], ...]
    says: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things. `name` is its address, `one` what a parameter with its id is called.

    `conditions` of filters are on `n` and `r`, those of `linked` on what `link` brings. `by_problem`: `link`
    leads to a problem `p`, or `n` is one, so that the problems of a unit can be begun with.
    """

    name: str
    one: str
    label: str
    zh: str
    en: str
    conditions: Mapping[str, str]
    facets: Mapping[str, Facet]
    orders: Mapping[str, Order]
    report: str = "MATCH (n)-[:STATED_IN]->(r:Report)"
    link: str = ""
    linked: Mapping[str, str] = field(default_factory=dict)
    by_problem: bool = True

    @property
    def filters(self) -> tuple[str, ...]:
        """The names of all that it can be narrowed by."""
        return tuple(dict.fromkeys((*(("unit",) if self.by_problem else ()), *self.conditions, *self.linked)))

    @property
    def index(self) -> str:
        """The name of its full-text index; empty where it has none."""
        label = load_schema().labels[self.label]
        return label.fulltext_index if label.fulltext else ""


_SEARCH = {"q": "all(word IN $q WHERE n.search CONTAINS word)"}
_NAMED = {"q": f"all(word IN $q WHERE any(name IN {_NAMES} WHERE {_FOLDED} CONTAINS word))"}
_CITES = {"policy": "EXISTS { MATCH (n)-[:REFERENCES]->(k:Policy) WHERE k.id IN $policy }"}
_REPORT = {
    "report": "r.id = $report", "kind": "r.kind = $kind",
    "place": "(r.place = $place OR EXISTS { MATCH (r)-[:INSPECTS]->(w:Unit) WHERE w.place = $place })",
    "date_from": "r.date >= $date_from", "date_to": "left(r.date, size($date_to)) <= $date_to"}
_LINK = {"method": "e.method = $method", "confidence": "e.confidence >= $confidence"}
_CAUSED = "EXISTS { MATCH (p)-[:CAUSED_BY]->(c:RootCause) WHERE c.type = $cause_type }"
_PROBLEM = {"problem": "p.id = $problem", "category": "p.category = $category"}

_REPORT_FACETS = {"kind": Facet("r.kind", vocabulary="kind"), "place": Facet("r.place"),
                  "year": Facet("left(r.date, 4)")}
_FACETS = {**_REPORT_FACETS, "report": Facet("r.id", name="r.title")}

_PLACE = (("r.id", False), ("n.start", False))
_BY_REPORT = Order(_PLACE, "报告和位置 · report and place")
_BY_DATE = Order((("coalesce(r.date, '')", True), *_PLACE), "新的在先 · newest first")
_HITS = "size([word IN $q WHERE split(n.search, '\\n')[0] CONTAINS word])"
_BY_HITS = Order(((_HITS, True), *_PLACE), "标题中有的在先 · hits in headlines first")
_ORDERS = {"report": _BY_REPORT, "date": _BY_DATE, "relevance": _BY_HITS}
_BY_NAME = Order((("n.name", False),), "名称 · name")



def _own(cypher: str) -> str:
    """What is said of a report `r`, where the report itself is looked for."""
    return re.sub(r"\br\b", "n", cypher)


KINDS = (
    Kind("reports", "report", "Report", "报告", "Reports", report="", by_problem=False,
         conditions={"q": f"all(word IN $q WHERE {_FOLDED.replace('name', 'n.title')} CONTAINS word)",
                     "unit": "EXISTS { MATCH (n)-[:INSPECTS|ISSUED_BY]->(u:Unit) WHERE u.id IN $unit }",
                     "policy": "EXISTS { MATCH (n)<-[:STATED_IN*0..1]-(x)-[:REFERENCES]->(k:Policy) "
                               "WHERE k.id IN $policy }",
                     **{name: _own(says) for name, says in _REPORT.items() if name != "report"}},
         link="MATCH (n)<-[:STATED_IN]-(p:Problem)",
         linked={"category": "p.category = $category", "cause_type": _CAUSED},
         facets={**{name: replace(facet, value=_own(facet.value)) for name, facet in _REPORT_FACETS.items()},
                 "level": Facet("n.level"),
                 "unit": Facet("u.id", "MATCH (n)-[:INSPECTS]->(u:Unit)", "u.name"),
                 "category": Facet("p.category", "MATCH (n)<-[:STATED_IN]-(p:Problem)",
                                   vocabulary="category")},
         orders={"id": Order((), "id"), "date": Order((("coalesce(n.date, '')", True),), _BY_DATE.says),
                 "title": Order((("n.title", False),), "标题 · title"),
                 "problems": Order((("COUNT { (n)<-[:STATED_IN]-(:Problem) }", True),),
                                   "问题多的在先 · most problems")}),
    Kind("problems", "problem", "Problem", "问题", "Problems",
         conditions={**_SEARCH, "category": "n.category = $category", **_REPORT,
                     "policy": "EXISTS { MATCH (n)<-[:SUPPORTS*0..1]-(x)-[:REFERENCES]->(k:Policy) "
                               "WHERE k.id IN $policy }",
                     "part_of": "EXISTS { MATCH (n)-[:PART_OF]->(w:Problem) WHERE w.id = $part_of }"},
         link="MATCH (n)-[e:CAUSED_BY]->(c:RootCause)",
         linked={"cause_type": "c.type = $cause_type", "cause": "c.id = $cause", **_LINK},
         facets={"category": Facet("n.category", vocabulary="category"),
                 "cause_type": Facet("c.type", "MATCH (n)-[:CAUSED_BY]->(c:RootCause)",
                                     vocabulary="cause-type"),
                 "method": Facet("e.method", "MATCH (n)-[e:CAUSED_BY]->(:RootCause)"),
                 "unit": Facet("u.id", _UNITS_OF.format(p="n"), "u.name"),
                 "policy": Facet("k.id", "MATCH (n)<-[:SUPPORTS*0..1]-(x)-[:REFERENCES]->(k:Policy)",
                                 "k.name"),
                 **_FACETS},
         orders={**_ORDERS, "amount": Order((("coalesce(n.amount, -1.0)", True), *_PLACE),
                                            "金额大的在先 · largest amount first")}),
    Kind("causes", "cause", "RootCause", "原因", "Causes",
         conditions={**_SEARCH, "cause_type": "n.type = $cause_type", **_REPORT, **_CITES},
         link="MATCH (n)<-[e:CAUSED_BY]-(p:Problem)", linked={**_PROBLEM, **_LINK},
         facets={"cause_type": Facet("n.type", vocabulary="cause-type"),
                 "category": Facet("p.category", "MATCH (n)<-[:CAUSED_BY]-(p:Problem)",
                                   vocabulary="category"),
                 "method": Facet("e.method", "MATCH (n)<-[e:CAUSED_BY]-(:Problem)"), **_FACETS},
         orders=_ORDERS),
    Kind("recommendations", "recommendation", "Recommendation", "建议", "Recommendations",
         conditions={**_SEARCH, **_REPORT, **_CITES},
         link="MATCH (n)-[e:ADDRESSES]->(t)<-[:CAUSED_BY*0..1]-(p:Problem)",
         linked={**_PROBLEM, "cause": "t.id = $cause", "cause_type": _CAUSED, **_LINK},
         facets={"category": Facet("p.category", "MATCH (n)-[:ADDRESSES]->(t)<-[:CAUSED_BY*0..1]-(p:Problem)",
                                   vocabulary="category"),
                 "method": Facet("e.method", "MATCH (n)-[e:ADDRESSES]->(t)"), **_FACETS},
         orders=_ORDERS),
    Kind("measures", "measure", "Measure", "整改措施", "Measures",
         conditions={**_SEARCH, "status": "n.status = $status", **_REPORT, **_CITES},
         link="MATCH (n)-[e:RESOLVES]->(p:Problem)", linked={**_PROBLEM, "cause_type": _CAUSED, **_LINK},
         facets={"status": Facet("n.status"),
                 "category": Facet("p.category", "MATCH (n)-[:RESOLVES]->(p:Problem)", vocabulary="category"),
                 **_FACETS},
         orders=_ORDERS),
    Kind("evidence", "evidence", "Evidence", "依据事实", "Evidence",
         conditions={**_SEARCH, **_REPORT, **_CITES},
         link="MATCH (n)-[e:SUPPORTS]->(p:Problem)", linked={**_PROBLEM, "cause_type": _CAUSED},
         facets={"category": Facet("p.category", "MATCH (n)-[:SUPPORTS]->(p:Problem)", vocabulary="category"),
                 **_FACETS},
         orders=_ORDERS),
    Kind("policies", "policy", "Policy", "政策", "Policies", report="",
         conditions={**_NAMED,
                     "report": "EXISTS { MATCH (n)<-[:REFERENCES]-(x)-[:STATED_IN*0..1]->(r:Report) "
                               "WHERE r.id = $report }"},
         link="MATCH (n)<-[:REFERENCES]-(x)-[:SUPPORTS*0..1]->(p:Problem)",
         linked={**_PROBLEM, "cause_type": _CAUSED},
         facets={"category": Facet("p.category", "MATCH (n)<-[:REFERENCES]-(x)-[:SUPPORTS*0..1]->(p:Problem)",
                                   vocabulary="category")},
         orders={"name": _BY_NAME,
                 "citations": Order((("COUNT { (n)<-[:REFERENCES]-() }", True), ("n.name", False)),
                                    "引用多的在先 · most cited")}),
    Kind("units", "unit", "Unit", "单位", "Units", report="", by_problem=False,
         conditions={**_NAMED, "place": "n.place = $place",
                     "report": "EXISTS { MATCH (n)<-[:NAMES]-(r:Report) WHERE r.id = $report }"},
         link=PROBLEMS_OF.format(unit="n"),
         linked={"category": "p.category = $category", "cause_type": _CAUSED},
         facets={"place": Facet("n.place"),
                 "category": Facet("p.category", PROBLEMS_OF.format(unit="n"), vocabulary="category")},
         orders={"name": _BY_NAME,
                 "reports": Order((("COUNT { (n)<-[:INSPECTS]-(:Report) }", True), ("n.name", False)),
                                  "受检查多的在先 · most inspected")}),
)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_LABEL = {kind.label: kind for kind in KINDS}
