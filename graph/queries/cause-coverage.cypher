// zh: 各类问题中，多少有原因（明示、推断），多少没有？
// en: How many problems of each category have a stated cause, only an inferred one, or none?
// topic: causes
// param: kind kind? = "" | 报告种类，如 audit-report，空 = 都要 · kind of report, all when empty
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: name_en | 类别的英文 · the category in English
// column: problems | 问题数 · how many problems
// column: stated | 有明示的原因 · with a stated cause
// column: inferred_only | 只有推断的原因 · with inferred causes only
// column: unexplained | 没有原因 · without any
// column: share | 有原因的比例 · part that has any cause
// An item has the causes of the whole that it is part of, too.
MATCH (p:Problem)-[:STATED_IN]->(r:Report)
WHERE $kind = '' OR r.kind = $kind
OPTIONAL MATCH (p)-[:PART_OF*0..5]->(:Problem)-[e:CAUSED_BY]->(:RootCause)
WITH p, collect(e.method) AS methods
MATCH (p)-[:IN_CATEGORY]->(k:Category)
WITH k, count(p) AS problems, sum(CASE WHEN 'explicit' IN methods THEN 1 ELSE 0 END) AS stated,
     sum(CASE WHEN size(methods) = 0 THEN 1 ELSE 0 END) AS unexplained
RETURN k.code AS category, k.name AS name, k.name_en AS name_en, problems, stated,
       problems - stated - unexplained AS inferred_only, unexplained,
       round(1000.0 * (problems - unexplained) / problems) / 1000 AS share
ORDER BY problems DESC, category
