// zh: 对类似的问题,别的报告提过什么建议?
// en: What was recommended for problems like this one?
// param: text text | 问题的说法 · the problem in words
// param: limit integer = 20 | 最多几行 · rows at most
// columns: recommendation, method, confidence, cause, cause_method, problem, shared, report, recommendation_id, cause_id, problem_id, report_id
// `shared` is the part of the words asked for (pairs of characters) that the problem has; `cause` is filled where
// the recommendation addresses the problem's cause, so that the row is the path that explains it.
CALL db.index.fulltext.queryNodes('ft_problem', $text_query) YIELD node, score
WITH node AS p, score ORDER BY score DESC, p.id LIMIT 200
WITH p, size([t IN $text_terms WHERE p.headline CONTAINS t OR p.text CONTAINS t]) AS found
CALL (p) {
  MATCH (n:Recommendation)-[a:ADDRESSES]->(p)
  RETURN n, a, null AS c, null AS e
  UNION
  MATCH (n:Recommendation)-[a:ADDRESSES]->(c:RootCause)<-[e:CAUSED_BY]-(p)
  RETURN n, a, c, e
}
MATCH (n)-[:STATED_IN]->(r:Report)
RETURN coalesce(n.headline, n.text) AS recommendation, a.method AS method, a.confidence AS confidence,
       c.text AS cause, e.method AS cause_method, p.headline AS problem,
       round(100.0 * found / size($text_terms)) / 100 AS shared, r.title AS report,
       n.id AS recommendation_id, c.id AS cause_id, p.id AS problem_id, r.id AS report_id
ORDER BY shared DESC, confidence DESC, report_id, n.start, p.start, recommendation_id, cause_id
LIMIT $limit
