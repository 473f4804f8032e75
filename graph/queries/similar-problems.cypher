// zh: 还有哪些报告说过类似的问题？
// en: Which other problems are like this one?
// topic: problems
// param: text text | 问题的说法 · the problem in words, such as 专项资金管理混乱
// param: limit integer = 20 | 最多几行 · rows at most
// example: text=专项资金管理不规范 limit=5
// column: problem | 问题 · the problem's headline
// column: category | 类别代码 · code of the category
// column: shared | 与所问文字相同的部分 · part of the words asked for (pairs of characters) that it has
// column: unit | 报告针对的单位 · whom the report is about; several joined by 、
// column: report | 报告标题 · title of the report
// column: date | 报告日期 · date of the report
// column: problem_id | 问题的 id · id of the problem
// column: report_id | 报告的 id · id of the report
CALL db.index.fulltext.queryNodes('ft_problem', $text_query) YIELD node, score
WITH node AS p, score ORDER BY score DESC, p.id LIMIT 50000
WITH p, size([t IN $text_terms WHERE p.search CONTAINS t]) AS found
MATCH (p)-[:STATED_IN]->(r:Report)
WITH p, r, round(100.0 * found / size($text_terms)) / 100 AS shared, r.id AS report_id, p.start AS start, p.id AS problem_id
ORDER BY shared DESC, report_id, start, problem_id
LIMIT $limit
OPTIONAL MATCH (r)-[:INSPECTS]->(u:Unit)
WITH p, shared, r, u ORDER BY p.id, u.name, u.id
WITH p, shared, r, collect(u.name) AS names
RETURN p.headline AS problem, p.category AS category, shared,
       reduce(all = '', x IN names | all + CASE WHEN all = '' THEN '' ELSE '、' END + x) AS unit, r.title AS report,
       r.date AS date, p.id AS problem_id, r.id AS report_id
ORDER BY shared DESC, report_id, p.start, problem_id
