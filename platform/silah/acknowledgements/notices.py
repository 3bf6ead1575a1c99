"""Notices to the public, dated in both calendars: shown on the portal, and sent out by the approved channels.

The portal shows them by itself, and applicants with an open case get them by the means agreed (`sending`) unless the
association turned that off. What goes out by a channel that people carry is recorded by them.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock
from silah.acknowledgements import notice_sending
from silah.acknowledgements.models import PublicNotice
from silah.errors import NotFound
from silah.language.localization import dates
from silah.web.access import Member
from tenants.database import db
from tenants.versions import PolicyVersion

FRESH = timedelta(days=30)
"""How long a notice stands on the first page of the portal; the list keeps all."""


def of_change(version: PolicyVersion) -> PublicNotice:
    """Another version of the policy is in force."""
    title, body = {}, {}
    for language in ("ar", "en"):
        with force_locale(language):
            title[language] = _("The policy has changed")
            body[language] = _(
                "Version %(number)s of the policy that regulates our relation with those we serve is in force from "
                "%(date)s. What came to us earlier is handled to its end under the version of its time.",
                number=version.number,
                date=dates(version.in_force_from or clock.today()),
            )
    return issue(title["ar"], title["en"], body["ar"], body["en"], version=version, send_on=notice_sending.is_on())


def issue(
    title_ar: str,
    title_en: str,
    body_ar: str,
    body_en: str,
    *,
    version: PolicyVersion | None = None,
    by: Member | None = None,
    send_on: bool = False,
) -> PublicNotice:
    """Tell the public something, from now on; with `send_on` applicants with an open case are written to."""
    made = PublicNotice(title_ar=title_ar, title_en=title_en, body_ar=body_ar, body_en=body_en)
    made.policy_version_id, made.issued_by = version.id if version else None, by.id if by else None
    made.issued_at, made.sending = clock.now(), {}
    db.session.add(made)
    db.session.flush()
    if send_on:
        notice_sending.begin(made)
    return made


def get(notice_id: UUID) -> PublicNotice:
    """One notice, withdrawn ones too."""
    found = db.session.get(PublicNotice, notice_id)
    if found is None:
        raise NotFound
    return found


def went_out(notice: PublicNotice, channels: Sequence[str]) -> None:
    """Record by which channels it went out, each from the day on which that was first recorded."""
    today = clock.today().isoformat()
    notice.channels = {key: notice.channels.get(key, today) for key in channels}


def withdraw(notice: PublicNotice) -> None:
    """Show it to the public no longer; it stays on record."""
    notice.withdrawn_at = notice.withdrawn_at or clock.now()


def listing(*, withdrawn: bool = False) -> Sequence[PublicNotice]:
    """All notices, the newest first."""
    rows = select(PublicNotice).order_by(PublicNotice.issued_at.desc(), PublicNotice.id)
    return db.session.scalars(rows if withdrawn else rows.where(PublicNotice.withdrawn_at.is_(None))).all()


def fresh() -> Sequence[PublicNotice]:
    """Those that stand on the first page of the portal."""
    shown = (PublicNotice.withdrawn_at.is_(None), PublicNotice.issued_at > clock.now() - FRESH)
    return db.session.scalars(select(PublicNotice).where(*shown).order_by(PublicNotice.issued_at.desc())).all()
