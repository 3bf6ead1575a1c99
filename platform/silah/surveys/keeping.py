"""One answer and the mark on the link that it used, in one statement: the peak of a message to thousands is this."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import Insert, Table, bindparam, insert, select, update

from silah import clock
from silah.surveys.models import SurveyInvitation, SurveyResponse, SurveyRound
from tenants.database import db

KEPT = ("id", "round_id", "anonymous", "invitation_id", "answered_on", "way", "facts", "answers", "texts", "counted")
ANSWER, ROUND, LINK = (cast(Table, one.__table__) for one in (SurveyResponse, SurveyRound, SurveyInvitation))
ITS = "its_{}"
"""How the answer's values are named: a bare column's name would be taken for what is to be set on the link, too."""


def _statement(*, by_link: bool) -> Insert:
    """Insert an answer if the round is open, and the link, where there is one, unused.

    The round is held against whoever closes it, the link against its second use: who comes after them finds the new
    state, for PostgreSQL looks again at a row that it had to wait for.
    """
    day = bindparam("day", type_=ROUND.c.opens_on.type)
    takes = (ROUND.c.state == "open", ROUND.c.opens_on <= day, ROUND.c.closes_on >= day)
    of_round = select(ROUND.c.id).where(ROUND.c.id == bindparam(ITS.format("round_id")), *takes)
    held = of_round.with_for_update(read=True, key_share=True).cte("held")
    row = select(*(bindparam(ITS.format(name), type_=ANSWER.c[name].type) for name in KEPT)).select_from(held)
    if by_link:
        mine = (LINK.c.id == bindparam("link_id"), LINK.c.round_id == held.c.id, LINK.c.answered.is_(False))
        used = update(LINK).where(*mine).values(answered=True).returning(LINK.c.id).cte("used")
        row = row.join(used, used.c.id.is_not(None))
    return insert(ANSWER).from_select(KEPT, row, include_defaults=False).returning(ANSWER.c.id)


_BY_LINK, _OPENLY = _statement(by_link=True), _statement(by_link=False)


def keep(link: UUID | None, values: dict[str, Any]) -> bool:
    """Keep an answer and use its link; whether it was kept: the round may be closed by now, or the link used."""
    db.session.flush()
    whole = values | {"counted": False}
    given = {ITS.format(name): whole.get(name) for name in KEPT} | {"day": clock.today()}
    if link is None:
        return db.session.execute(_OPENLY, given).scalar_one_or_none() is not None
    return db.session.execute(_BY_LINK, given | {"link_id": link}).scalar_one_or_none() is not None
