// zh: 某类问题的原因有哪些,是报告明示还是推断？
// en: What causes the problems of a category, and does the report say so or is it inferred?
// topic: causes
// param: category category | 类别代码 · code of a category, such as finance
// param: method explicit|inferred? = "" | explicit 明示, inferred 推断, 空 = 都要 · both when empty
// param: limit integer = 50 | 最多几行 · rows at most
// example: category=finance limit=3
// column: cause | 原因 · the cause in the report's words
// column: type | 原因类型 · type of the cause in Chinese
// column: problem | 问题 · the problem's headline
// column: method | 明示 explicit 或推断 inferred · whether the report says so or it is inferred
// column: confidence | 把握，0 到 1 · how certain, from 0 to 1
// column: cue | 提示词 · the words that say so
// column: report | 报告标题 · title of the report
// column: cause_id | 原因的 id · id of the cause
// column: problem_id | 问题的 id · id of the problem
// column: report_id | 报告的 id · id of the report
MATCH (p:Problem {category: $category})-[e:CAUSED_BY]->(c:RootCause)
WHERE $method = '' OR e.method = $method
MATCH (c)-[:STATED_IN]->(r:Report)
OPTIONAL MATCH (c)-[:OF_TYPE]->(t:CauseType)
RETURN c.text AS cause, t.name AS type, p.headline AS problem, e.method AS method, e.confidence AS confidence,
       e.cue AS cue, r.title AS report, c.id AS cause_id, p.id AS problem_id, r.id AS report_id
ORDER BY method, confidence DESC, report_id, c.start, p.start, e.id
LIMIT $limit
