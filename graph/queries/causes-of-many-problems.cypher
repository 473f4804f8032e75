// zh: 哪些原因同时造成了多个问题？
// en: Which causes stand behind several problems?
// topic: causes
// param: minimum integer = 2 | 至少几个问题 · behind how many problems at least
// param: limit integer = 50 | 最多几行 · rows at most
// example: limit=5
// column: cause | 原因 · the cause in the report's words
// column: type | 原因类型代码 · code of the type of cause
// column: type_name | 原因类型 · the type of cause in Chinese
// column: problems | 问题数 · how many problems
// column: explicit | 其中明示的 · of them those whose report says so
// column: headlines | 问题 · the problems
// column: report | 报告标题 · title of the report
// column: cause_id | 原因的 id · id of the cause
// column: report_id | 报告的 id · id of the report
MATCH (c:RootCause)<-[e:CAUSED_BY]-(p:Problem)
WITH c, e, p ORDER BY c.id, p.start, p.id
WITH c, count(DISTINCT p.id) AS problems, count(DISTINCT CASE WHEN e.method = 'explicit' THEN p.id END) AS explicit,
     collect(p.headline) AS headlines
WHERE problems >= $minimum
MATCH (c)-[:STATED_IN]->(r:Report)
OPTIONAL MATCH (c)-[:OF_TYPE]->(t:CauseType)
RETURN c.text AS cause, t.code AS type, t.name AS type_name, problems, explicit, headlines, r.title AS report,
       c.id AS cause_id, r.id AS report_id
ORDER BY problems DESC, report_id, c.start, cause_id
LIMIT $limit
