// zh: 某个单位有哪些问题？
// en: What problems does a unit have?
// topic: units
// param: unit unit | 名称或别名 · name or alias
// param: limit integer = 100 | 最多几行 · rows at most
// example: unit=石埠镇党委 limit=5
// column: unit | 单位 · name of the unit
// column: problem | 问题 · the problem's headline
// column: category | 类别 · its category in Chinese
// column: number | 编号 · number of the problem
// column: report | 报告标题 · title of the report
// column: date | 报告日期 · date of the report
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
OPTIONAL MATCH (p)-[:IN_CATEGORY]->(k:Category)
RETURN u.name AS unit, p.headline AS problem, k.name AS category, p.number AS number, r.title AS report,
       r.date AS date, p.id AS problem_id, r.id AS report_id, u.id AS unit_id
ORDER BY unit, unit_id, date, report_id, p.start, problem_id
LIMIT $limit
