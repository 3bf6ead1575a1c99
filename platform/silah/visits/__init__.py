"""Supervisory visits to offices: planned, carried out by a checklist, and followed up until what was found is mended."""
