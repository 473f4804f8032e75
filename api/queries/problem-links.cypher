// Everything that a problem is linked to, with the direction of the link.
// problem: an id
MATCH (p:Problem {id: $problem})-[e]->(n)
WHERE NOT n:Report
RETURN 'out' AS direction, type(e) AS type, properties(e) AS link, labels(n)[0] AS label, properties(n) AS node
UNION ALL
MATCH (p:Problem {id: $problem})<-[e]-(n)
RETURN 'in' AS direction, type(e) AS type, properties(e) AS link, labels(n)[0] AS label, properties(n) AS node
