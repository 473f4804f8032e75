"""What differs between Neo4j and the embedded ArcadeDB: how the schema is made. All else is alike."""

from __future__ import annotations

from graph.schema import META, SEARCH, Label, Schema

_SQL_TYPES = {
    "string": "STRING",
    "integer": "LONG",
    "float": "DOUBLE",
    "strings": "LIST",
    "integers": "LIST",
    "floats": "LIST",
}


def neo4j_schema(schema: Schema) -> dict[str, str]:
    """Cypher statements by the name of the constraint or index that each makes."""
    made = schema.constraints()
    for label in _searched(schema):
        made[label.fulltext_index] = (
            f"CREATE FULLTEXT INDEX {label.fulltext_index} IF NOT EXISTS FOR (n:{label.name}) "
            f"ON EACH [n.{SEARCH}] "
            "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
        )
    return made


def arcadedb_schema(schema: Schema) -> list[str]:
    """SQL statements in order; each does nothing where it is done.

    SQL, because Cypher makes another kind of full-text index there. Types of edges must be there before a
    query may name them.
    """
    made = [f"CREATE EDGE TYPE {edge} IF NOT EXISTS" for edge in schema.edges]
    for label in schema.labels.values():
        made.append(f"CREATE VERTEX TYPE {label.name} IF NOT EXISTS")
        kinds = {"id": "string", **label.stored}
        for prop in dict.fromkeys(("id", *label.index, *([SEARCH] if label.fulltext else ()))):
            made.append(f"CREATE PROPERTY {label.name}.{prop} IF NOT EXISTS {_SQL_TYPES[kinds[prop]]}")
        made.append(f"CREATE INDEX IF NOT EXISTS ON {label.name} (id) UNIQUE")
        made += [f"CREATE INDEX IF NOT EXISTS ON {label.name} ({prop}) NOTUNIQUE" for prop in label.index]
    made += [
        f"CREATE VERTEX TYPE {META} IF NOT EXISTS",
        f"CREATE PROPERTY {META}.id IF NOT EXISTS STRING",
        f"CREATE INDEX IF NOT EXISTS ON {META} (id) UNIQUE",
    ]
    for label in _searched(schema):
        made.append(
            f"CREATE INDEX {label.fulltext_index} IF NOT EXISTS ON {label.name} "
            f"({SEARCH}) FULL_TEXT "
            'METADATA {"analyzer": "org.apache.lucene.analysis.cjk.CJKAnalyzer"}'
        )
    return made


def _searched(schema: Schema) -> list[Label]:
    return [label for label in schema.labels.values() if label.fulltext]
