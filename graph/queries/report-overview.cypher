// zh: 有哪些报告,各说了什么？
// en: Which reports are there, and how much does each say?
// topic: reports
// param: limit integer = 200 | 最多几行 · rows at most
// example: limit=5
// column: report | 报告标题 · title of the report
// column: kind | 报告种类 · kind of report
// column: place | 地区 · place
// column: date | 报告日期 · date of the report
// column: problems | 问题数 · how many problems
// column: causes | 原因数 · root causes
// column: effects | 后果数 · effects
// column: recommendations | 建议数 · recommendations
// column: measures | 整改措施数 · measures
// column: report_id | 报告的 id · id of the report
MATCH (r:Report)
RETURN r.title AS report, r.kind AS kind, r.place AS place, r.date AS date,
       COUNT { (r)<-[:STATED_IN]-(:Problem) } AS problems, COUNT { (r)<-[:STATED_IN]-(:RootCause) } AS causes,
       COUNT { (r)<-[:STATED_IN]-(:Effect) } AS effects,
       COUNT { (r)<-[:STATED_IN]-(:Recommendation) } AS recommendations,
       COUNT { (r)<-[:STATED_IN]-(:Measure) } AS measures, r.id AS report_id
ORDER BY report, report_id
LIMIT $limit
