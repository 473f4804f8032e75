// zh: 各类问题整改得怎么样?
// en: How far has the rectification of each kind of problem come?
// param: report string = "" | 报告的 id,空 = 全部 · id of a report, all when empty
// columns: category, name, status, measures, problems, reports
MATCH (m:Measure)-[e:RESOLVES]->(p:Problem)-[:STATED_IN]->(r:Report)
WHERE $report = '' OR r.id = $report
OPTIONAL MATCH (p)-[:IN_CATEGORY]->(k:Category)
RETURN k.code AS category, k.name AS name, coalesce(m.status, e.status) AS status, count(DISTINCT m.id) AS measures,
       count(DISTINCT p.id) AS problems, count(DISTINCT r.id) AS reports
ORDER BY category, status
