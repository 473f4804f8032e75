"""The eight kinds that can be looked up, and what each has: filters, facets, orders.

In all Cypher here `n` is the thing looked for, `r` its report, `p` a problem that it is linked to, `e` the
link with its method and confidence. What else `joined` names is named nowhere else in the filters of a kind.
A value stands in the parameter of its filter's name.
"""

from __future__ import annotations

import re
from dataclasses import replace

from api.lookups.kind import Facet, Kind, Order

#: The problems of a unit: those that concern it, and all of a report on it alone that concern no other.
PROBLEMS_OF = """CALL ({unit}) {{
  MATCH ({unit})<-[:CONCERNS]-(p:Problem)
  RETURN p
  UNION
  MATCH ({unit})<-[:INSPECTS]-(about:Report)<-[:STATED_IN]-(p:Problem)
  WHERE COUNT {{ (about)-[:INSPECTS]->(:Unit) }} = 1 AND NOT EXISTS {{ MATCH (p)-[:CONCERNS]->(:Unit) }}
  RETURN p
}}"""
#: Problems by their unit, the other way round: report by report, as a look at each problem takes long.
_BY_UNIT = (
    """MATCH (n)-[:CONCERNS]->(u:Unit)
RETURN u.id AS value, u.name AS name, count(DISTINCT n) AS number""",
    """OPTIONAL MATCH (n)-[:CONCERNS]->(c:Unit)
WITH n, r, c WHERE c IS NULL
WITH r, count(DISTINCT n) AS number
MATCH (r)-[:INSPECTS]->(u:Unit)
WITH r, number, collect(DISTINCT u) AS units WHERE size(units) = 1
WITH units[0] AS u, number
RETURN u.id AS value, u.name AS name, sum(number) AS number""",
)
#: Things by their place: that of the report and those of whom it inspects, as the filter has it; report by
#: report too.
_BY_PLACE = """WITH r, count(DISTINCT n) AS number
OPTIONAL MATCH (r)-[:INSPECTS]->(w:Unit)
UNWIND [r.place, w.place] AS value
WITH DISTINCT r, number, value
WHERE value IS NOT NULL
RETURN value, null AS name, sum(number) AS number"""


def _folded(name: str) -> str:
    """A name as `fold` leaves it, but for rare marks, in Cypher."""
    said = f"toLower({name})"
    for mark, one in {"（": "(", "）": ")", "《": "<", "》": ">", "“": "", "”": "", " ": ""}.items():
        said = f"replace({said}, '{mark}', '{one}')"
    return said


_SEARCH = {"q": "all(word IN $q WHERE n.search CONTAINS word)"}
_NAMED = {
    "q": "all(word IN $q WHERE any(name IN [n.name] + coalesce(n.aliases, []) "
    f"WHERE {_folded('name')} CONTAINS word))"
}
_CITES = {"policy": ("MATCH (n)-[:REFERENCES]->(k:Policy)", "k.id IN $policy")}
_REPORT = {
    "report": "r.id = $report",
    "kind": "r.kind = $kind",
    "place": "(r.place = $place OR EXISTS { MATCH (r)-[:INSPECTS]->(w:Unit) WHERE w.place = $place })",
    "date_from": "r.date >= $date_from",
    "date_to": "left(r.date, size($date_to)) <= $date_to",
}
_LINK = {"method": "e.method = $method", "confidence": "e.confidence >= $confidence"}
_CAUSED = "EXISTS { MATCH (p)-[:CAUSED_BY]->(c:RootCause) WHERE c.type = $cause_type }"
_PROBLEM = {"problem": "p.id = $problem", "category": "p.category = $category"}

_REPORT_FACETS = {
    "kind": Facet("r.kind", vocabulary="kind"),
    "place": Facet(parts=(_BY_PLACE,)),
    "year": Facet("left(r.date, 4)"),
}
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
    Kind(
        "reports",
        "report",
        "Report",
        "报告",
        "Reports",
        report="",
        by_problem=False,
        conditions={
            "q": f"all(word IN $q WHERE {_folded('n.title')} CONTAINS word)",
            **{name: _own(says) for name, says in _REPORT.items() if name != "report"},
        },
        joined={
            "unit": ("MATCH (n)-[:INSPECTS|ISSUED_BY]->(u:Unit)", "u.id IN $unit"),
            "policy": ("MATCH (n)<-[:STATED_IN*0..1]-(x)-[:REFERENCES]->(k:Policy)", "k.id IN $policy"),
        },
        link="MATCH (n)<-[:STATED_IN]-(p:Problem)",
        linked={"category": "p.category = $category", "cause_type": _CAUSED},
        facets={
            **{
                name: replace(facet, value=_own(facet.value), parts=tuple(map(_own, facet.parts)))
                for name, facet in _REPORT_FACETS.items()
            },
            "level": Facet("n.level"),
            "unit": Facet("u.id", "MATCH (n)-[:INSPECTS]->(u:Unit)", "u.name"),
            "category": Facet("p.category", "MATCH (n)<-[:STATED_IN]-(p:Problem)", vocabulary="category"),
        },
        orders={
            "id": Order((), "id"),
            "date": Order((("coalesce(n.date, '')", True),), _BY_DATE.says),
            "title": Order((("n.title", False),), "标题 · title"),
            "problems": Order(
                (("COUNT { (n)<-[:STATED_IN]-(:Problem) }", True),), "问题多的在先 · most problems"
            ),
        },
    ),
    Kind(
        "problems",
        "problem",
        "Problem",
        "问题",
        "Problems",
        conditions={**_SEARCH, "category": "n.category = $category", **_REPORT},
        joined={
            "policy": ("MATCH (n)<-[:SUPPORTS*0..1]-(x)-[:REFERENCES]->(k:Policy)", "k.id IN $policy"),
            "part_of": ("MATCH (n)-[:PART_OF]->(up:Problem)", "up.id = $part_of"),
        },
        link="MATCH (n)-[e:CAUSED_BY]->(c:RootCause)",
        linked={"cause_type": "c.type = $cause_type", "cause": "c.id = $cause", **_LINK},
        facets={
            "category": Facet("n.category", vocabulary="category"),
            "cause_type": Facet("c.type", "MATCH (n)-[:CAUSED_BY]->(c:RootCause)", vocabulary="cause-type"),
            "method": Facet("e.method", "MATCH (n)-[e:CAUSED_BY]->(:RootCause)"),
            "unit": Facet(parts=_BY_UNIT),
            "policy": Facet("k.id", "MATCH (n)<-[:SUPPORTS*0..1]-(x)-[:REFERENCES]->(k:Policy)", "k.name"),
            **_FACETS,
        },
        orders={
            **_ORDERS,
            "amount": Order(
                (("coalesce(n.amount, -1.0)", True), *_PLACE), "金额大的在先 · largest amount first"
            ),
        },
    ),
    Kind(
        "causes",
        "cause",
        "RootCause",
        "原因",
        "Causes",
        conditions={**_SEARCH, "cause_type": "n.type = $cause_type", **_REPORT},
        joined=_CITES,
        link="MATCH (n)<-[e:CAUSED_BY]-(p:Problem)",
        linked={**_PROBLEM, **_LINK},
        facets={
            "cause_type": Facet("n.type", vocabulary="cause-type"),
            "category": Facet("p.category", "MATCH (n)<-[:CAUSED_BY]-(p:Problem)", vocabulary="category"),
            "method": Facet("e.method", "MATCH (n)<-[e:CAUSED_BY]-(:Problem)"),
            **_FACETS,
        },
        orders=_ORDERS,
    ),
    Kind(
        "recommendations",
        "recommendation",
        "Recommendation",
        "建议",
        "Recommendations",
        conditions={**_SEARCH, **_REPORT},
        joined=_CITES,
        link="MATCH (n)-[e:ADDRESSES]->(t)<-[:CAUSED_BY*0..1]-(p:Problem)",
        linked={**_PROBLEM, "cause": "t.id = $cause", "cause_type": _CAUSED, **_LINK},
        facets={
            "category": Facet(
                "p.category",
                "MATCH (n)-[:ADDRESSES]->(t)<-[:CAUSED_BY*0..1]-(p:Problem)",
                vocabulary="category",
            ),
            "method": Facet("e.method", "MATCH (n)-[e:ADDRESSES]->(t)"),
            **_FACETS,
        },
        orders=_ORDERS,
    ),
    Kind(
        "measures",
        "measure",
        "Measure",
        "整改措施",
        "Measures",
        conditions={**_SEARCH, "status": "n.status = $status", **_REPORT},
        joined=_CITES,
        link="MATCH (n)-[e:RESOLVES]->(p:Problem)",
        linked={**_PROBLEM, "cause_type": _CAUSED, **_LINK},
        facets={
            "status": Facet("n.status"),
            "category": Facet("p.category", "MATCH (n)-[:RESOLVES]->(p:Problem)", vocabulary="category"),
            **_FACETS,
        },
        orders=_ORDERS,
    ),
    Kind(
        "evidence",
        "evidence",
        "Evidence",
        "依据事实",
        "Evidence",
        conditions={**_SEARCH, **_REPORT},
        joined=_CITES,
        link="MATCH (n)-[e:SUPPORTS]->(p:Problem)",
        linked={**_PROBLEM, "cause_type": _CAUSED},
        facets={
            "category": Facet("p.category", "MATCH (n)-[:SUPPORTS]->(p:Problem)", vocabulary="category"),
            **_FACETS,
        },
        orders=_ORDERS,
    ),
    Kind(
        "policies",
        "policy",
        "Policy",
        "政策",
        "Policies",
        report="",
        conditions=_NAMED,
        joined={"report": ("MATCH (n)<-[:REFERENCES]-(y)-[:STATED_IN*0..1]->(r:Report)", "r.id = $report")},
        link="MATCH (n)<-[:REFERENCES]-(x)-[:SUPPORTS*0..1]->(p:Problem)",
        linked={**_PROBLEM, "cause_type": _CAUSED},
        facets={
            "category": Facet(
                "p.category",
                "MATCH (n)<-[:REFERENCES]-(x)-[:SUPPORTS*0..1]->(p:Problem)",
                vocabulary="category",
            )
        },
        orders={
            "name": _BY_NAME,
            "citations": Order(
                (("COUNT { (n)<-[:REFERENCES]-() }", True), ("n.name", False)), "引用多的在先 · most cited"
            ),
        },
    ),
    Kind(
        "units",
        "unit",
        "Unit",
        "单位",
        "Units",
        report="",
        by_problem=False,
        conditions={**_NAMED, "place": "n.place = $place"},
        joined={"report": ("MATCH (n)<-[:NAMES]-(r:Report)", "r.id = $report")},
        link=PROBLEMS_OF.format(unit="n"),
        linked={"category": "p.category = $category", "cause_type": _CAUSED},
        facets={
            "place": Facet("n.place"),
            "category": Facet("p.category", PROBLEMS_OF.format(unit="n"), vocabulary="category"),
        },
        orders={
            "name": _BY_NAME,
            "reports": Order(
                (("COUNT { (n)<-[:INSPECTS]-(:Report) }", True), ("n.name", False)),
                "受检查多的在先 · most inspected",
            ),
        },
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_LABEL = {kind.label: kind for kind in KINDS}
