// zh: 各类原因分别造成多少问题,其中明示多少、推断多少？
// en: How many problems does each type of cause explain, stated and inferred apart?
// topic: causes
// param: category category? = "" | 只看这一类问题,空 = 全部 · only problems of this category
// column: type | 原因类型代码 · code of the type of cause
// column: name | 原因类型 · the type in Chinese
// column: name_en | 原因类型的英文 · the type in English
// column: problems | 问题数 · how many problems
// column: explicit | 其中明示的 · of them those whose report says so
// column: inferred | 其中推断的 · of them those where it is inferred
// column: reports | 报告数 · in how many reports
MATCH (t:CauseType)<-[:OF_TYPE]-(c:RootCause)<-[e:CAUSED_BY]-(p:Problem)
WHERE $category = '' OR p.category = $category
MATCH (p)-[:STATED_IN]->(r:Report)
RETURN t.code AS type, t.name AS name, t.name_en AS name_en, count(DISTINCT p.id) AS problems,
       count(DISTINCT CASE WHEN e.method = 'explicit' THEN p.id END) AS explicit,
       count(DISTINCT CASE WHEN e.method = 'inferred' THEN p.id END) AS inferred,
       count(DISTINCT r.id) AS reports
ORDER BY problems DESC, type
