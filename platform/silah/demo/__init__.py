"""`silah demo`: the whole platform on one computer, with five associations and a month of their work."""
