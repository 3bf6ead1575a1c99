"""What surveys owe: opening, inviting in parts, reminding, counting at night, closing, and the programme's morning."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from silah import clock
from silah.jobs import handles, owe
from silah.surveys import aggregates, invitations, programme, rounds
from silah.surveys.models import SurveyRound
from tenants.database import db

AT_ONCE = timedelta(milliseconds=1)


@handles(rounds.OPEN)
def open_(key: str, payload: dict[str, Any]) -> None:
    """The day on which a planned round opens has come."""
    found = db.session.get(SurveyRound, UUID(key))
    if found is not None and found.state == "planned":
        rounds.open_now(found)


@handles(rounds.BUILD)
def build(key: str, payload: dict[str, Any]) -> None:
    """Invite the next part of a round's people, and come back for the rest."""
    found = db.session.get(SurveyRound, UUID(key))
    if found is not None and invitations.invite_next_part(found):
        owe(rounds.BUILD, key, clock.now() + AT_ONCE)


@handles(rounds.REMIND)
def remind(key: str, payload: dict[str, Any]) -> None:
    """Remind the next part of those whose turn it is today; then wait for tomorrow."""
    found = db.session.get(SurveyRound, UUID(key))
    if found is None:
        return
    if invitations.remind_next_part(found):
        owe(rounds.REMIND, key, clock.now() + AT_ONCE)
    else:
        invitations.remind_tomorrow(found)


@handles(rounds.COUNT)
def count(key: str, payload: dict[str, Any]) -> None:
    """Each hour count what came; of an anonymous round shuffle it each night, and count at the end only."""
    found = db.session.get(SurveyRound, UUID(key))
    if found is None:
        return
    if found.state == "closed" and aggregates.finish(found):
        owe(rounds.COUNT, key, clock.now() + AT_ONCE)
    elif found.state == "open":
        (aggregates.shuffle if found.anonymous else aggregates.count)(found)
        rounds.owe_count(found)


@handles(rounds.CLOSE)
def close(key: str, payload: dict[str, Any]) -> None:
    """The last day has passed."""
    found = db.session.get(SurveyRound, UUID(key))
    if found is not None and found.state == "open":
        rounds.close(found)


@handles(programme.PROGRAMME)
def morning(key: str, payload: dict[str, Any]) -> None:
    """The rounds that the programme makes by itself."""
    programme.run()
