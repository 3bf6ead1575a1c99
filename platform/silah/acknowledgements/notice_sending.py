"""Sending a notice on to applicants with an open case, by the e-mail or SMS that was agreed with them.

Each person gets one message, however many cases they have. It goes out in batches, each with its messages in one
transaction, so that none is sent twice; whoever is followed without a name is left alone. The association can turn
it off, and the notice then stands on the portal alone.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, distinct, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.acknowledgements.models import PublicNotice
from silah.cases.models import Case
from silah.cases.parties import reached_person, reached_person_of
from silah.cases.states import ENDED
from silah.documents.addresses import association_address
from silah.language.bilingual import localized
from silah.notifications.service import SENDS, Recipient, send
from silah.shell.models import AssociationSetting
from tenants.database import db

SEND = "notice.send"
BATCH = 100


def is_on() -> bool:
    """Whether the association sends its notices on."""
    setting = db.session.get(AssociationSetting, 1)
    return setting is None or setting.sends_notices


def begin(notice: PublicNotice) -> None:
    """Owe sending it to everybody who has an open case now."""
    total = db.session.scalar(select(func.count(distinct(_PERSON))).where(*_reached(notice))) or 0
    notice.sending = {"total": total, "looked": 0, "sent": 0, "done": total == 0}
    if total:
        _owe(notice, None)


def carry_on(notice: PublicNotice, after: UUID | None) -> None:
    """Write to the next batch of people, and owe the batch after it; one that was withdrawn goes no further."""
    if notice.withdrawn_at is not None:
        notice.sending = {**notice.sending, "done": True}
        return
    found = _next(notice, after)
    sent = sum(_write(notice, case) for case in found)
    more = len(found) == BATCH
    done = {"looked": notice.sending["looked"] + len(found), "sent": notice.sending["sent"] + sent, "done": not more}
    notice.sending = {**notice.sending, **done}
    if more:
        _owe(notice, reached_person_of(found[-1]))


def _write(notice: PublicNotice, case: Case) -> bool:
    """Owe one person the notice, in their language; False where the means agreed is carried by hand."""
    to = Recipient.of_case(case)
    if to.means not in SENDS:
        return False
    title = localized(notice, "title", case.locale)
    text = localized(notice, "body", case.locale) if to.means == "email" else ""
    said = {"title": title, "text": text, "link": association_address("/notices")}
    send("public_notice", to, case.locale, said, case=case)
    return True


_PERSON: ColumnElement[UUID] = reached_person()


def _reached(notice: PublicNotice) -> Sequence[ColumnElement[bool]]:
    """Open cases of people with a name that stood when the notice was issued."""
    here = (Case.state.not_in(tuple(ENDED)), Case.anonymous.is_(False), Case.received_at <= notice.issued_at)
    return (*here, _PERSON.is_not(None))


def _next(notice: PublicNotice, after: UUID | None) -> Sequence[Case]:
    """The latest case of each of the next people."""
    rows = select(Case).where(*_reached(notice))
    if after:
        rows = rows.where(after < _PERSON)
    rows = rows.ext(distinct_on(_PERSON)).order_by(_PERSON, Case.received_at.desc(), Case.id).limit(BATCH)
    whole = (joinedload(Case.policy_version), joinedload(Case.representative), joinedload(Case.beneficiary))
    return db.session.scalars(rows.options(*whole)).all()


def _owe(notice: PublicNotice, after: UUID | None) -> None:
    said: dict[str, Any] = {"notice": str(notice.id), "after": str(after) if after else None}
    jobs.owe(SEND, f"{notice.id}.{after or 'first'}", clock.now(), said)
