// In how many reports each category of problem comes up.
MATCH (p:Problem)-[:STATED_IN]->(r:Report)
WHERE p.category IS NOT NULL
RETURN p.category AS code, count(p) AS number, count(DISTINCT r) AS reports
ORDER BY reports DESC, number DESC, code
