"""Who is served: many associations in one PostgreSQL database, each in a schema and under a role of its own.

This package knows nothing of what an association does; `silah` builds on it, never the other way round.
"""
