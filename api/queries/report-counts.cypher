// How many nodes of each label a report has, those it shares with others included.
// report: an id
MATCH (r:Report {id: $report})
CALL (r) {
  RETURN r AS n
  UNION
  MATCH (r)-->(n)
  RETURN n
  UNION
  MATCH (r)<-[:STATED_IN]-(n)
  RETURN n
  UNION
  MATCH (r)<-[:STATED_IN]-()-->(n)
  RETURN n
}
RETURN labels(n)[0] AS label, count(DISTINCT n) AS number
ORDER BY label
