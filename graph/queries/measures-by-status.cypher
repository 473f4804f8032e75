// zh: 哪些整改还没有完成（或已完成），各针对什么问题？
// en: Which measures have a given status, and for which problems?
// topic: rectification
// param: status done|ongoing|long-term? = "ongoing" | done 已完成、ongoing 正在进行、long-term 长期坚持，空 = 全部 · all when empty
// param: category category? = "" | 类别代码，如 finance，空 = 全部 · code of a category, all when empty
// param: limit integer = 100 | 最多几行 · rows at most
// example: status=ongoing limit=5
// column: status | 整改状态 · status
// column: measure | 整改措施 · the measure
// column: problem | 问题 · the problem's headline
// column: category | 类别代码 · code of the category
// column: unit | 报告针对的单位 · whom the report is about; several joined by 、
// column: report | 报告标题 · title of the report
// column: date | 报告日期 · date of the report
// column: measure_id | 措施的 id · id of the measure
// column: problem_id | 问题的 id · id of the problem
// column: report_id | 报告的 id · id of the report
MATCH (m:Measure)-[e:RESOLVES]->(p:Problem)-[:STATED_IN]->(r:Report)
WHERE ($status = '' OR coalesce(m.status, e.status) = $status) AND ($category = '' OR p.category = $category)
OPTIONAL MATCH (r)-[:INSPECTS]->(u:Unit)
WITH m, e, p, r, u ORDER BY m.id, p.id, u.name, u.id
WITH m, e, p, r, collect(u.name) AS names
RETURN coalesce(m.status, e.status) AS status, m.text AS measure, p.headline AS problem, p.category AS category,
       reduce(all = '', x IN names | all + CASE WHEN all = '' THEN '' ELSE '、' END + x) AS unit, r.title AS report,
       r.date AS date, m.id AS measure_id, p.id AS problem_id, r.id AS report_id
ORDER BY coalesce(status, ''), report_id, m.start, measure_id, p.start, problem_id
LIMIT $limit
