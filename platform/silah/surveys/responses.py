"""One answer and the mark on the link that it used, in one statement: the peak of a message to thousands is this."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import Insert, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql

from silah import clock
from silah.submissions import idempotency
from silah.submissions.models import Submission
from silah.surveys.models import SurveyInvitation, SurveyResponse, SurveyRound
from tenants.database import db

KEPT = ("id", "round_id", "anonymous", "invitation_id", "answered_on", "way", "facts", "answers", "texts", "counted")
ANSWER, ROUND, LINK, FORM = (
    cast(Table, one.__table__) for one in (SurveyResponse, SurveyRound, SurveyInvitation, Submission)
)
ITS = "its_{}"
"""How the answer's values are named: a bare column's name would be taken for what is to be set on the link, too."""


def _statement(*, by_link: bool, keyed: bool) -> Insert:
    """Insert an answer if the round is open, and the link, where there is one, unused; of a form with a key, once.

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
    if keyed:
        form = {name: bindparam(f"form_{name}", type_=FORM.c[name].type) for name in ("id", "kind", "expires_on")}
        first = postgresql.insert(FORM).values(form).on_conflict_do_nothing().returning(FORM.c.id).cte("first")
        row = row.join(first, first.c.id.is_not(None))
    return insert(ANSWER).from_select(KEPT, row, include_defaults=False).returning(ANSWER.c.id)


_STATEMENTS = {(one, two): _statement(by_link=one, keyed=two) for one in (True, False) for two in (True, False)}


def keep(link: UUID | None, values: dict[str, Any], key: str | None = None) -> bool:
    """Keep an answer, and use its link and the key of its form.

    Returns whether it was kept: the round may be closed by now, the link used, or the form sent before.
    """
    db.session.flush()
    whole = values | {"counted": False}
    given = {ITS.format(name): whole.get(name) for name in KEPT} | {"day": clock.today()}
    if link is not None:
        given["link_id"] = link
    if key is not None:
        form = idempotency.row_of(key)
        given |= {f"form_{name}": form[name] for name in ("id", "kind", "expires_on")}
    statement = _STATEMENTS[link is not None, key is not None]
    return db.session.execute(statement, given).scalar_one_or_none() is not None
