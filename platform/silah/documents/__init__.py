"""Stored files, their encryption, and PDFs."""
