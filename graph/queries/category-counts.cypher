// zh: 各类问题各有多少？
// en: How many problems are there of each category?
// topic: problems
// column: category | 类别代码 · code of the category
// column: name | 类别 · the category in Chinese
// column: name_en | 类别的英文 · the category in English
// column: problems | 问题数 · how many problems
// column: reports | 报告数 · in how many reports
MATCH (k:Category)<-[:IN_CATEGORY]-(p:Problem)-[:STATED_IN]->(r:Report)
RETURN k.code AS category, k.name AS name, k.name_en AS name_en, count(DISTINCT p.id) AS problems,
       count(DISTINCT r.id) AS reports
ORDER BY problems DESC, category
