// zh: 哪些单位的问题最多，集中在哪一类？
// en: Which units have the most problems, and of which category above all?
// topic: units
// param: place place? = "" | 地区，如 青岳县，空 = 所有 · place, all when empty
// param: limit integer = 50 | 最多几行 · rows at most
// example: limit=5
// column: unit | 单位 · name of the unit
// column: place | 地区 · the unit's place
// column: reports | 报告数 · in how many reports
// column: problems | 问题数 · how many problems
// column: category | 最多的类别代码 · code of the category that it has most of
// column: name | 最多的类别 · that category
// column: in_category | 其中的问题数 · problems in it
// column: unit_id | 单位的 id · id of the unit
MATCH (p:Problem)-[:STATED_IN]->(r:Report)
CALL (p, r) {
  MATCH (p)-[:CONCERNS]->(u:Unit)
  RETURN u
  UNION
  MATCH (r)-[:INSPECTS]->(u:Unit)
  WHERE COUNT { (r)-[:INSPECTS]->(:Unit) } = 1 AND NOT (p)-[:CONCERNS]->(:Unit)
  RETURN u
}
WITH u, p, r
WHERE $place = '' OR coalesce(u.place, r.place) = $place
OPTIONAL MATCH (p)-[:IN_CATEGORY]->(k:Category)
WITH u, k, count(DISTINCT p.id) AS n, collect(DISTINCT r.id) AS ids
ORDER BY u.id, n DESC, k.code
WITH u, sum(n) AS problems, collect({k: k, n: n})[0] AS top, collect(ids) AS lists
UNWIND lists AS ids
UNWIND ids AS id
WITH u, problems, top, count(DISTINCT id) AS reports
RETURN u.name AS unit, u.place AS place, reports, problems, top.k.code AS category, top.k.name AS name,
       top.n AS in_category, u.id AS unit_id
ORDER BY problems DESC, unit, unit_id
LIMIT $limit
