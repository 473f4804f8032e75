// zh: 某个单位的哪些类别的问题在多份报告里反复出现？
// en: Which kinds of problem come back in several reports on a unit?
// topic: units
// param: unit unit | 名称或别名 · name or alias
// param: reports integer = 2 | 至少几份报告 · in how many reports at least
// example: unit=市中心医院党委 reports=1
// column: unit | 单位 · name of the unit
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: reports | 报告数 · in how many reports
// column: problems | 问题数 · how many problems
// column: headlines | 问题 · their headlines
// column: unit_id | 单位的 id · id of the unit
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
MATCH (p)-[:IN_CATEGORY]->(k:Category)
MATCH (p)-[:STATED_IN]->(r:Report)
WITH u, k, p, r ORDER BY r.id, p.start, p.id
WITH u, k, count(DISTINCT r.id) AS reports, count(DISTINCT p.id) AS problems, collect(p.headline) AS headlines
WHERE reports >= $reports
RETURN u.name AS unit, k.code AS category, k.name AS name, reports, problems, headlines, u.id AS unit_id
ORDER BY unit, unit_id, reports DESC, problems DESC, category
