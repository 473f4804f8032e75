// zh: 与同一地区的其他单位相比，某个单位的问题集中在哪些类别？
// en: In which categories does a unit fail more than the other units of its place?
// topic: units
// param: unit unit | 名称或别名 · name or alias
// example: unit=县水利局党组
// column: unit | 单位 · name of the unit
// column: place | 地区 · the unit's place
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: problems | 该单位的问题数 · problems of the unit
// column: share | 占该单位问题的比例 · part of its problems
// column: place_problems | 同一地区其他单位的问题数 · problems of the other units there
// column: place_share | 占其问题的比例 · part of theirs
// column: ratio | 前者与后者之比，空 = 别处没有 · share by place_share; empty where the others have none
// column: unit_id | 单位的 id · id of the unit
// The place is the unit's own or, where its name has none, that of the reports on it.
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
WITH u, coalesce(u.place, r.place) AS place, p
WHERE place IS NOT NULL
WITH u, place, collect(DISTINCT p.id) AS own
CALL (u, place) {
  MATCH (p:Problem)-[:CONCERNS]->(o:Unit)
  MATCH (p)-[:STATED_IN]->(r:Report)
  WHERE o.id <> u.id AND coalesce(o.place, r.place) = place
  RETURN p, 0 AS mine
  UNION
  MATCH (p:Problem)-[:STATED_IN]->(r:Report)-[:INSPECTS]->(o:Unit)
  WHERE o.id <> u.id AND coalesce(o.place, r.place) = place AND COUNT { (r)-[:INSPECTS]->(:Unit) } = 1
    AND NOT (p)-[:CONCERNS]->(:Unit)
  RETURN p, 0 AS mine
  UNION
  MATCH (u)<-[:CONCERNS]-(p:Problem)
  RETURN p, 1 AS mine
  UNION
  MATCH (u)<-[:INSPECTS]-(r:Report)<-[:STATED_IN]-(p:Problem)
  WHERE COUNT { (r)-[:INSPECTS]->(:Unit) } = 1 AND NOT (p)-[:CONCERNS]->(:Unit)
  RETURN p, 1 AS mine
}
MATCH (p)-[:IN_CATEGORY]->(k:Category)
WITH u, place, k, count(DISTINCT CASE WHEN mine = 1 THEN p.id END) AS problems,
     count(DISTINCT CASE WHEN mine = 0 THEN p.id END) AS others
WITH u, place, collect({k: k, problems: problems, others: others}) AS counted, sum(problems) AS all_own,
     sum(others) AS all_others
UNWIND counted AS x
WITH u, place, x.k AS k, x.problems AS problems, x.others AS others, 1.0 * x.problems / all_own AS share,
     CASE WHEN all_others > 0 THEN 1.0 * x.others / all_others ELSE 0.0 END AS place_share
WHERE problems > 0
RETURN u.name AS unit, place, k.code AS category, k.name AS name, problems, round(1000 * share) / 1000 AS share,
       others AS place_problems, round(1000 * place_share) / 1000 AS place_share,
       CASE WHEN place_share > 0 THEN round(1000 * share / place_share) / 1000 END AS ratio, u.id AS unit_id
ORDER BY unit, unit_id, place, problems DESC, category
