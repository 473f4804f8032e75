// zh: 从原因经问题到后果，最长的因果链有哪些？
// en: Which are the longest causal chains, from a cause over problems to an effect?
// topic: causes
// param: category category? = "" | 类别代码，如 finance，空 = 全部 · code of a category, all when empty
// param: method explicit|inferred? = "" | explicit 只要明示，inferred 只要推断，空 = 都要 · of the link to the cause; both when empty
// param: limit integer = 50 | 最多几行 · rows at most
// example: limit=3
// column: length | 链上的步数 · how many steps
// column: chain | 链上的文字，从原因到后果 · the texts from cause to effect
// column: kinds | 各是什么 · what each is
// column: method | 原因关系是明示还是推断 · whether the link to the cause is stated or inferred
// column: confidence | 把握 · its confidence
// column: report | 报告标题 · title of the report
// column: cause_id | 原因的 id · id of the cause
// column: effect_id | 后果的 id · id of the effect
// column: report_id | 报告的 id · id of the report
// A chain may go from an item to the whole that it is part of (the cause of an item, the effect of the whole), or from
// a whole to its item.
MATCH (c:RootCause)<-[e:CAUSED_BY]-(p:Problem)
WHERE ($category = '' OR p.category = $category) AND ($method = '' OR e.method = $method)
CALL (p) {
  MATCH path = (p)-[:PART_OF*0..5]->(:Problem)-[:LEADS_TO]->(f:Effect)
  RETURN nodes(path) AS steps, f
  UNION
  MATCH path = (p)<-[:PART_OF*1..5]-(:Problem)-[:LEADS_TO]->(f:Effect)
  RETURN nodes(path) AS steps, f
}
MATCH (f)-[:STATED_IN]->(r:Report)
RETURN size(steps) AS length, [c.text] + [x IN steps | coalesce(x.headline, x.text)] AS chain,
       ['RootCause'] + [x IN steps | labels(x)[0]] AS kinds, e.method AS method, e.confidence AS confidence,
       r.title AS report, c.id AS cause_id, f.id AS effect_id, r.id AS report_id
ORDER BY length DESC, report_id, c.start, cause_id, p.start, p.id, f.start, effect_id, e.id
LIMIT $limit
