// zh: 各条规则给出了多少关系，把握多大？
// en: How many links does each rule give, and with what confidence?
// topic: sources
// column: edge | 关系 · type of the link
// column: rule | 规则 · the rule that gave it
// column: method | 明示或推断 · explicit or inferred
// column: edges | 条数 · how many
// column: reports | 报告数 · in how many reports
// column: lowest | 最低把握 · the lowest confidence
// column: mean | 平均把握 · the mean confidence
MATCH (n:Problem|Recommendation|Measure)-[e:CAUSED_BY|LEADS_TO|ADDRESSES|RESOLVES]->(:Problem|RootCause|Effect)
MATCH (n)-[:STATED_IN]->(r:Report)
RETURN type(e) AS edge, coalesce(e.rule, '') AS rule, coalesce(e.method, '') AS method, count(e) AS edges,
       count(DISTINCT r.id) AS reports, min(e.confidence) AS lowest,
       CASE WHEN count(e.confidence) > 0
            THEN round(1.0 * sum(toInteger(round(1000 * e.confidence))) / count(e.confidence)) / 1000 END AS mean
ORDER BY edge, edges DESC, rule, method
