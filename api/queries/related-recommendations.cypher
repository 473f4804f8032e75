// Recommendations for problems whose words are like these, each with the path that leads to it:
// similar problem (part of holder, where the link stands on that) -> cause, where the cause is addressed.
// terms: pairs of characters; query: the same for the full-text index; without: "" or a report to leave out
CALL db.index.fulltext.queryNodes('ft_problem', $query) YIELD node, score
WITH node AS p, score ORDER BY score DESC, p.id LIMIT 200
MATCH (p)-[:STATED_IN]->(r:Report)
WHERE r.id <> $without
// a category holds all the words of its items, which says little: there only the headline counts
WITH p, r, CASE WHEN EXISTS { MATCH (p)<-[:PART_OF]-(:Problem) } THEN split(p.search, '\n')[0] ELSE p.search END AS words
WITH p, r, [t IN $terms WHERE words CONTAINS t] AS found
WHERE size(found) >= 2 OR size(found) = size($terms)
MATCH (p)-[:PART_OF*0..6]->(h:Problem)
CALL (h) {
  MATCH (n:Recommendation)-[a:ADDRESSES]->(h)
  RETURN n, a, null AS c, null AS e
  UNION
  MATCH (n:Recommendation)-[a:ADDRESSES]->(c:RootCause)<-[e:CAUSED_BY]-(h)
  RETURN n, a, c, e
}
RETURN properties(p) AS similar, properties(h) AS holder, properties(n) AS recommendation,
       properties(a) AS addresses, properties(c) AS cause, properties(e) AS caused_by, found,
       r.id AS report_id, r.title AS report_title
