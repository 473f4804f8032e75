// The problems that hold some words, best first: ids only, so that the page can be cut from them.
// words: folded as `search` is; query: what the full-text index has of them
// category, report, cause_type, unit: "" or what the problem must have. A unit is named by id, name or alias;
// a report on one unit is about that unit in all its problems, one on several where the problem concerns it.
CALL db.index.fulltext.queryNodes('ft_problem', $query) YIELD node
WITH node AS p
WHERE all(word IN $words WHERE p.search CONTAINS word)
MATCH (p)-[:STATED_IN]->(r:Report)
WHERE ($category = '' OR p.category = $category) AND ($report = '' OR r.id = $report)
  AND ($cause_type = '' OR EXISTS { MATCH (p)-[:CAUSED_BY]->(c:RootCause) WHERE c.type = $cause_type })
  AND ($unit = ''
       OR EXISTS { MATCH (p)-[:CONCERNS]->(u:Unit) WHERE u.id = $unit OR u.name = $unit OR $unit IN u.aliases }
       OR (COUNT { (r)-[:INSPECTS]->(:Unit) } = 1 AND NOT EXISTS { MATCH (p)-[:CONCERNS]->(:Unit) }
           AND EXISTS { MATCH (r)-[:INSPECTS]->(v:Unit)
                        WHERE v.id = $unit OR v.name = $unit OR $unit IN v.aliases }))
WITH DISTINCT p, r, size([word IN $words WHERE split(p.search, '\n')[0] CONTAINS word]) AS headed
RETURN p.id AS id
ORDER BY headed DESC, r.id, p.start, p.id
