// zh: 哪些推断的关系最没有把握，值得人工核对？
// en: Which inferred links are the least certain and should be checked by a person?
// topic: sources
// param: edge CAUSED_BY|ADDRESSES? = "" | CAUSED_BY 或 ADDRESSES，空 = 都要 · which link, both when empty
// param: below number = 1 | 把握低于此值 · confidence below this, such as 0.7
// param: limit integer = 50 | 最多几行 · rows at most
// example: edge=CAUSED_BY limit=5
// column: edge | 关系 · type of the link
// column: confidence | 把握 · its confidence
// column: rule | 规则 · the rule that gave it
// column: source | 从 · from: a problem, or a recommendation
// column: target | 到 · to: a cause, or a problem
// column: report | 报告标题 · title of the report
// column: source_id | 起点的 id · id of where it begins
// column: target_id | 终点的 id · id of where it ends
// column: report_id | 报告的 id · id of the report
MATCH (n:Problem|Recommendation)-[e:CAUSED_BY|ADDRESSES]->(m:Problem|RootCause)
WHERE e.method = 'inferred' AND ($edge = '' OR type(e) = $edge) AND e.confidence < $below
MATCH (n)-[:STATED_IN]->(r:Report)
RETURN type(e) AS edge, e.confidence AS confidence, e.rule AS rule, coalesce(n.headline, n.text) AS source,
       coalesce(m.headline, m.text) AS target, r.title AS report, n.id AS source_id, m.id AS target_id,
       r.id AS report_id
ORDER BY confidence, report_id, n.start, source_id, m.start, target_id, e.id
LIMIT $limit
