// kind: "" or a code of a kind of report
MATCH (r:Report)
WHERE $kind = '' OR r.kind = $kind
RETURN count(r) AS total
