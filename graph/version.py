"""Which version of the schema a graph has: one node `Meta`, written when Suyin first opens the database.

It counts as none of the graph: not in counts, digest or exports.
"""

from __future__ import annotations

import neo4j

from graph.errors import StoreError
from graph.schema import META

#: The property `id` of the node, by which it is the only one.
ID = "schema"
_READ = f"MATCH (m:{META} {{id: $id}}) RETURN m.version AS version"
_WRITE = f"MERGE (m:{META} {{id: $id}}) ON CREATE SET m.version = $version"


def is_marked(session: neo4j.Session, version: int, where: str) -> bool:
    """Has the graph a version? `where` names the store.

    Raises StoreError where it is another than `version`.
    """
    found = session.execute_read(lambda tx: [row["version"] for row in tx.run(_READ, id=ID)])
    if not found or found[0] == version:
        return bool(found)
    age, fix = (
        ("a newer", "install the newer Suyin, or use another database")
        if found[0] > version
        else ("an older", "load the reports anew into an empty database")
    )
    raise StoreError(
        f"{where}: the graph was made by {age} Suyin (schema {found[0]}, this one has {version}); {fix}"
    )


def mark(session: neo4j.Session, version: int) -> None:
    """Write the version where there is none."""
    session.execute_write(lambda tx: tx.run(_WRITE, id=ID, version=version).consume())
