"""Interviews with beneficiaries: consent first, guided notes on a questionnaire, a summary."""
