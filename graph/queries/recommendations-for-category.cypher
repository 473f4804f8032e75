// zh: 对某一类问题提过哪些建议?
// en: What is recommended for the problems of a category?
// param: category string | 类别代码 · code of a category
// param: limit integer = 50 | 最多几行 · rows at most
// columns: recommendation, problem, method, confidence, report, recommendation_id, problem_id, report_id
MATCH (n:Recommendation)-[a:ADDRESSES]->(p:Problem {category: $category})
MATCH (n)-[:STATED_IN]->(r:Report)
RETURN coalesce(n.headline, n.text) AS recommendation, p.headline AS problem, a.method AS method,
       a.confidence AS confidence, r.title AS report, n.id AS recommendation_id, p.id AS problem_id,
       r.id AS report_id
ORDER BY confidence DESC, report_id, n.start, p.start, a.id
LIMIT $limit
