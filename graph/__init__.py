"""The graph of findings: schema, building, stores, loading, queries."""
