// zh: 某项政策法规在哪里被引用，用在哪些发现上？
// en: Where is a policy cited, and in which findings?
// topic: policies
// param: policy policy | 名称或其一部分 · its name or alias, or a part of one, such as 预算法
// param: limit integer = 100 | 最多几行 · rows at most
// example: policy=采购
// column: policy | 政策法规 · name of the policy
// column: article | 条款 · the article
// column: label | 哪种发现 · what cites it: Problem, Evidence, Recommendation …
// column: finding | 发现的内容 · its headline or text
// column: category | 问题的类别代码 · code of the category, where it is a problem or evidence of one
// column: citation | 原文如何引用 · the words that cite it
// column: start | 在原文的位置 · where they begin in the source
// column: report | 报告标题 · title of the report
// column: policy_id | 政策的 id · id of the policy
// column: finding_id | 发现的 id · id of the finding
// column: report_id | 报告的 id · id of the report
MATCH (policy:Policy)<-[e:REFERENCES]-(n:Report|Problem|Evidence|RootCause|Effect|Recommendation|Measure)
WHERE policy.name CONTAINS $policy OR any(alias IN coalesce(policy.aliases, []) WHERE alias CONTAINS $policy)
OPTIONAL MATCH (n)-[:STATED_IN]->(s:Report)
OPTIONAL MATCH (n)-[:SUPPORTS]->(p:Problem)
WITH policy, e, n, p, coalesce(s, n) AS r
OPTIONAL MATCH (r)-[:HAS_TEXT]->(t:SourceText)
RETURN policy.name AS policy, e.article AS article, labels(n)[0] AS label,
       coalesce(n.headline, n.text, n.title) AS finding,
       coalesce(n.category, p.category) AS category,
       CASE WHEN t.text IS NULL THEN null ELSE substring(t.text, e.start, e.end - e.start) END AS citation,
       e.start AS start, r.title AS report, policy.id AS policy_id, n.id AS finding_id, r.id AS report_id
ORDER BY policy, policy_id, report_id, start, label, finding_id, e.id
LIMIT $limit
