// The problems that recommendations address, also over a cause.
// ids: of recommendations
UNWIND $ids AS id
MATCH (:Recommendation {id: id})-[:ADDRESSES]->(p:Problem)
RETURN DISTINCT p.id AS id
UNION
UNWIND $ids AS id
MATCH (:Recommendation {id: id})-[:ADDRESSES]->(:RootCause)<-[:CAUSED_BY]-(p:Problem)
RETURN DISTINCT p.id AS id
