// zh: 谁检查了谁？
// en: Who inspects whom?
// topic: units
// param: unit unit? = "" | 检查或被检查的单位，空 = 全部 · either of the two, by name or alias; all when empty
// param: limit integer = 100 | 最多几行 · rows at most
// example: limit=6
// column: issuer | 出具报告的单位 · the unit that issued the report
// column: unit | 被检查的单位 · the unit inspected
// column: reports | 报告数 · in how many reports
// column: problems | 报告中的问题数 · problems of these reports, also those of other units
// column: last | 最近的日期 · the latest date
// column: issuer_id | 出具单位的 id · id of the issuing unit
// column: unit_id | 单位的 id · id of the unit
MATCH (a:Unit)<-[:ISSUED_BY]-(r:Report)-[:INSPECTS]->(b:Unit)
WHERE $unit = '' OR a.name = $unit OR b.name = $unit OR $unit IN a.aliases OR $unit IN b.aliases
WITH a, b, r.date AS date, COUNT { (r)<-[:STATED_IN]-(:Problem) } AS n
WITH a, b, count(n) AS reports, sum(n) AS problems, max(date) AS last
RETURN a.name AS issuer, b.name AS unit, reports, problems, last, a.id AS issuer_id, b.id AS unit_id
ORDER BY reports DESC, issuer, issuer_id, unit, unit_id
LIMIT $limit
