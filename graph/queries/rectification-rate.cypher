// zh: 各类问题的整改完成率是多少？
// en: What part of the problems of each category has been rectified?
// topic: rectification
// param: kind kind? = "" | 报告种类，空 = 所有说到整改的报告 · kind of report; when empty, all that tell of measures
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: name_en | 类别的英文 · the category in English
// column: problems | 问题数（最内层） · how many problems, innermost items only
// column: done | 已完成 · rectified
// column: ongoing | 正在整改 · under way
// column: long_term | 长期坚持 · a long-term task
// column: unclear | 有措施，状态不明 · a measure without status
// column: no_measure | 没有措施 · no measure told
// column: rate | 完成率 · done, as part of all these problems
// Only reports that tell of measures. A measure for a whole counts for its items too. Of several measures the one
// that is least done decides.
MATCH (p:Problem)-[:STATED_IN]->(r:Report)
WHERE ($kind = '' OR r.kind = $kind) AND EXISTS { (r)<-[:STATED_IN]-(:Measure) }
  AND NOT (p)<-[:PART_OF]-(:Problem)
OPTIONAL MATCH (p)-[:PART_OF*0..5]->(:Problem)<-[e:RESOLVES]-(m:Measure)
WITH p, collect(CASE WHEN m IS NOT NULL THEN coalesce(m.status, e.status, 'unclear') END) AS said
WITH p, CASE WHEN size(said) = 0 THEN 'none' WHEN 'ongoing' IN said THEN 'ongoing'
                 WHEN 'long-term' IN said THEN 'long-term' WHEN 'done' IN said THEN 'done' ELSE 'unclear' END AS status
MATCH (p)-[:IN_CATEGORY]->(k:Category)
WITH k, count(p) AS problems, sum(CASE WHEN status = 'done' THEN 1 ELSE 0 END) AS done,
     sum(CASE WHEN status = 'ongoing' THEN 1 ELSE 0 END) AS ongoing,
     sum(CASE WHEN status = 'long-term' THEN 1 ELSE 0 END) AS long_term,
     sum(CASE WHEN status = 'unclear' THEN 1 ELSE 0 END) AS unclear,
     sum(CASE WHEN status = 'none' THEN 1 ELSE 0 END) AS no_measure
RETURN k.code AS category, k.name AS name, k.name_en AS name_en, problems, done, ongoing, long_term, unclear,
       no_measure,
       round(1000.0 * done / problems) / 1000 AS rate
ORDER BY problems DESC, category
