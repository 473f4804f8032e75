// Reports by kind and year (null where a report says none), and what they say.
MATCH (r:Report)
WITH r.kind AS kind, left(r.date, 4) AS year, COUNT { (r)<-[:STATED_IN]-(:Problem) } AS problems,
     COUNT { (r)<-[:STATED_IN]-(:RootCause) } AS causes
RETURN kind, year, count(*) AS reports, sum(problems) AS problems, sum(causes) AS causes
ORDER BY year DESC, kind
