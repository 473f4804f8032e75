// Is there such a report?
// report: an id
MATCH (r:Report {id: $report})
RETURN r.id AS id
