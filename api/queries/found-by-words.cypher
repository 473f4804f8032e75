// The nodes whose words are most like these, by the full-text index.
// index: its name; query: words; limit
CALL db.index.fulltext.queryNodes($index, $query, {limit: $limit}) YIELD node, score
RETURN node.id AS id
ORDER BY score DESC, id
