"""Holding a round's row while something is done to it bit by bit."""

from silah.surveys.models import SurveyRound
from tenants.database import db


def hold(found: SurveyRound) -> None:
    """Hold the round for this transaction against other such work, but not against answers that come meanwhile."""
    db.session.flush()
    db.session.refresh(found, with_for_update={"key_share": True})
