// zh: 对某一类问题提过哪些建议？
// en: What is recommended for the problems of a category?
// topic: recommendations
// param: category category | 类别代码 · code of a category
// param: limit integer = 50 | 最多几行 · rows at most
// example: category=cadre limit=3
// column: recommendation | 建议 · the recommendation
// column: problem | 问题 · the problem's headline
// column: method | 明示 explicit 或推断 inferred · whether the report says so or it is inferred
// column: confidence | 把握，0 到 1 · how certain, from 0 to 1
// column: report | 报告标题 · title of the report
// column: recommendation_id | 建议的 id · id of the recommendation
// column: problem_id | 问题的 id · id of the problem
// column: report_id | 报告的 id · id of the report
MATCH (n:Recommendation)-[a:ADDRESSES]->(p:Problem {category: $category})
MATCH (n)-[:STATED_IN]->(r:Report)
RETURN coalesce(n.headline, n.text) AS recommendation, p.headline AS problem, a.method AS method,
       a.confidence AS confidence, r.title AS report, n.id AS recommendation_id, p.id AS problem_id,
       r.id AS report_id
ORDER BY confidence DESC, report_id, n.start, p.start, a.id
LIMIT $limit
