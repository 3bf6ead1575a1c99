"""One-time codes to the telephone or e-mail on a case: six digits, ten minutes, five tries."""

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from silah import clock
from silah.cases import timeline
from silah.cases.errors import CodeExpired, NoAddress, WrongCode
from silah.cases.models import Case, OneTimeCode
from silah.documents.sealing import fingerprint
from silah.errors import TooMany
from silah.i18n import western
from silah.notifications import service as notifications
from silah.notifications.service import SENDS, Recipient
from tenants.database import db

LIFE = timedelta(minutes=10)
HOUR = timedelta(hours=1)
MOST_AN_HOUR = 5


def send(case: Case, purpose: str, to: Recipient | None = None, template: str = "code") -> None:
    """Owe the applicant a fresh code for this purpose; those sent before for it no longer work.

    It goes where the case is answered unless ``to`` says otherwise. Raises ``NoAddress`` if the case has neither a
    mobile nor an e-mail, ``TooMany`` after five codes in an hour.
    """
    to = to or recipient(case)
    now = clock.now()
    recent = select(OneTimeCode.id).where(OneTimeCode.case_id == case.id, OneTimeCode.expires_at > now + LIFE - HOUR)
    if len(db.session.scalars(recent).all()) >= MOST_AN_HOUR:
        raise TooMany
    db.session.execute(update(OneTimeCode).where(*_open(case, purpose)).values(used_at=now))
    code = f"{secrets.randbelow(10**6):06d}"
    row = OneTimeCode(case_id=case.id, purpose=purpose, digest=_digest(case, purpose, code), expires_at=now + LIFE)
    db.session.add(row)
    timeline.record(case, "code_sent", data={"purpose": purpose}, private=True)
    context = {"code": code, "minutes": str(int(LIFE.total_seconds() // 60))}
    notifications.send(template, to, case.locale, context, case=case)


def check(case: Case, purpose: str, code: str) -> None:
    """Use up the code that was sent; raises ``WrongCode`` or ``CodeExpired``. Each try counts, whatever follows."""
    row = db.session.scalars(select(OneTimeCode).where(*_open(case, purpose))).one_or_none()
    if row is None or row.expires_at <= clock.now() or not _spend_a_try(row):
        raise CodeExpired
    typed = "".join(sign for sign in western(code) if sign.isdigit())
    if not hmac.compare_digest(bytes(row.digest), _digest(case, purpose, typed)):
        raise WrongCode
    used = update(OneTimeCode).where(OneTimeCode.id == row.id, OneTimeCode.used_at.is_(None))
    if not db.session.execute(used.values(used_at=clock.now()).returning(OneTimeCode.id)).first():
        raise CodeExpired


def _spend_a_try(row: OneTimeCode) -> bool:
    """Take one of the tries left, in a transaction of its own: the one that guesses wrong is rolled back."""
    left = OneTimeCode.id == row.id, OneTimeCode.tries_left > 0
    spent = update(OneTimeCode).where(*left).values(tries_left=OneTimeCode.tries_left - 1).returning(OneTimeCode.id)
    with Session(db.engine) as own:
        if own.execute(spent).first():
            own.commit()
            return True
        known = own.get(OneTimeCode, row.id) is not None
    return not known and db.session.execute(spent).first() is not None


def _open(case: Case, purpose: str) -> tuple[ColumnElement[bool], ...]:
    return OneTimeCode.case_id == case.id, OneTimeCode.purpose == purpose, OneTimeCode.used_at.is_(None)


def recipient(case: Case) -> Recipient:
    """Where a code goes: by the agreed means if they carry one, else to the mobile, else to the e-mail.

    Only what was typed on this case counts. Raises ``NoAddress`` where there is neither, and for an anonymous case.
    """
    if case.anonymous:
        raise NoAddress
    agreed = Recipient.of_case(case)
    if agreed.means in SENDS and agreed.address:
        return agreed
    person = case.applicant or case.beneficiary
    if person and person.mobile:
        return Recipient("sms", person.mobile, person.name)
    if person and person.email:
        return Recipient("email", person.email, person.name)
    raise NoAddress


def _digest(case: Case, purpose: str, code: str) -> bytes:
    return fingerprint(f"{case.id}:{purpose}:{code}", "one_time_code")
