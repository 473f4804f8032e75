// zh: 涉及金额最大的是哪些问题，原文在哪里？
// en: Which problems concern the largest sums, and where does the report say so?
// topic: money
// param: category category? = "" | 类别代码，如 finance，空 = 全部 · code of a category, all when empty
// param: kind kind? = "" | 报告种类，如 audit-report，空 = 都要 · kind of report, all when empty
// param: limit integer = 20 | 最多几行 · rows at most
// example: limit=5
// column: amount | 金额（元） · in yuan
// column: words | 原文 · the statement that names it
// column: problem | 问题 · the problem's headline
// column: category | 类别代码 · code of the category
// column: report | 报告标题 · title of the report
// column: start | 金额在原文的位置 · where the amount begins in the source
// column: problem_id | 问题的 id · id of the problem
// column: statement_id | 该句的 id · id of the statement
// column: report_id | 报告的 id · id of the report
// Each amount of a statement is a row: of a problem's own text, or of its evidence. What both name counts once.
MATCH (p:Problem)-[:STATED_IN]->(r:Report)
WHERE ($category = '' OR p.category = $category) AND ($kind = '' OR r.kind = $kind) AND NOT (p)<-[:PART_OF]-(:Problem)
CALL (p) {
  MATCH (p)<-[:SUPPORTS]-(s:Evidence)
  RETURN s, 0 AS own
  UNION
  RETURN p AS s, 1 AS own
}
WITH p, r, s, own
WHERE size(s.amounts) > 0
UNWIND range(0, size(s.amounts) - 1) AS i
WITH p, r, s, own, s.amounts[i] AS amount, s.amounts_at[2 * i] AS start
ORDER BY p.id, start, own, s.id
WITH p, r, amount, start, collect(s)[0] AS s
RETURN amount, coalesce(s.headline, s.text) AS words, p.headline AS problem, p.category AS category, 
       r.title AS report, start, p.id AS problem_id, s.id AS statement_id, r.id AS report_id
ORDER BY amount DESC, report_id, start, problem_id
LIMIT $limit
