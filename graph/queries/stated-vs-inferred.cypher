// zh: 原因和建议的对应关系,多少是报告明示的,多少是推断的？
// en: How many links to causes and recommendations does the report state, and how many are inferred?
// topic: sources
// column: edge | 关系 · type of the link
// column: method | 明示 explicit 或推断 inferred · whether the report says so or it is inferred
// column: edges | 条数 · how many
// column: confidence | 平均把握 · the mean confidence
// `confidence` is the mean.
MATCH (n:Problem|Recommendation)-[e:CAUSED_BY|ADDRESSES]->(:Problem|RootCause)
RETURN type(e) AS edge, e.method AS method, count(e) AS edges,
       round(1.0 * sum(toInteger(round(1000 * e.confidence))) / count(e)) / 1000 AS confidence
ORDER BY edge DESC, method
