"""The public pages of an association."""
