// zh: 哪些问题没有对应的建议?
// en: Which problems does no recommendation address?
// param: category string = "" | 只看这一类问题,空 = 全部 · only problems of this category
// param: limit integer = 100 | 最多几行 · rows at most
// columns: problem, category, number, report, problem_id, report_id
// Only in reports that recommend anything. A recommendation counts for a problem if it addresses the problem,
// what the problem is an item of, one of its items, or a cause of the problem or of what it is an item of.
MATCH (p:Problem)-[:STATED_IN]->(r:Report)
WHERE ($category = '' OR p.category = $category)
  AND EXISTS { (r)<-[:STATED_IN]-(:Recommendation) }
  AND NOT EXISTS { (p)-[:PART_OF*0..5]->(:Problem)<-[:ADDRESSES]-(:Recommendation) }
  AND NOT EXISTS { (p)<-[:PART_OF*1..5]-(:Problem)<-[:ADDRESSES]-(:Recommendation) }
  AND NOT EXISTS { (p)-[:PART_OF*0..5]->(:Problem)-[:CAUSED_BY]->(:RootCause)<-[:ADDRESSES]-(:Recommendation) }
RETURN p.headline AS problem, p.category AS category, p.number AS number, r.title AS report, p.id AS problem_id,
       r.id AS report_id
ORDER BY report_id, p.start, problem_id
LIMIT $limit
