// zh: 各类问题各有多少?
// en: How many problems are there of each category?
// columns: category, name, name_en, problems, reports
MATCH (k:Category)<-[:IN_CATEGORY]-(p:Problem)-[:STATED_IN]->(r:Report)
RETURN k.code AS category, k.name AS name, k.name_en AS name_en, count(DISTINCT p.id) AS problems,
       count(DISTINCT r.id) AS reports
ORDER BY problems DESC, category
