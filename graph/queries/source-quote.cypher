// zh: 这句话在原文的什么地方,前后文是什么？
// en: Where in the source does this stand, and what stands round it?
// topic: sources
// param: id string | 结点的 id · id of a node that a report states
// param: around integer = 60 | 前后各多少字 · characters before and after
// example: id=8ccd646c59ed15f80f4f8648 around=20
// column: label | 哪种结点 · what it is
// column: quote | 引文 · the quote
// column: start | 起 · where it begins in the source
// column: end | 止 · where it ends
// column: before | 前文 · what stands before
// column: after | 后文 · what stands after
// column: report | 报告标题 · title of the report
// column: report_id | 报告的 id · id of the report
MATCH (n:Problem|Evidence|RootCause|Effect|Recommendation|Measure {id: $id})-[s:STATED_IN]->(r:Report)
MATCH (r)-[:HAS_TEXT]->(t:SourceText)
WITH n, s, r, t.text AS text, CASE WHEN s.start > $around THEN s.start - $around ELSE 0 END AS first
RETURN labels(n)[0] AS label, substring(text, s.start, s.end - s.start) AS quote, s.start AS start, s.end AS end,
       substring(text, first, s.start - first) AS before, substring(text, s.end, $around) AS after,
       r.title AS report, r.id AS report_id
ORDER BY report_id, start
