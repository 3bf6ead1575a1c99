"""A believable month of work in each association of the demo."""

from collections.abc import Callable

Told = Callable[[str, int, int], None]
"""Told what is being done, how many of the pieces are done, and how many there are."""


def seed(progress: Told) -> None:
    """Fill the associations; runs within an app context, after they and their people were made."""
    progress("", 1, 1)
