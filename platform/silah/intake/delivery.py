"""After an acceptance: completing the registration, delivering the service, and the recipient's confirmation."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock
from silah.cases import notifications, timeline
from silah.cases.models import Case
from silah.cases.states import State
from silah.errors import Conflict, Forbidden, Invalid
from silah.forms.texts import clean
from silah.intake.errors import NoDelivery
from silah.intake.facts import facts_of
from silah.intake.models import Delivery
from silah.intake.moves import need
from silah.web.access import Member, Permission
from tenants.database import db


def register(case: Case, *, by: Member, note: str = "") -> None:
    """Complete the registration, where the policy has that step and the request was accepted."""
    timeline.hold(case)
    need("register", facts_of(case), by)
    case.state = State.REGISTERED
    timeline.record(case, "registered", by=by, note=clean(note) or None)
    notifications.applicant("registered", case)


def deliver(case: Case, *, by: Member, what: str, on: date) -> Delivery:
    """Record that the service was handed over, on a day that is not to come."""
    timeline.hold(case)
    need("deliver", facts_of(case), by)
    if not clean(what):
        raise Invalid({"what": _("Write what was delivered.")})
    if on > clock.today() or (case.replied_at and on < clock.day_of(case.replied_at)):
        raise Invalid({"on": _("Enter a day between the reply and today.")})
    made = Delivery(case_id=case.id, what=clean(what), delivered_on=on, delivered_by=by.id)
    db.session.add(made)
    case.state = State.DELIVERED
    timeline.record(case, "delivered", by=by, data={"on": on.isoformat()})
    notifications.applicant("delivered", case, {"what": made.what})
    return made


def confirm(case: Case, how: str, *, by: Member | None = None) -> Delivery:
    """The recipient confirms, on the tracking page (``by`` None) or before a member of staff; once."""
    if by is not None and not by.may(Permission.DELIVER_SERVICES):
        raise Forbidden
    timeline.hold(case)
    made = of(case)
    if made is None:
        raise NoDelivery
    if made.confirmed_at is not None:
        raise Conflict(_("The delivery has been confirmed already."))
    made.confirmed_at, made.confirmed_how = clock.now(), how
    timeline.record(case, "confirmed", by=by, data={"how": how})
    return made


def of(case: Case) -> Delivery | None:
    """The latest delivery of a case."""
    rows = select(Delivery).where(Delivery.case_id == case.id).order_by(Delivery.recorded_at.desc()).limit(1)
    return db.session.scalars(rows).first()
