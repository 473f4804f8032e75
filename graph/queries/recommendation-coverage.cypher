// zh: 各类问题中，多少有对应的建议（明示、推断），多少没有？
// en: How many problems of each category does a recommendation address, stated or only inferred, and how many none?
// topic: recommendations
// param: kind kind? = "" | 报告种类，如 audit-report，空 = 都要 · kind of report, all when empty
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: name_en | 类别的英文 · the category in English
// column: problems | 问题数 · how many problems
// column: stated | 明示对应 · addressed as the report says
// column: inferred_only | 只是推断对应 · addressed as inferred only
// column: unaddressed | 没有建议 · without any
// column: share | 有建议的比例 · part that has any
// As in unaddressed-problems: only reports that recommend anything, and what addresses the whole that a problem is
// part of, one of its items, or a cause of the problem or its whole, counts for the problem.
MATCH (p:Problem)-[:STATED_IN]->(r:Report)
WHERE ($kind = '' OR r.kind = $kind) AND EXISTS { (r)<-[:STATED_IN]-(:Recommendation) }
OPTIONAL MATCH (p)-[:PART_OF*0..5]->(:Problem)<-[a:ADDRESSES]-(:Recommendation)
WITH p, collect(a.method) AS direct
OPTIONAL MATCH (p)<-[:PART_OF*1..5]-(:Problem)<-[a:ADDRESSES]-(:Recommendation)
WITH p, direct, collect(a.method) AS of_items
OPTIONAL MATCH (p)-[:PART_OF*0..5]->(:Problem)-[:CAUSED_BY]->(:RootCause)<-[b:ADDRESSES]-(:Recommendation)
WITH p, direct, of_items, collect(b.method) AS causal
MATCH (p)-[:IN_CATEGORY]->(k:Category)
WITH k, p, direct + of_items + causal AS methods
WITH k, count(p) AS problems, sum(CASE WHEN 'explicit' IN methods THEN 1 ELSE 0 END) AS stated,
     sum(CASE WHEN size(methods) = 0 THEN 1 ELSE 0 END) AS unaddressed
RETURN k.code AS category, k.name AS name, k.name_en AS name_en, problems, stated,
       problems - stated - unaddressed AS inferred_only, unaddressed,
       round(1000.0 * (problems - unaddressed) / problems) / 1000 AS share
ORDER BY problems DESC, category
