// All places of a report's text on which a node or an edge stands, in the order of the text.
// report: an id
MATCH (r:Report {id: $report})
CALL (r) {
  MATCH (n)-[s:STATED_IN]->(r)
  RETURN 'node' AS what, n.id AS id, labels(n)[0] AS label, s.start AS start, s.end AS end, null AS source,
         null AS target
  UNION
  MATCH (r)<-[:STATED_IN]-(a)
  MATCH (a)-[e]->(b)
  WHERE e.start IS NOT NULL AND type(e) <> 'STATED_IN'
  RETURN 'edge' AS what, e.id AS id, type(e) AS label, e.start AS start, e.end AS end, a.id AS source, b.id AS target
  UNION
  MATCH (r)-[e]->(b)
  WHERE e.start IS NOT NULL
  RETURN 'edge' AS what, e.id AS id, type(e) AS label, e.start AS start, e.end AS end, r.id AS source, b.id AS target
}
RETURN what, id, label, start, end, source, target
ORDER BY start, end DESC, what DESC, label, id
