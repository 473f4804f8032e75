// What is recommended for problems, each with the path that leads to it:
// problem (part of holder, where the link stands on that) -> cause, where the cause is addressed.
// ids: of problems
UNWIND $ids AS id
MATCH (p:Problem {id: id})
MATCH up = (p)-[:PART_OF*0..6]->(h:Problem)
MATCH (h)<-[a:ADDRESSES]-(n:Recommendation)
RETURN id, n.id AS recommendation, properties(p) AS problem, properties(h) AS holder, length(up) AS up,
       properties(a) AS addresses, null AS cause, null AS caused_by
UNION ALL
UNWIND $ids AS id
MATCH (p:Problem {id: id})
MATCH up = (p)-[:PART_OF*0..6]->(h:Problem)
MATCH (h)-[e:CAUSED_BY]->(c:RootCause)<-[a:ADDRESSES]-(n:Recommendation)
RETURN id, n.id AS recommendation, properties(p) AS problem, properties(h) AS holder, length(up) AS up,
       properties(a) AS addresses, properties(c) AS cause, properties(e) AS caused_by
