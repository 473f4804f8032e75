// zh: 出了问题的地方,最常引用哪些政策法规？
// en: Which policies are cited most often where something failed?
// topic: policies
// param: category category? = "" | 只看这一类问题,空 = 全部 · only problems of this category
// param: limit integer = 20 | 最多几行 · rows at most
// example: limit=5
// column: policy | 政策法规 · name of the policy
// column: citations | 引用次数 · how many citations
// column: problems | 在多少问题上 · for how many problems
// column: reports | 报告数 · in how many reports
// column: policy_id | 政策的 id · id of the policy
// A policy that the evidence of a problem cites is cited for that problem.
MATCH (policy:Policy)<-[e:REFERENCES]-(n:Problem|Evidence)
OPTIONAL MATCH (n)-[:SUPPORTS]->(supported:Problem)
WITH policy, e, coalesce(supported, n) AS p
WHERE p.headline IS NOT NULL AND ($category = '' OR p.category = $category)
MATCH (p)-[:STATED_IN]->(r:Report)
RETURN policy.name AS policy, count(DISTINCT e.id) AS citations, count(DISTINCT p.id) AS problems,
       count(DISTINCT r.id) AS reports, policy.id AS policy_id
ORDER BY problems DESC, citations DESC, policy, policy_id
LIMIT $limit
