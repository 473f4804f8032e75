// zh: 有哪些报告,各说了什么?
// en: Which reports are there, and how much does each say?
// param: limit integer = 200 | 最多几行 · rows at most
// columns: report, kind, place, date, problems, causes, effects, recommendations, measures, report_id
MATCH (r:Report)
RETURN r.title AS report, r.kind AS kind, r.place AS place, r.date AS date,
       COUNT { (r)<-[:STATED_IN]-(:Problem) } AS problems, COUNT { (r)<-[:STATED_IN]-(:RootCause) } AS causes,
       COUNT { (r)<-[:STATED_IN]-(:Effect) } AS effects,
       COUNT { (r)<-[:STATED_IN]-(:Recommendation) } AS recommendations,
       COUNT { (r)<-[:STATED_IN]-(:Measure) } AS measures, r.id AS report_id
ORDER BY report, report_id
LIMIT $limit
