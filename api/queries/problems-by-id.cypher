// The problems with these ids.
// ids: a list
MATCH (p:Problem)-[:STATED_IN]->(r:Report)
WHERE p.id IN $ids
OPTIONAL MATCH (p)-[:PART_OF]->(up:Problem)
OPTIONAL MATCH (p)-[:IN_CATEGORY]->(k:Category {code: p.category})
RETURN properties(p) AS problem, properties(k) AS category, up.id AS part_of, r.id AS report_id, r.title AS report_title
