// In how many reports each type of cause comes up.
MATCH (c:RootCause)-[:STATED_IN]->(r:Report)
WHERE c.type IS NOT NULL
RETURN c.type AS code, count(c) AS number, count(DISTINCT r) AS reports
ORDER BY reports DESC, number DESC, code
