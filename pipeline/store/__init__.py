"""The store: SQLite schema, loading and queries. Nobody else knows SQL."""
