// zh: 关于某个单位，各份报告说了哪些问题、原因、后果、建议和整改？
// en: What do all reports say on a unit: its problems, their causes, effects, recommendations and measures?
// topic: units
// param: unit unit | 名称或别名 · name or alias
// param: limit integer = 500 | 最多几行 · rows at most
// example: unit=石埠镇党委 limit=12
// column: unit | 单位 · name of the unit
// column: report | 报告标题 · title of the report
// column: date | 报告日期 · date of the report
// column: number | 问题的编号 · number of the problem
// column: part | 哪一部分 · problem, evidence, cause, effect, policy, recommendation, measure
// column: text | 内容 · its words
// column: detail | 类别、明示或推断、条款、整改状态 · category, explicit or inferred, article, or status
// column: item_id | 该部分的 id · id of the part
// column: problem_id | 问题的 id · id of the problem
// column: report_id | 报告的 id · id of the report
// column: unit_id | 单位的 id · id of the unit
// In a report on one unit every problem is that unit's; in a report on several, those that concern it.
MATCH (u:Unit)
WHERE u.name = $unit OR $unit IN u.aliases
CALL (u) {
  MATCH (u)<-[:CONCERNS]-(p:Problem)
  RETURN p
  UNION
  MATCH (u)<-[:INSPECTS]-(r:Report)<-[:STATED_IN]-(p:Problem)
  WHERE COUNT { (r)-[:INSPECTS]->(:Unit) } = 1 AND NOT (p)-[:CONCERNS]->(:Unit)
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
RETURN u.name AS unit, r.title AS report, r.date AS date, p.number AS number, part, text, detail, item_id,
       p.id AS problem_id, r.id AS report_id, u.id AS unit_id
ORDER BY unit, unit_id, coalesce(date, ''), report_id, p.start, problem_id, step, place, item_id, coalesce(detail, '')
LIMIT $limit
