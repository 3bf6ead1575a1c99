"""Beneficiaries: people, identifiers, consent."""
