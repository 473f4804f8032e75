// zh: 对类似的问题，别处采取了什么整改措施，结果如何？
// en: What was done elsewhere about problems like this one, and how far did it come?
// topic: rectification
// param: text text | 问题的说法 · the problem in words, such as 专项资金管理混乱
// param: limit integer = 20 | 最多几行 · rows at most
// example: text=财务管理不规范 limit=3
// column: measure | 整改措施 · the measure
// column: status | 整改状态 · its status
// column: problem | 问题 · the problem's headline
// column: shared | 与所问文字相同的部分 · part of the words asked for (pairs of characters) that the problem has
// column: report | 报告标题 · title of the report
// column: measure_id | 措施的 id · id of the measure
// column: problem_id | 问题的 id · id of the problem
// column: report_id | 报告的 id · id of the report
CALL db.index.fulltext.queryNodes('ft_problem', $text_query) YIELD node, score
WITH node AS p, score ORDER BY score DESC, p.id LIMIT 50000
WITH p, size([t IN $text_terms WHERE p.search CONTAINS t]) AS found
MATCH (p)<-[e:RESOLVES]-(m:Measure)
MATCH (m)-[:STATED_IN]->(r:Report)
RETURN m.text AS measure, coalesce(m.status, e.status) AS status, p.headline AS problem,
       round(100.0 * found / size($text_terms)) / 100 AS shared, r.title AS report, m.id AS measure_id,
       p.id AS problem_id, r.id AS report_id
ORDER BY shared DESC, report_id, m.start, measure_id, p.start, problem_id
LIMIT $limit
