"""The association's policy as its administrators keep it: drafts, checks, differences, approval, review."""
