// The recommendations of its own report for a problem, for what it is part of and for its items: those that
// address the problem, and those that address its cause (then `cause` and `caused_by` are filled).
// `holder` is the problem that the link stands on.
// problem: an id
MATCH (:Problem {id: $problem})-[:PART_OF*0..6]->(h:Problem)<-[a:ADDRESSES]-(n:Recommendation)
RETURN properties(n) AS recommendation, properties(a) AS addresses, properties(h) AS holder, null AS cause,
       null AS caused_by
UNION
MATCH (:Problem {id: $problem})<-[:PART_OF*1..6]-(h:Problem)<-[a:ADDRESSES]-(n:Recommendation)
RETURN properties(n) AS recommendation, properties(a) AS addresses, properties(h) AS holder, null AS cause,
       null AS caused_by
UNION
MATCH (:Problem {id: $problem})-[:PART_OF*0..6]->(h:Problem)-[e:CAUSED_BY]->(c:RootCause)<-[a:ADDRESSES]-(n:Recommendation)
RETURN properties(n) AS recommendation, properties(a) AS addresses, properties(h) AS holder,
       properties(c) AS cause, properties(e) AS caused_by
