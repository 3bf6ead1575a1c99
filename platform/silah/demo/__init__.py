"""`silah demo`: the whole platform on one computer, with five associations and a month of their work."""

OPERATOR = "operator@silah.example"
"""Who may open the console of the demo's platform."""
