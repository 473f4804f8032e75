// A page of the reports, with how much each says.
// kind: "" or a code of a kind of report; offset, limit
MATCH (r:Report)
WHERE $kind = '' OR r.kind = $kind
WITH r ORDER BY r.id SKIP $offset LIMIT $limit
RETURN r.id AS id, r.title AS title, r.kind AS kind, r.place AS place, r.date AS date,
       COUNT { (r)<-[:STATED_IN]-(:Problem) } AS problems, COUNT { (r)<-[:STATED_IN]-(:RootCause) } AS causes,
       COUNT { (r)<-[:STATED_IN]-(:Recommendation) } AS recommendations
ORDER BY id
