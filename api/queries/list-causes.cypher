// The types of the causes of problems, stated and inferred ones apart.
// ids: of problems
UNWIND $ids AS id
MATCH (:Problem {id: id})-[e:CAUSED_BY]->(c:RootCause)
RETURN id, c.type AS type, e.method AS method, max(e.confidence) AS confidence, count(DISTINCT c) AS causes
ORDER BY id, method, causes DESC, type
