"""The storage REMEMBERS: SQLite by default, PostgreSQL for many replicas."""
