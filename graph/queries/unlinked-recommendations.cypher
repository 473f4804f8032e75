// zh: 哪些建议没有对应任何问题或原因？
// en: Which recommendations address no problem and no cause?
// topic: recommendations
// param: kind kind? = "" | 报告种类，如 audit-report，空 = 都要 · kind of report, all when empty
// param: limit integer = 100 | 最多几行 · rows at most
// example: limit=5
// column: recommendation | 建议 · the recommendation
// column: number | 编号 · its number
// column: report | 报告标题 · title of the report
// column: recommendation_id | 建议的 id · id of the recommendation
// column: report_id | 报告的 id · id of the report
// Only in reports that state problems. What addresses something with the whole it belongs to, or with one of its
// items, is linked.
// By r.id reports come along their index in the order of the answer, and those after its end are not looked at.
MATCH (r:Report)
WHERE r.id > '' AND ($kind = '' OR r.kind = $kind) AND EXISTS { (r)<-[:STATED_IN]-(:Problem) }
MATCH (n:Recommendation)-[:STATED_IN]->(r)
WHERE NOT EXISTS { (n)-[:PART_OF*0..5]->(:Recommendation)-[:ADDRESSES]->(:Problem|RootCause) }
  AND NOT EXISTS { (n)<-[:PART_OF*1..5]-(:Recommendation)-[:ADDRESSES]->(:Problem|RootCause) }
RETURN coalesce(n.headline, n.text) AS recommendation, n.number AS number, r.title AS report,
       n.id AS recommendation_id, r.id AS report_id
ORDER BY report_id, n.start, recommendation_id
LIMIT $limit
