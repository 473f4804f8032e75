// What problems are compared by, without those of one report.
// ids; without: "" or a report to leave out
UNWIND $ids AS id
MATCH (p:Problem {id: id})-[:STATED_IN]->(r:Report)
WHERE r.id <> $without
// a category holds all the words of its items, which says little: there only the headline counts
RETURN id, p.search AS words, EXISTS { MATCH (p)<-[:PART_OF]-(:Problem) } AS has_items
