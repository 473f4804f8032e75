// Problems of a unit by category and report, to see what comes up again: many rows, for a stream.
MATCH (u:Unit)<-[:CONCERNS]-(p:Problem)-[:STATED_IN]->(r:Report)
WHERE p.category IS NOT NULL
RETURN u.id AS unit, u.name AS name, p.category AS category, r.id AS report, count(p) AS number
UNION ALL
MATCH (u:Unit)<-[:INSPECTS]-(r:Report)<-[:STATED_IN]-(p:Problem)
WHERE COUNT { (r)-[:INSPECTS]->(:Unit) } = 1 AND p.category IS NOT NULL
  AND NOT EXISTS { MATCH (p)-[:CONCERNS]->(:Unit) }
RETURN u.id AS unit, u.name AS name, p.category AS category, r.id AS report, count(p) AS number
