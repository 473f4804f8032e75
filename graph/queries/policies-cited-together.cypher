// zh: 哪些政策法规常在同一份报告里一起被引用？
// en: Which policies are cited together in one report?
// topic: policies
// param: policy policy? = "" | 名称或其一部分，空 = 全部 · a name or part of it, all when empty
// param: minimum integer = 2 | 至少几份报告 · in how many reports at least
// param: limit integer = 50 | 最多几行 · rows at most
// example: limit=6
// column: policy | 政策法规 · name of the policy
// column: other | 另一项 · the other
// column: together | 同时引用的报告数 · reports that cite both
// column: with_policy | 引用前者的 · reports that cite the first
// column: with_other | 引用后者的 · reports that cite the other
// column: policy_id | 政策的 id · id of the policy
// column: other_id | 另一项的 id · id of the other
MATCH (a:Policy)<-[:NAMES]-(r:Report)-[:NAMES]->(b:Policy)
WHERE CASE WHEN $policy = '' THEN a.name < b.name OR (a.name = b.name AND a.id < b.id)
           ELSE a.name CONTAINS $policy AND a.id <> b.id END
WITH a, b, count(DISTINCT r.id) AS together
WHERE together >= $minimum
RETURN a.name AS policy, b.name AS other, together,
       COUNT { MATCH (a)<-[:NAMES]-(x:Report) RETURN DISTINCT x.id } AS with_policy,
       COUNT { MATCH (b)<-[:NAMES]-(x:Report) RETURN DISTINCT x.id } AS with_other, a.id AS policy_id, b.id AS other_id
ORDER BY together DESC, policy, policy_id, other, other_id
LIMIT $limit
