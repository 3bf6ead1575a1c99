"""Supervisory visits to offices: planned, made by a checklist, and followed up until what was found is mended."""
