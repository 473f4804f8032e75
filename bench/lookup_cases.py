"""Which look-ups are measured: the lists of all kinds, plain and narrowed, and one of each kind."""

from __future__ import annotations

from urllib.parse import quote

from graph.store import GraphStore

#: Name -> path; what stands in braces is chosen from the graph, by `choose_values`.
CASES = {
    "reports": "/reports",
    "reports, kind and date": "/reports?kind=audit-report&date_from=2023",
    "reports, unit": "/reports?unit={unit}",
    "reports, q": "/reports?q=审计",
    "reports, facets": "/reports?facet=kind&facet=year",
    "problems": "/problems",
    "problems, second page": "/problems?cursor=",
    "problems, newest first": "/problems?sort=date",
    "problems, category": "/problems?category=finance",
    "problems, category, date, stated cause": "/problems?category=finance&date_from=2023&method=explicit",
    "problems, type of cause": "/problems?cause_type=institution",
    "problems, unit": "/problems?unit={unit}",
    "problems, policy": "/problems?policy={policy}",
    "problems, items of one": "/problems?part_of={whole}",
    "problems, report": "/problems?report={report}",
    "problems, q": "/problems?q=专项资金",
    "problems, q and category": "/problems?q=闲置&category=finance",
    "problems, facets": "/problems?facet=category&facet=cause_type",
    "problems, category, facets": "/problems?category=finance&facet=cause_type&facet=year",
    "causes": "/causes",
    "causes, type": "/causes?cause_type=institution",
    "causes, category and stated": "/causes?category=finance&method=explicit",
    "recommendations": "/recommendations",
    "recommendations, category": "/recommendations?category=finance",
    "recommendations, confidence": "/recommendations?confidence=0.8",
    "recommendations, q": "/recommendations?q=责任",
    "measures": "/measures",
    "measures, status": "/measures?status=done",
    "evidence": "/evidence",
    "evidence, problem": "/evidence?problem={problem}",
    "evidence, category": "/evidence?category=finance",
    "policies": "/policies",
    "policies, report": "/policies?report={report}",
    "policies, q": "/policies?q=条例",
    "policies, most cited": "/policies?sort=citations",
    "units": "/units",
    "units, place": "/units?place={place}",
    "units, report": "/units?report={report}",
    "units, q": "/units?q=财政",
    "units, most inspected": "/units?sort=reports",
    "a report by id": "/reports/{report}",
    "a problem by id": "/problems/{problem}",
    "a cause by id": "/causes/{cause}",
    "a recommendation by id": "/recommendations/{recommendation}",
    "a measure by id": "/measures/{measure}",
    "a piece of evidence by id": "/evidence/{evidence}",
    "a policy by id": "/policies/{policy}",
    "a unit by id": "/units/{unit}",
    "text of a report": "/reports/{report}/text",
    "causes of a problem": "/problems/{problem}/causes",
}
_MIDDLE = "RETURN n.id AS id, n.place AS place SKIP $at LIMIT 1"
_LINKED = {
    "report": "MATCH (n:Report)-[:HAS_TEXT]->(t) WITH n ORDER BY n.chars, n.id",
    "problem": "MATCH (n:Problem) WHERE EXISTS { (n)-[:CAUSED_BY]->() } AND EXISTS { (n)<-[:SUPPORTS]-() } "
    "WITH n ORDER BY n.id",
    "whole": "MATCH (n:Problem)<-[:PART_OF]-() WITH n, count(*) AS size ORDER BY size, n.id",
    "cause": "MATCH (n:RootCause)<-[:CAUSED_BY]-() WITH DISTINCT n ORDER BY n.id",
    "recommendation": "MATCH (n:Recommendation)-[:ADDRESSES]->() WITH DISTINCT n ORDER BY n.id",
    "measure": "MATCH (n:Measure)-[:RESOLVES]->() WITH DISTINCT n ORDER BY n.id",
    "evidence": "MATCH (n:Evidence)-[:SUPPORTS]->() WITH DISTINCT n ORDER BY n.id",
    "policy": "MATCH (n:Policy)<-[:REFERENCES]-(:Problem) WITH n, count(*) AS size ORDER BY size, n.id",
    "unit": "MATCH (n:Unit)<-[:CONCERNS]-() WHERE n.place IS NOT NULL AND EXISTS { (n)<-[:INSPECTS]-() } "
    "WITH n, count(*) AS size ORDER BY size, n.id",
}


def choose_values(store: GraphStore) -> dict[str, str]:
    """The middle one of each kind, so neither a small nor a large one; names as a URL has them."""
    found = {}
    for name, some in _LINKED.items():
        many = store.read(f"{some} RETURN count(n) AS number")[0]["number"]
        row = store.read(f"{some} {_MIDDLE}", at=many // 2)[0]
        found[name] = quote(row["id"], safe="")
        if name == "unit":
            found["place"] = quote(row["place"], safe="")
    return found
