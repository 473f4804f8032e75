// How many recommendations there are.
MATCH (n:Recommendation)
RETURN count(n) AS total
