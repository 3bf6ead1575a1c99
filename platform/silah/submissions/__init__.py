"""Forms that were sent: each taken once, and shown again filled where it could not be taken."""
