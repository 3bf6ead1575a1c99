"""What an administrator is warned of on the first page of administration, by whichever feature knows of it."""

from collections.abc import Callable, Iterable
from typing import Any

from tenants.policy import Policy

Warn = Callable[[Policy], Iterable[Any]]
"""Gives sentences about the policy in force and what was set up under it; none where all is well."""

_registered: dict[str, Warn] = {}


def register(name: str, warn: Warn) -> None:
    """Ask this function for warnings, under the name of its feature."""
    _registered[name] = warn


def list_warnings(policy: Policy) -> list[Any]:
    """Return the warnings of all features, in the order in which they were registered."""
    return [words for warn in _registered.values() for words in warn(policy)]
