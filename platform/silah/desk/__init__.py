"""The pages of an association's staff."""
