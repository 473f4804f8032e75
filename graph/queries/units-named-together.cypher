// zh: 哪些单位和某个单位在同一发现里被提到？
// en: Which units are named together with a unit in one finding?
// topic: units
// param: unit unit | 名称或别名 · name or alias
// param: limit integer = 50 | 最多几行 · rows at most
// example: unit=市文化和旅游局 limit=5
// column: unit | 单位 · name of the unit
// column: other | 另一单位 · the other unit
// column: findings | 同在几个发现 · findings that name both
// column: reports | 几份报告 · in how many reports
// column: first | 例 · the first of them
// column: unit_id | 单位的 id · id of the unit
// column: other_id | 另一单位的 id · id of the other unit
MATCH (u:Unit)<-[:MENTIONS]-(n:Problem|Evidence|RootCause|Effect|Recommendation|Measure)-[:MENTIONS]->(o:Unit)
WHERE (u.name = $unit OR $unit IN u.aliases) AND o.id <> u.id
MATCH (n)-[:STATED_IN]->(r:Report)
WITH DISTINCT u, o, n, r
ORDER BY u.id, o.id, r.id, n.start, n.end, n.id
WITH u, o, count(n) AS findings, count(DISTINCT r.id) AS reports, collect(coalesce(n.headline, n.text))[0] AS first
RETURN u.name AS unit, o.name AS other, findings, reports, first, u.id AS unit_id, o.id AS other_id
ORDER BY unit, unit_id, findings DESC, other, other_id
LIMIT $limit
