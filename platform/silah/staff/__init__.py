"""Accounts, memberships, roles, sign-in."""
