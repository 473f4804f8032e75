// zh: 某类问题的原因有哪些,是报告明示还是推断?
// en: What causes the problems of a category, and does the report say so or is it inferred?
// param: category string | 类别代码 · code of a category, such as finance
// param: method string = "" | explicit 明示, inferred 推断, 空 = 都要 · both when empty
// param: limit integer = 50 | 最多几行 · rows at most
// columns: cause, type, problem, method, confidence, cue, report, cause_id, problem_id, report_id
MATCH (p:Problem {category: $category})-[e:CAUSED_BY]->(c:RootCause)
WHERE $method = '' OR e.method = $method
MATCH (c)-[:STATED_IN]->(r:Report)
OPTIONAL MATCH (c)-[:OF_TYPE]->(t:CauseType)
RETURN c.text AS cause, t.name AS type, p.headline AS problem, e.method AS method, e.confidence AS confidence,
       e.cue AS cue, r.title AS report, c.id AS cause_id, p.id AS problem_id, r.id AS report_id
ORDER BY method, confidence DESC, report_id, c.start, p.start, e.id
LIMIT $limit
