"""The tools library: the association's guides and forms, in versions, and who has read them."""
