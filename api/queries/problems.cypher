// A page of the problems, in the order of their reports.
// category, report, cause_type, unit: "" or what the problem must have. A unit is named by id, name or alias;
// a report on one unit is about that unit in all its problems, one on several where the problem concerns it.
// offset, limit
MATCH (p:Problem)-[:STATED_IN]->(r:Report)
WHERE ($category = '' OR p.category = $category) AND ($report = '' OR r.id = $report)
  AND ($cause_type = '' OR EXISTS { MATCH (p)-[:CAUSED_BY]->(c:RootCause) WHERE c.type = $cause_type })
  AND ($unit = ''
       OR EXISTS { MATCH (p)-[:CONCERNS]->(u:Unit) WHERE u.id = $unit OR u.name = $unit OR $unit IN u.aliases }
       OR (COUNT { (r)-[:INSPECTS]->(:Unit) } = 1 AND NOT EXISTS { MATCH (p)-[:CONCERNS]->(:Unit) }
           AND EXISTS { MATCH (r)-[:INSPECTS]->(v:Unit)
                        WHERE v.id = $unit OR v.name = $unit OR $unit IN v.aliases }))
WITH p, r ORDER BY r.id, p.start, p.id SKIP $offset LIMIT $limit
OPTIONAL MATCH (p)-[:PART_OF]->(up:Problem)
OPTIONAL MATCH (p)-[:IN_CATEGORY]->(k:Category {code: p.category})
RETURN properties(p) AS problem, properties(k) AS category, up.id AS part_of, r.id AS report_id, r.title AS report_title
ORDER BY report_id, problem.start, problem.id
