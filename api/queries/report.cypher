// A report and its title.
// report: an id
MATCH (r:Report {id: $report})
RETURN r.id AS id, r.title AS title
