// zh: 各类问题涉及多少钱？
// en: How much money do the problems of each category concern?
// topic: money
// param: kind kind? = "" | 报告种类 · kind of report, such as audit-report; 空 = 都要 · all when empty
// example: kind=audit-report
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: name_en | 类别的英文 · the category in English
// column: problems | 问题数 · how many problems
// column: total | 金额合计（元） · sum, in yuan
// column: largest | 最大一笔（元） · the largest, in yuan
// Yuan. Each problem counts with its one `amount`, so that parts, totals and items are not added up twice.
MATCH (p:Problem)-[:STATED_IN]->(r:Report)
WHERE ($kind = '' OR r.kind = $kind) AND p.amount > 0
MATCH (p)-[:IN_CATEGORY]->(c:Category)
RETURN c.code AS category, c.name AS name, c.name_en AS name_en, count(p) AS problems,
       sum(toInteger(round(100 * p.amount))) / 100.0 AS total, max(p.amount) AS largest
ORDER BY total DESC, category
