"""Figures for people: what came, what is late, how long answers took; tables, charts, exports."""
