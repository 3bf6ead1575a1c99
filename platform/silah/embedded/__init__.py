"""PostgreSQL and Redis from packages, for a laptop and for tests."""
