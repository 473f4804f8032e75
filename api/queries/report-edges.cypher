// All edges of a report's graph.
// report: an id
MATCH (a:Report {id: $report})-[e]->(b)
RETURN type(e) AS type, labels(a)[0] AS source_label, a.id AS source, labels(b)[0] AS target_label,
       b.id AS target, properties(e) AS properties
UNION ALL
MATCH (:Report {id: $report})<-[:STATED_IN]-(a)
MATCH (a)-[e]->(b)   // apart, so that e may be the STATED_IN itself
RETURN type(e) AS type, labels(a)[0] AS source_label, a.id AS source, labels(b)[0] AS target_label,
       b.id AS target, properties(e) AS properties
