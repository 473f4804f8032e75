// zh: 各类问题最常涉及哪些法规的哪一条，其中多少明说违反？
// en: Which articles of which policies do problems of each category cite most, and how often as breached?
// topic: policies
// param: category category? = "" | 类别代码，如 finance，空 = 全部 · code of a category, all when empty
// param: limit integer = 50 | 最多几行 · rows at most
// example: limit=8
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: policy | 政策法规 · name of the policy
// column: article | 条款，空 = 只引全文 · the article; empty where the policy is cited as a whole
// column: citations | 引用次数 · how many citations
// column: breached | 其中紧接在“违反、不符合、未按”等之后的 · of them those right after words such as 违反, 不符合, 未按
// column: problems | 问题数 · how many problems
// column: reports | 报告数 · in how many reports
// column: policy_id | 政策的 id · id of the policy
// A policy that the evidence of a problem cites is cited for that problem.
MATCH (policy:Policy)<-[e:REFERENCES]-(n:Problem|Evidence)
OPTIONAL MATCH (n)-[:SUPPORTS]->(supported:Problem)
WITH policy, e, n, coalesce(supported, n) AS p,
     CASE WHEN e.start - n.start > 10 THEN e.start - n.start - 10 ELSE 0 END AS first
MATCH (p)-[:IN_CATEGORY]->(k:Category)
MATCH (p)-[:STATED_IN]->(r:Report)
WHERE $category = '' OR k.code = $category
WITH k, policy, coalesce(e.article, '') AS article, e, p, r,
     substring(n.text, first, e.start - n.start - first) AS words
WITH k, policy, article, count(DISTINCT e.id) AS citations, count(DISTINCT p.id) AS problems,
     count(DISTINCT r.id) AS reports,
     count(DISTINCT CASE WHEN any(w IN ['违反', '违背', '不符合', '未按', '未依', '未严格', '未执行', '未落实', '有违']
                                  WHERE words CONTAINS w) THEN e.id END) AS breached
RETURN k.code AS category, k.name AS name, policy.name AS policy, article, citations, breached, problems, reports,
       policy.id AS policy_id
ORDER BY problems DESC, citations DESC, category, policy, policy_id, article
LIMIT $limit
