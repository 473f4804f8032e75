// The causes of a problem, of what it is part of, and of its items: a link holds for a pair, its ancestors and
// its descendants. `holder` is the problem that the link stands on.
// problem: an id
MATCH (:Problem {id: $problem})-[:PART_OF*0..6]->(h:Problem)-[e:CAUSED_BY]->(c:RootCause)
OPTIONAL MATCH (c)-[:OF_TYPE]->(t:CauseType)
RETURN properties(c) AS cause, properties(e) AS link, properties(h) AS holder, properties(t) AS type
UNION
MATCH (:Problem {id: $problem})<-[:PART_OF*1..6]-(h:Problem)-[e:CAUSED_BY]->(c:RootCause)
OPTIONAL MATCH (c)-[:OF_TYPE]->(t:CauseType)
RETURN properties(c) AS cause, properties(e) AS link, properties(h) AS holder, properties(t) AS type
