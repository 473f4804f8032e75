// Recommendations of other reports for problems of the same category, the surest first.
// problem: an id; limit
MATCH (asked:Problem {id: $problem})-[:STATED_IN]->(own:Report)
MATCH (p:Problem {category: asked.category})<-[a:ADDRESSES]-(n:Recommendation)
MATCH (p)-[:STATED_IN]->(r:Report)
WHERE r.id <> own.id
OPTIONAL MATCH (p)-[:IN_CATEGORY]->(k:Category {code: p.category})
RETURN properties(k) AS category, properties(p) AS similar, properties(n) AS recommendation,
       properties(a) AS addresses, r.id AS report_id, r.title AS report_title
ORDER BY a.confidence DESC, report_id, n.start, p.start, a.id
LIMIT $limit
