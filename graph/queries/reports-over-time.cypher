// zh: 历年（月）有多少报告，各说了多少问题、原因、建议和整改？
// en: How many reports are there each year (or month), and how much do they say?
// topic: reports
// param: by year|month = "year" | year 按年，month 按月 · by year or by month
// param: kind kind? = "" | 报告种类，如 audit-report，空 = 都要 · kind of report, all when empty
// column: period | 年或月；日期不够详细的不计 · the year or month; reports whose date does not say it are left out
// column: reports | 报告数 · in how many reports
// column: problems | 问题数 · how many problems
// column: causes | 原因数 · root causes
// column: recommendations | 建议数 · recommendations
// column: measures | 整改措施数 · measures
// column: problems_per_report | 平均每份的问题数 · problems of a report on average
MATCH (r:Report)
WHERE ($kind = '' OR r.kind = $kind) AND size(r.date) >= CASE WHEN $by = 'month' THEN 7 ELSE 4 END
WITH left(r.date, CASE WHEN $by = 'month' THEN 7 ELSE 4 END) AS period, COUNT { (r)<-[:STATED_IN]-(:Problem) } AS p,
     COUNT { (r)<-[:STATED_IN]-(:RootCause) } AS c, COUNT { (r)<-[:STATED_IN]-(:Recommendation) } AS n,
     COUNT { (r)<-[:STATED_IN]-(:Measure) } AS m
WITH period, count(p) AS reports, sum(p) AS problems, sum(c) AS causes, sum(n) AS recommendations, sum(m) AS measures
RETURN period, reports, problems, causes, recommendations, measures,
       round(100.0 * problems / reports) / 100 AS problems_per_report
ORDER BY period
