"""What files owe: once a day, bytes without a row go, no row tells its hour, and forms are kept no longer."""

from datetime import timedelta
from typing import Any

from silah import clock, jobs
from silah.cases import anonymity
from silah.documents import service
from silah.submissions import idempotency
from tenants.context import current_tenant

SWEEP = "files.sweep"
DAY = timedelta(days=1)
KEPT = 2 * DAY
"""How old bytes without a row are before they go: those of an anonymous upload are called a day old at once."""
SPREAD_SECONDS = 6 * 3600
"""Associations take their turns within so long, that the night's first second does not owe everything."""


@jobs.handles(SWEEP)
def sweep(key: str, payload: dict[str, Any]) -> None:
    """Remove what a crash in the middle of an upload left, mix the day's anonymous files, and owe it for tomorrow.

    Forms that can no longer be sent again go too, with the files that waited for them.
    """
    idempotency.forget_expired()
    service.sweep(clock.now() - KEPT)
    anonymity.shuffle_files(clock.now() - KEPT)
    owe_sweep()


def owe_sweep() -> None:
    """Owe the current association its next sweep, early tomorrow."""
    night = clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    turn = timedelta(seconds=current_tenant().id.int % SPREAD_SECONDS)
    jobs.owe(SWEEP, "daily", night + turn)
