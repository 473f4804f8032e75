// The units that problems concern.
// ids: of problems
UNWIND $ids AS id
MATCH (:Problem {id: id})-[:CONCERNS]->(u:Unit)
WITH id, u ORDER BY u.name, u.id
RETURN id, collect(u.id) AS units, collect(u.name) AS names
