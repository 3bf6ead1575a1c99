"""What the programme owes: asking for the review of a past quarter, and the evidence packs that were asked for."""

from typing import Any
from uuid import UUID

from silah import jobs
from silah.programme import evidence, reviews


@jobs.handles(reviews.QUARTER)
def quarter(key: str, payload: dict[str, Any]) -> None:
    """A quarter has ended."""
    reviews.quarter_ended()


@jobs.handles(evidence.MAKE)
def make(key: str, payload: dict[str, Any]) -> None:
    """Gather the pack that somebody waits for."""
    evidence.make(UUID(key))


@jobs.handles(evidence.FORGET)
def forget(key: str, payload: dict[str, Any]) -> None:
    """A week later it goes."""
    evidence.forget(UUID(key))
