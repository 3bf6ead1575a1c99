"""Setting up a new association: its blueprint, its first administrator, its first data."""
