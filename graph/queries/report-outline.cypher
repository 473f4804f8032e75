// zh: 一份报告的问题是怎样分层列出的？
// en: How are the problems of a report laid out, item by item?
// topic: reports
// param: report report | 报告的 id、文件名或标题的一部分 · its id, file name, or a part of its title
// example: report=university.txt
// column: depth | 层次，0 = 最上层 · level, 0 = the top
// column: number | 编号 · its number
// column: problem | 问题 · the problem's headline
// column: category | 类别代码 · code of its category
// column: items | 分项数 · how many items
// column: evidence | 依据数 · evidence
// column: causes | 原因数 · causes
// column: recommendations | 建议数 · recommendations that address it
// column: start | 起 · where it begins in the source
// column: end | 止 · where it ends
// column: problem_id | 问题的 id · id of the problem
// column: report_id | 报告的 id · id of the report
MATCH (p:Problem)-[:STATED_IN]->(r:Report)
WHERE r.id = $report OR r.name = $report OR r.title CONTAINS $report
OPTIONAL MATCH path = (p)-[:PART_OF*1..9]->(:Problem)
WITH p, r, max(coalesce(length(path), 0)) AS depth
RETURN depth, p.number AS number, p.headline AS problem, p.category AS category,
       COUNT { (p)<-[:PART_OF]-(:Problem) } AS items, COUNT { (p)<-[:SUPPORTS]-(:Evidence) } AS evidence,
       COUNT { (p)-[:CAUSED_BY]->(:RootCause) } AS causes, COUNT { (p)<-[:ADDRESSES]-(:Recommendation) } AS recommendations,
       p.start AS start, p.end AS end, p.id AS problem_id, r.id AS report_id
ORDER BY report_id, start, end DESC, problem_id
