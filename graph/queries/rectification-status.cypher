// zh: 各类问题整改得怎么样？
// en: How far has the rectification of each kind of problem come?
// topic: rectification
// param: report report-id? = "" | 报告的 id,空 = 全部 · id of a report, all when empty
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: status | 整改状态 · done, ongoing or long-term
// column: measures | 整改措施数 · measures
// column: problems | 问题数 · how many problems
// column: reports | 报告数 · in how many reports
MATCH (m:Measure)-[e:RESOLVES]->(p:Problem)-[:STATED_IN]->(r:Report)
WHERE $report = '' OR r.id = $report
OPTIONAL MATCH (p)-[:IN_CATEGORY]->(k:Category)
RETURN k.code AS category, k.name AS name, coalesce(m.status, e.status) AS status, count(DISTINCT m.id) AS measures,
       count(DISTINCT p.id) AS problems, count(DISTINCT r.id) AS reports
ORDER BY category, status
