// When reports are from, and whom they inspect.
// ids: of reports
UNWIND $ids AS id
MATCH (r:Report {id: id})
OPTIONAL MATCH (r)-[:INSPECTS]->(u:Unit)
WITH r, u ORDER BY u.name, u.id
RETURN r.id AS id, r.date AS date, collect(u.id) AS units, collect(u.name) AS names
