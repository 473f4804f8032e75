// zh: 哪些问题没有对应的建议？
// en: Which problems does no recommendation address?
// topic: recommendations
// param: category category? = "" | 只看这一类问题,空 = 全部 · only problems of this category
// param: limit integer = 100 | 最多几行 · rows at most
// example: limit=5
// column: problem | 问题 · the problem's headline
// column: category | 类别代码 · code of its category
// column: number | 编号 · number of the problem
// column: report | 报告标题 · title of the report
// column: problem_id | 问题的 id · id of the problem
// column: report_id | 报告的 id · id of the report
// Only in reports that recommend anything. A recommendation counts for a problem if it addresses the problem,
// what the problem is an item of, one of its items, or a cause of the problem or of what it is an item of.
// By r.id reports come along their index in the order of the answer, and those after its end are not looked at.
MATCH (r:Report)
WHERE r.id > '' AND EXISTS { (r)<-[:STATED_IN]-(:Recommendation) }
MATCH (p:Problem)-[:STATED_IN]->(r)
WHERE ($category = '' OR p.category = $category)
  AND NOT EXISTS { (p)-[:PART_OF*0..5]->(:Problem)<-[:ADDRESSES]-(:Recommendation) }
  AND NOT EXISTS { (p)<-[:PART_OF*1..5]-(:Problem)<-[:ADDRESSES]-(:Recommendation) }
  AND NOT EXISTS { (p)-[:PART_OF*0..5]->(:Problem)-[:CAUSED_BY]->(:RootCause)<-[:ADDRESSES]-(:Recommendation) }
RETURN p.headline AS problem, p.category AS category, p.number AS number, r.title AS report, p.id AS problem_id,
       r.id AS report_id
ORDER BY report_id, p.start, problem_id
LIMIT $limit
