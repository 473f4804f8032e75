// zh: 这个结点或这条边出自原文的什么地方,前后文是什么？
// en: Where in the source does this node or edge stand, and what stands round it?
// topic: sources
// param: id string | 结点或边的 id · id of a node or an edge
// param: report report-id? = "" | 边所在报告的 id，空 = 逐份查找 · report of the edge; empty looks through all, which takes its time
// param: around integer = 60 | 前后各多少字 · characters before and after
// param: limit integer = 100 | 最多几行 · rows at most
// example: id=8ccd646c59ed15f80f4f8648 around=20
// column: label | 哪种结点或边 · what it is
// column: basis | own 自己的位置；mention 提到它之处；member 归入它的；ends 两端所在 · its own place, a mention of it, what belongs to it, or its ends
// column: quote | 引文 · the quote
// column: start | 起 · where it begins in the source
// column: end | 止 · where it ends
// column: before | 前文 · what stands before
// column: after | 后文 · what stands after
// column: report | 报告标题 · title of the report
// column: file | 文件名 · name of the file
// column: report_id | 报告的 id · id of the report
CALL () {
  MATCH (n:Problem|Evidence|RootCause|Effect|Recommendation|Measure {id: $id})-[s:STATED_IN]->(r:Report)
  RETURN labels(n)[0] AS label, 'own' AS basis, s.start AS start, s.end AS end, n.text AS own, r.id AS report_id
  UNION
  MATCH (n:Unit|Policy {id: $id})<-[e:MENTIONS|REFERENCES|CONCERNS]-(a)
  WHERE e.start IS NOT NULL
  OPTIONAL MATCH (a)-[:STATED_IN]->(s:Report)
  RETURN labels(n)[0] AS label, 'mention' AS basis, e.start AS start, e.end AS end, null AS own,
         coalesce(s.id, a.id) AS report_id
  UNION
  MATCH (n:Category|CauseType {id: $id})<-[:IN_CATEGORY|OF_TYPE]-(a)
  MATCH (a)-[s:STATED_IN]->(r:Report)
  RETURN labels(n)[0] AS label, 'member' AS basis, s.start AS start, s.end AS end, a.text AS own, r.id AS report_id
  UNION
  MATCH (r:Report {id: $id})-[:HAS_TEXT]->(t:SourceText)
  RETURN 'Report' AS label, 'own' AS basis, 0 AS start, size(t.text) AS end, null AS own, r.id AS report_id
  UNION
  WITH 1 AS one WHERE size($id) = 20      // as the ids of edges are; they have no index
  MATCH (r:Report) WHERE $report = '' OR r.id = $report
  MATCH (r)<-[:STATED_IN]-(a)
  MATCH (a)-[e]->(b) WHERE e.id = $id
  UNWIND CASE WHEN e.start IS NOT NULL THEN [[e.start, e.end, null]]
              WHEN b.start IS NULL THEN [[a.start, a.end, a.text]]
              ELSE [[a.start, a.end, a.text], [b.start, b.end, b.text]] END AS place
  RETURN type(e) AS label, CASE WHEN e.start IS NOT NULL THEN 'own' ELSE 'ends' END AS basis,
         place[0] AS start, place[1] AS end, place[2] AS own, r.id AS report_id
  UNION
  WITH 1 AS one WHERE size($id) = 20
  MATCH (r:Report) WHERE $report = '' OR r.id = $report
  MATCH (r)-[e]->(b) WHERE e.id = $id
  MATCH (b)<-[m:MENTIONS|REFERENCES]-(a)
  WHERE m.start IS NOT NULL AND (a.id = r.id OR EXISTS { (a)-[:STATED_IN]->(r) }) AND (e.start IS NULL OR m.id = e.id)
  RETURN type(e) AS label, CASE WHEN e.start IS NOT NULL THEN 'own' ELSE 'mention' END AS basis,
         m.start AS start, m.end AS end, null AS own, r.id AS report_id
}
MATCH (r:Report {id: report_id})
OPTIONAL MATCH (r)-[:HAS_TEXT]->(t:SourceText)
WITH label, basis, start, end, own, r, t.text AS text, CASE WHEN start > $around THEN start - $around ELSE 0 END AS first
RETURN label, basis, coalesce(substring(text, start, end - start), own) AS quote, start, end,
       substring(text, first, start - first) AS before, substring(text, end, $around) AS after,
       r.title AS report, r.name AS file, r.id AS report_id
ORDER BY report_id, start, end
LIMIT $limit
