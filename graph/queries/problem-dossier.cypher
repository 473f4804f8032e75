// zh: 关于某个问题，报告说了什么依据、原因、后果、政策、建议和整改？
// en: What does the report say on one problem: evidence, causes, effects, policies, recommendations, measures?
// topic: problems
// param: problem words | 问题的 id 或标题的一部分 · its id, or a part of its headline
// example: problem=落实粮食安全
// column: problem | 问题 · the problem's headline
// column: part | 哪一部分 · problem, evidence, cause, effect, policy, recommendation, measure
// column: text | 内容 · its words
// column: detail | 类别、明示或推断、条款、整改状态 · category, explicit or inferred, article, or status
// column: start | 在原文的位置 · where it begins in the source
// column: report | 报告标题 · title of the report
// column: item_id | 该部分的 id · id of the part
// column: problem_id | 问题的 id · id of the problem
// column: report_id | 报告的 id · id of the report
// By its id alone where it is one, which has an index; else all headlines are looked at.
CALL () {
  MATCH (p:Problem {id: $problem})
  RETURN p
  UNION
  WITH 1 AS one WHERE NOT EXISTS { MATCH (:Problem {id: $problem}) }
  MATCH (p:Problem)
  WHERE all(word IN $problem_words WHERE split(p.search, '\n')[0] CONTAINS word)
  RETURN p
}
MATCH (p)-[:STATED_IN]->(r:Report)
CALL (p) {
  OPTIONAL MATCH (p)-[:IN_CATEGORY]->(k:Category)
  RETURN 1 AS step, 'problem' AS part, p.headline AS text, k.name AS detail, p.start AS place, p.id AS item_id
  UNION
  MATCH (p)<-[:SUPPORTS]-(n:Evidence)
  RETURN 2 AS step, 'evidence' AS part, n.text AS text, null AS detail, n.start AS place, n.id AS item_id
  UNION
  MATCH (p)-[e:CAUSED_BY]->(n:RootCause)
  RETURN 3 AS step, 'cause' AS part, n.text AS text, e.method AS detail, n.start AS place, n.id AS item_id
  UNION
  MATCH (p)-[e:LEADS_TO]->(n:Effect)
  RETURN 4 AS step, 'effect' AS part, n.text AS text, e.method AS detail, n.start AS place, n.id AS item_id
  UNION
  MATCH (p)-[e:REFERENCES]->(n:Policy)
  RETURN 5 AS step, 'policy' AS part, n.name AS text, e.article AS detail, e.start AS place, n.id AS item_id
  UNION
  MATCH (p)<-[e:ADDRESSES]-(n:Recommendation)
  RETURN 6 AS step, 'recommendation' AS part, coalesce(n.headline, n.text) AS text, e.method AS detail,
         n.start AS place, n.id AS item_id
  UNION
  MATCH (p)-[:CAUSED_BY]->(:RootCause)<-[e:ADDRESSES]-(n:Recommendation)
  RETURN 7 AS step, 'recommendation for the cause' AS part, coalesce(n.headline, n.text) AS text, e.method AS detail,
         n.start AS place, n.id AS item_id
  UNION
  MATCH (p)<-[e:RESOLVES]-(n:Measure)
  RETURN 8 AS step, 'measure' AS part, n.text AS text, coalesce(n.status, e.status) AS detail, n.start AS place,
         n.id AS item_id
}
RETURN p.headline AS problem, part, text, detail, place AS start, r.title AS report, item_id, p.id AS problem_id,
       r.id AS report_id
ORDER BY report_id, p.start, problem_id, step, start, item_id, coalesce(detail, '')
