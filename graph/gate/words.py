"""What may stand in a user's query: lists of what is allowed. What is not here is refused."""

from __future__ import annotations

#: With these a statement may begin.
STARTS = frozenset(("MATCH", "OPTIONAL", "WITH", "RETURN", "UNWIND", "CALL"))
#: Of these a query may have a limited number, as each costs the planner.
CLAUSES = STARTS | {"UNION"}
#: Words that may stand between two values. Any other name there is refused: so no other clause can begin.
KEYWORDS = CLAUSES | frozenset(
    (
        "WHERE",
        "YIELD",
        "ORDER",
        "BY",
        "SKIP",
        "OFFSET",
        "LIMIT",
        "ASC",
        "ASCENDING",
        "DESC",
        "DESCENDING",
        "AS",
        "DISTINCT",
        "AND",
        "OR",
        "XOR",
        "NOT",
        "IN",
        "IS",
        "STARTS",
        "ENDS",
        "CONTAINS",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
    )
)
#: Words that begin what is not reading, also where they would be taken for a name: refused unless quoted.
REFUSED = frozenset(
    (
        "CREATE",
        "INSERT",
        "MERGE",
        "SET",
        "DELETE",
        "DETACH",
        "NODETACH",
        "REMOVE",
        "FOREACH",
        "LOAD",
        "CSV",
        "DROP",
        "ALTER",
        "RENAME",
        "GRANT",
        "DENY",
        "REVOKE",
        "SHOW",
        "TERMINATE",
        "TRANSACTION",
        "TRANSACTIONS",
        "EXPLAIN",
        "PROFILE",
        "CYPHER",
        "USE",
        "USING",
        "FINISH",
        "LET",
    )
)
#: Subqueries: NAME { … }.
BLOCKS = frozenset(("EXISTS", "COUNT", "COLLECT", "CALL"))

#: Procedures, as they are written.
PROCEDURES = frozenset(
    (
        "db.labels",
        "db.relationshipTypes",
        "db.propertyKeys",
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
        "db.index.vector.queryNodes",
    )
)

_FUNCTIONS = """
    count collect sum avg min max stdev stdevp percentilecont percentiledisc
    all any none single exists isempty size length char_length character_length
    head last tail range reverse reduce keys labels type properties nodes relationships startnode endnode
    id elementid coalesce nullif valuetype
    tostring tostringornull tostringlist tointeger tointegerornull tointegerlist tofloat tofloatornull
    tofloatlist toboolean tobooleanornull tobooleanlist
    tolower toupper lower upper trim ltrim rtrim btrim left right substring replace split normalize
    abs ceil floor round sign sqrt exp log log10 e pi sin cos tan cot asin acos atan atan2 degrees radians
    haversin isnan rand randomuuid
    date datetime localdatetime time localtime duration timestamp
    date.truncate datetime.truncate localdatetime.truncate time.truncate localtime.truncate
    duration.between duration.inmonths duration.indays duration.inseconds datetime.fromepoch
    datetime.fromepochmillis
    point point.distance distance vector.similarity.cosine vector.similarity.euclidean
    shortestpath allshortestpaths
"""
#: Functions, in small letters, as both databases take them in any case.
FUNCTIONS = frozenset(_FUNCTIONS.split())
