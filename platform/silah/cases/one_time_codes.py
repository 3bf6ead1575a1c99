"""One-time codes to the telephone or e-mail on a case: six digits, ten minutes, five tries."""

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select, update

from silah import clock
from silah.cases import timeline
from silah.cases.errors import CodeExpired, NoAddress, WrongCode
from silah.cases.models import Case, OneTimeCode
from silah.documents.sealing import fingerprint
from silah.errors import TooMany
from silah.language.localization import western
from silah.notifications import service as notifications
from silah.notifications.service import SENDS, Recipient
from tenants.database import db

LIFE = timedelta(minutes=10)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_AN_HOUR, MOST_A_DAY = 5, 10
"""Codes of one use for one case, whoever asks and from wherever: five tries each, so a day has fifty guesses at it."""

MOST_WITH_FEW = 60
"""As many go out in a day once those are used up, each to somebody who has hardly asked: nobody uses up another's."""


def send(case: Case, purpose: str, to: Recipient | None = None, template: str = "code", *, few: bool = False) -> None:
    """Owe the applicant a fresh code for this purpose; those sent before for it no longer work.

    It goes where the case is answered unless ``to`` says otherwise. Raises ``NoAddress`` if the case has neither a
    mobile nor an e-mail, ``TooMany`` after five codes of this use in an hour or ten in a day; later where whoever asks
    has asked for ``few``.
    """
    to = to or recipient(case)
    code = f"{secrets.randbelow(10**6):06d}"
    _keep(case, purpose, _digest(case, purpose, code), few=few)
    context = {"code": code, "minutes": str(int(LIFE.total_seconds() // 60))}
    notifications.send(template, to, case.locale, context, case=case)


def keep_decoy(case: Case, purpose: str) -> None:
    """Do what ``send`` does with a code that nobody has: by what follows nobody can tell that none was sent.

    Raises ``TooMany`` as ``send`` does.
    """
    _keep(case, purpose, secrets.token_bytes(32))


def _keep(case: Case, purpose: str, digest: bytes, *, few: bool = False) -> None:
    """Keep a fresh code in place of those sent before for this purpose, on record."""
    now, use = clock.now(), purpose.partition("@")[0]
    of_the_day = select(OneTimeCode.expires_at).where(
        OneTimeCode.case_id == case.id,
        func.split_part(OneTimeCode.purpose, "@", 1) == use,
        OneTimeCode.expires_at > now + LIFE - DAY,
    )
    sent = db.session.scalars(of_the_day).all()
    many = len(sent) >= MOST_A_DAY or sum(until > now + LIFE - HOUR for until in sent) >= MOST_AN_HOUR
    if len(sent) >= MOST_WITH_FEW if few else many:
        raise TooMany
    db.session.execute(update(OneTimeCode).where(*_open(case, purpose)).values(used_at=now))
    db.session.add(OneTimeCode(case_id=case.id, purpose=purpose, digest=digest, expires_at=now + LIFE))
    timeline.record(case, "code_sent", data={"purpose": use}, private=True)


def void_open_codes(case: Case) -> None:
    """Let no code that is on its way open this case any more."""
    still = OneTimeCode.case_id == case.id, OneTimeCode.used_at.is_(None)
    db.session.execute(update(OneTimeCode).where(*still).values(used_at=clock.now()))


def check(case: Case, purpose: str, code: str) -> None:
    """Use up the code that was sent; raises ``WrongCode`` or ``CodeExpired``. Each wrong try counts, whatever follows.

    A wrong try is committed at once, with whatever the caller has written before. Of many at once each waits for the
    one before it, since all take the try from one row.
    """
    row = db.session.scalars(select(OneTimeCode).where(*_open(case, purpose))).one_or_none()
    if row is None or row.expires_at <= clock.now() or not _spend_a_try(row):
        raise CodeExpired
    typed = "".join(sign for sign in western(code) if sign.isdigit())
    if not hmac.compare_digest(bytes(row.digest), _digest(case, purpose, typed)):
        db.session.commit()
        raise WrongCode
    used = update(OneTimeCode).where(OneTimeCode.id == row.id, OneTimeCode.used_at.is_(None))
    if not db.session.execute(used.values(used_at=clock.now()).returning(OneTimeCode.id)).first():
        raise CodeExpired


def _spend_a_try(row: OneTimeCode) -> bool:
    """Take one of the tries left; the row stays locked until the transaction ends."""
    left = OneTimeCode.id == row.id, OneTimeCode.tries_left > 0
    spent = update(OneTimeCode).where(*left).values(tries_left=OneTimeCode.tries_left - 1).returning(OneTimeCode.id)
    return db.session.execute(spent).first() is not None


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
