// zh: 对类似的问题,别的报告提过什么建议？
// en: What was recommended for problems like this one?
// topic: recommendations
// param: text text | 问题的说法 · the problem in words
// param: limit integer = 20 | 最多几行 · rows at most
// example: text=专项资金管理不规范 limit=3
// column: recommendation | 建议 · the recommendation
// column: method | 明示 explicit 或推断 inferred · whether the report says so or it is inferred
// column: confidence | 把握，0 到 1 · how certain, from 0 to 1
// column: cause | 经由的原因 · the problem's cause, where the recommendation addresses that
// column: cause_method | 该原因明示或推断 · explicit or inferred, of that cause
// column: problem | 问题 · the problem's headline
// column: shared | 与所问文字相同的部分 · part of the words asked for (pairs of characters) that the problem has
// column: report | 报告标题 · title of the report
// column: recommendation_id | 建议的 id · id of the recommendation
// column: cause_id | 原因的 id · id of the cause
// column: problem_id | 问题的 id · id of the problem
// column: report_id | 报告的 id · id of the report
// `shared` is the part of the words asked for (pairs of characters) that the problem has; `cause` is filled where
// the recommendation addresses the problem's cause, so that the row is the path that explains it.
CALL () {
  CALL db.index.fulltext.queryNodes('ft_problem', $text_query) YIELD node, score
  WITH node AS p, score ORDER BY score DESC, p.id LIMIT 50000
  MATCH (p)<-[a:ADDRESSES]-(n:Recommendation)
  RETURN p, n, a, null AS c, null AS e
  UNION ALL
  CALL db.index.fulltext.queryNodes('ft_problem', $text_query) YIELD node, score
  WITH node AS p, score ORDER BY score DESC, p.id LIMIT 50000
  MATCH (p)-[e:CAUSED_BY]->(c:RootCause)<-[a:ADDRESSES]-(n:Recommendation)
  RETURN p, n, a, c, e
}
WITH p, n, a, c, e, size([t IN $text_terms WHERE p.search CONTAINS t]) AS found
MATCH (n)-[:STATED_IN]->(r:Report)
RETURN coalesce(n.headline, n.text) AS recommendation, a.method AS method, a.confidence AS confidence,
       c.text AS cause, e.method AS cause_method, p.headline AS problem,
       round(100.0 * found / size($text_terms)) / 100 AS shared, r.title AS report,
       n.id AS recommendation_id, c.id AS cause_id, p.id AS problem_id, r.id AS report_id
ORDER BY shared DESC, confidence DESC, report_id, n.start, p.start, recommendation_id, cause_id
LIMIT $limit
