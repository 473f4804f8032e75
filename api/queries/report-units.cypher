// A report, and the units that it inspects or that issued it, a row each; one row where there is none.
// report: an id
MATCH (r:Report {id: $report})
OPTIONAL MATCH (r)-[e:INSPECTS|ISSUED_BY]->(u:Unit)
RETURN properties(r) AS report, type(e) AS relation, properties(u) AS unit
ORDER BY e.id
