// All nodes of a report's graph, those it shares with others included.
// report: an id
MATCH (n:Report {id: $report})
RETURN labels(n)[0] AS label, properties(n) AS properties
UNION
MATCH (:Report {id: $report})<-[:STATED_IN]-(n)
RETURN labels(n)[0] AS label, properties(n) AS properties
UNION
MATCH (:Report {id: $report})-->(n)
RETURN labels(n)[0] AS label, properties(n) AS properties
UNION
MATCH (:Report {id: $report})<-[:STATED_IN]-()-->(n)
RETURN labels(n)[0] AS label, properties(n) AS properties
