// How many problems there are.
MATCH (n:Problem)
RETURN count(n) AS total
