// Problems by their category and the type of their cause, those whose report says so and the inferred ones apart.
MATCH (c:RootCause)<-[e:CAUSED_BY]-(p:Problem)
WHERE c.type IS NOT NULL AND p.category IS NOT NULL
RETURN p.category AS category, c.type AS type, e.method AS method, count(DISTINCT p) AS problems
ORDER BY category, type, method
