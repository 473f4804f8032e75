// Recommendations by their ids, without those of one report.
// ids; without: "" or a report to leave out
UNWIND $ids AS id
MATCH (n:Recommendation {id: id})-[:STATED_IN]->(r:Report)
WHERE r.id <> $without
RETURN id, n.search AS words, properties(n) AS recommendation, r.id AS report_id, r.title AS report_title
