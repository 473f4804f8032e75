// zh: 每份报告里，原因和建议的对应关系有多少是明示、多少是推断？
// en: In each report, how many links to causes and from recommendations are stated, and how many inferred?
// topic: sources
// param: kind kind? = "" | 报告种类，如 audit-report，空 = 都要 · kind of report, all when empty
// param: limit integer = 200 | 最多几行 · rows at most
// example: limit=5
// column: report | 报告标题 · title of the report
// column: causes_explicit | 明示的原因关系 · stated links to causes
// column: causes_inferred | 推断的原因关系 · inferred links to causes
// column: recommendations_explicit | 明示的建议关系 · stated links of recommendations
// column: recommendations_inferred | 推断的建议关系 · inferred links of recommendations
// column: stated | 明示的比例 · part of all that is stated
// column: report_id | 报告的 id · id of the report
MATCH (r:Report)<-[:STATED_IN]-(n:Problem|Recommendation)-[e:CAUSED_BY|ADDRESSES]->(:Problem|RootCause)
WHERE $kind = '' OR r.kind = $kind
WITH r, sum(CASE WHEN type(e) = 'CAUSED_BY' AND e.method = 'explicit' THEN 1 ELSE 0 END) AS causes_explicit,
     sum(CASE WHEN type(e) = 'CAUSED_BY' AND e.method = 'inferred' THEN 1 ELSE 0 END) AS causes_inferred,
     sum(CASE WHEN type(e) = 'ADDRESSES' AND e.method = 'explicit' THEN 1 ELSE 0 END) AS recommendations_explicit,
     sum(CASE WHEN type(e) = 'ADDRESSES' AND e.method = 'inferred' THEN 1 ELSE 0 END) AS recommendations_inferred,
     count(e) AS links
RETURN r.title AS report, causes_explicit, causes_inferred, recommendations_explicit, recommendations_inferred,
       round(1000.0 * (causes_explicit + recommendations_explicit) / links) / 1000 AS stated, r.id AS report_id
ORDER BY stated, report, report_id
LIMIT $limit
