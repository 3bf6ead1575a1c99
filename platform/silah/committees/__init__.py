"""Committees: who sits on them, their meetings, quorum, votes, decisions and signed minutes."""
