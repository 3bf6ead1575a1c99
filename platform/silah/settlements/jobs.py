"""What settlements owe: that an offer expires after its last day, and that promises are reminded."""

from typing import Any
from uuid import UUID

from silah import jobs
from silah.settlements import offer_rules, offers, undertakings


@jobs.handles(offer_rules.EXPIRES)
def offer_expires(key: str, payload: dict[str, Any]) -> None:
    """The last day of an offer has passed."""
    offers.expire(UUID(key))


@jobs.handles(undertakings.REMIND)
def promise_due(key: str, payload: dict[str, Any]) -> None:
    """A promise falls due, or was not kept in time."""
    undertakings.remind(UUID(key))
