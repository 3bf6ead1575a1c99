"""Effects outside the database (a nudge to the scheduler, a job in Redis) that wait for the commit."""

import logging
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from tenants.database import TenantSession, db

log = logging.getLogger(__name__)

Effect = Callable[[], None]
WAITING, COMMITTED = "silah_effects", "silah_committed"


def after_commit(effect: Effect) -> None:
    """Run `effect` once the present transaction is committed; never, if it or its savepoint is rolled back.

    A failing effect is logged and stops nothing: what must not be lost belongs in `owe`.
    """
    session = db.session()
    if not session.in_transaction():
        session.begin()
    cast(TenantSession, session).is_bound = True
    session.info.setdefault(WAITING, []).append((session.get_nested_transaction(), effect))


@event.listens_for(db.session, "after_commit")
def _committed(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info[COMMITTED] = session.info.pop(WAITING, [])


@event.listens_for(db.session, "after_soft_rollback")
def _rolled_back(session: Session, previous: SessionTransaction) -> None:
    if previous.nested:
        waiting = session.info.get(WAITING, [])
        session.info[WAITING] = [one for one in waiting if one[0] is not previous]
    else:
        session.info.pop(WAITING, None)


@event.listens_for(db.session, "after_transaction_end")
def _ended(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is not None:
        return
    session.info.pop(WAITING, None)
    effects: list[tuple[Any, Effect]] = session.info.pop(COMMITTED, [])
    for _, effect in effects:
        try:
            effect()
        except Exception:
            log.exception("an effect after a commit failed")
