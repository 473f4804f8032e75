// zh: 各种报告有多少，通常说些什么？
// en: How many reports are there of each kind, and what do they usually say?
// topic: reports
// column: kind | 报告种类 · kind of report
// column: reports | 报告数 · how many reports
// column: chars | 平均字数 · characters on average
// column: problems | 平均问题数 · problems on average
// column: causes | 平均原因数 · root causes on average
// column: effects | 平均后果数 · effects on average
// column: recommendations | 平均建议数 · recommendations on average
// column: measures | 平均整改措施数 · measures on average
// column: policies | 平均提到的政策数 · policies on average
MATCH (r:Report)
WITH r.kind AS kind, r.chars AS chars, COUNT { (r)<-[:STATED_IN]-(:Problem) } AS p, COUNT { (r)<-[:STATED_IN]-(:RootCause) } AS c,
     COUNT { (r)<-[:STATED_IN]-(:Effect) } AS e, COUNT { (r)<-[:STATED_IN]-(:Recommendation) } AS n,
     COUNT { (r)<-[:STATED_IN]-(:Measure) } AS m,
     COUNT { MATCH (r)-[:NAMES]->(p:Policy) RETURN DISTINCT p.id } AS o
WITH kind, count(p) AS reports, sum(chars) AS chars, sum(p) AS p, sum(c) AS c, sum(e) AS e, sum(n) AS n, sum(m) AS m,
     sum(o) AS o
RETURN kind, reports, round(1.0 * chars / reports) AS chars, round(10.0 * p / reports) / 10 AS problems,
       round(10.0 * c / reports) / 10 AS causes, round(10.0 * e / reports) / 10 AS effects,
       round(10.0 * n / reports) / 10 AS recommendations, round(10.0 * m / reports) / 10 AS measures,
       round(10.0 * o / reports) / 10 AS policies
ORDER BY reports DESC, kind
