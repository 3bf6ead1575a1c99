"""Disputes settled amicably, and compensation of a harmed beneficiary where the policy has it."""
