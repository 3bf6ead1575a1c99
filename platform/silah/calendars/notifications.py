"""Telling those concerned that the dates of a case moved: the applicant at once, each holder once a change."""

from typing import Any

from flask_babel import force_locale
from sqlalchemy import func, select, update

from silah.calendars.models import ANSWER, CalendarChange, MovedCase
from silah.cases import deadline_changes, reply_promises
from silah.cases import notifications as telling
from silah.cases.models import Case
from silah.documents.addresses import association_address
from silah.language.localization import number
from silah.notifications import service as notifications
from silah.notifications.service import Recipient
from silah.organisation.models import Membership
from tenants.context import current_tenant
from tenants.database import db


def applicant(case: Case, data: dict[str, Any]) -> None:
    """Tell the applicant what day was promised, what day it is instead, and why."""
    with force_locale(case.locale):
        words = deadline_changes.describe_change(data, for_applicant=True)
    telling.applicant("dates_moved", case, {"change": words, "promise": reply_promises.promise(case)})


def holders(change: CalendarChange) -> None:
    """Tell everybody who holds cases that moved, by one message: of the case, or of how many there are."""
    owed = (MovedCase.told.is_(False), MovedCase.holder_id.is_not(None))
    counted = select(Membership, func.count()).join(MovedCase, MovedCase.holder_id == Membership.id)
    for holder, count in db.session.execute(counted.where(*owed).group_by(Membership.id)).all():
        if holder.state == "active":
            _one(holder) if count == 1 else many(holder, count, change.days, "/desk/cases?view=mine")
    db.session.execute(update(MovedCase).where(*owed).values(told=True))


def _one(holder: Membership) -> None:
    mine = (MovedCase.told.is_(False), MovedCase.holder_id == holder.id)
    row = db.session.scalars(select(MovedCase).where(*mine)).one()
    with force_locale(locale(holder)):
        dates = {name: pair for name, pair in row.dates.items() if not name.startswith(ANSWER)}
        words = deadline_changes.describe_change({"dates": dates, "days": row.days})
    telling.member("dates_moved_staff", holder, row.case, {"change": words})


def many(holder: Membership, count: int, days: dict[str, Any], path: str) -> None:
    """Tell somebody by one message how many cases have other dates, and where they are seen."""
    language = locale(holder)
    with force_locale(language):
        said = {"count": number(count), "change": deadline_changes.because(days), "link": association_address(path)}
    notifications.send("dates_moved_many", Recipient.of_member(holder), language, said)


def locale(holder: Membership) -> str:
    """In which language somebody of the staff is written to."""
    return holder.locale or current_tenant().locale
