// zh: 各年各类问题涉及多少钱？
// en: How much money do the problems of each category concern, year by year?
// topic: money
// param: category category? = "" | 类别代码，如 finance，空 = 全部 · code of a category, all when empty
// param: kind kind? = "" | 报告种类，如 audit-report，空 = 都要 · kind of report, all when empty
// example: category=finance
// column: year | 年份，不知道的为空 · the year, empty where it is not known
// column: year_of | fact 所述事实的年份，report 报告的年份，unknown 都没有 · of the facts, else of the report, else unknown
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: name_en | 类别的英文 · the category in English
// column: problems | 问题数 · how many problems
// column: total | 金额合计（元） · sum, in yuan
// column: largest | 最大一笔（元） · the largest, in yuan
// Each problem counts with its one `amount`, so that parts, totals and items are not added up twice. The year is the
// last that the statement with this amount names.
MATCH (p:Problem)-[:STATED_IN]->(r:Report)
WHERE ($kind = '' OR r.kind = $kind) AND ($category = '' OR p.category = $category) AND p.amount > 0
CALL (p) {
  RETURN p AS said
  UNION
  MATCH (p)<-[:SUPPORTS]-(said:Evidence)
  RETURN said
  UNION
  MATCH (p)-[:LEADS_TO]->(said:Effect)
  RETURN said
}
WITH p, r, p.amount IN coalesce(said.amounts, []) AS names,
     reduce(latest = '', x IN coalesce(said.dates, []) + coalesce(said.periods, []) |
            CASE WHEN last(split(x, '/')) > latest THEN last(split(x, '/')) ELSE latest END) AS latest
WITH p, r, max(CASE WHEN names THEN latest ELSE '' END) AS latest
WITH p, r, p.amount AS amount, CASE WHEN latest STARTS WITH '.' THEN '' ELSE latest END AS latest
MATCH (p)-[:IN_CATEGORY]->(k:Category)
WITH k, p, amount,
     CASE WHEN latest <> '' THEN left(latest, 4) ELSE coalesce(left(r.date, 4), '') END AS year,
     CASE WHEN latest <> '' THEN 'fact' WHEN r.date IS NULL THEN 'unknown' ELSE 'report' END AS year_of
RETURN year, year_of, k.code AS category, k.name AS name, k.name_en AS name_en, count(p) AS problems,
       sum(toInteger(round(100 * amount))) / 100.0 AS total, max(amount) AS largest
ORDER BY year, year_of, total DESC, category
