// zh: 原文的这个位置上有哪些结点和边？
// en: Which nodes and edges stand at this place of a report's text?
// topic: sources
// param: report report-id | 报告的 id · id of the report
// param: start integer | 从第几个字 · from this character
// param: end integer = 0 | 到第几个字，0 = 只看一个字 · up to this one; 0: only the one at start
// param: limit integer = 200 | 最多几行 · rows at most
// example: report=513f877d5fe8bc47f72c3c86 start=483
// column: what | node 结点，edge 边 · node or edge
// column: label | 哪种结点或边 · what it is
// column: quote | 引文 · the quote
// column: start | 起 · where it begins in the source
// column: end | 止 · where it ends
// column: to | 边所指结点的名称或原话 · what an edge leads to: its name or words
// column: source_id | 边的起点 · id of the node that an edge comes from
// column: target_id | 边的终点 · id of the node that an edge leads to
// column: item_id | 结点或边的 id · id of the node or edge
// A node stands where its STATED_IN says, so that edge is not listed again.
MATCH (r:Report {id: $report})
CALL (r) {
  MATCH (n)-[s:STATED_IN]->(r)
  RETURN 'node' AS what, labels(n)[0] AS label, s.start AS start, s.end AS end, n.text AS own, null AS to,
         null AS source_id, null AS target_id, n.id AS item_id
  UNION
  MATCH (r)<-[:STATED_IN]-(a)
  MATCH (a)-[e]->(b)
  WHERE e.start IS NOT NULL AND type(e) <> 'STATED_IN'
  RETURN 'edge' AS what, type(e) AS label, e.start AS start, e.end AS end, null AS own, coalesce(b.name, b.text) AS to,
         a.id AS source_id, b.id AS target_id, e.id AS item_id
  UNION
  MATCH (r)-[e]->(b)
  WHERE e.start IS NOT NULL
  RETURN 'edge' AS what, type(e) AS label, e.start AS start, e.end AS end, null AS own, coalesce(b.name, b.text) AS to,
         r.id AS source_id, b.id AS target_id, e.id AS item_id
}
WITH r, what, label, start, end, own, to, source_id, target_id, item_id
WHERE end > $start AND start < CASE WHEN $end > $start THEN $end ELSE $start + 1 END
OPTIONAL MATCH (r)-[:HAS_TEXT]->(t:SourceText)
RETURN what, label, coalesce(substring(t.text, start, end - start), own) AS quote, start, end, to, source_id, target_id,
       item_id
ORDER BY end - start, start, what DESC, label, item_id
LIMIT $limit
