"""Service requests, from the form to the delivered service."""
