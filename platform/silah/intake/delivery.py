"""After an acceptance: completing the registration, delivering the service, and the recipient's confirmation."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock
from silah.cases.models import Case
from silah.cases.transitions import Change
from silah.errors import Conflict, Invalid
from silah.forms.texts import clean
from silah.intake.errors import NoDelivery
from silah.intake.models import Delivery
from tenants.database import db


def register(change: Change, note: str = "") -> None:
    """Complete the registration, where the policy has that step and the request was accepted."""
    change.note = clean(note) or None


def deliver(change: Change, what: str, on: date) -> Delivery:
    """Record that the service was handed over, on a day that is not to come."""
    case = change.case
    if not clean(what):
        raise Invalid({"what": _("Write what was delivered.")})
    if on > clock.today() or (case.replied_at and on < clock.day_of(case.replied_at)):
        raise Invalid({"on": _("Enter a day between the reply and today.")})
    made = Delivery(case_id=case.id, what=clean(what), delivered_on=on, delivered_by=change.member.id)
    db.session.add(made)
    change.data = {"on": on.isoformat()}
    return made


def confirm(change: Change, how: str) -> Delivery:
    """Record that the recipient confirms, on the tracking page or before a member of staff; once."""
    made = of(change.case)
    if made is None:
        raise NoDelivery
    if made.confirmed_at is not None:
        raise Conflict(_("The delivery has been confirmed already."))
    made.confirmed_at, made.confirmed_how = clock.now(), how
    change.data = {"how": how}
    return made


def of(case: Case) -> Delivery | None:
    """The latest delivery of a case."""
    rows = select(Delivery).where(Delivery.case_id == case.id).order_by(Delivery.recorded_at.desc()).limit(1)
    return db.session.scalars(rows).first()
