"""To whom a confidential dispute or claim is opened."""

from uuid import UUID

from flask_babel import gettext as _

from silah.cases import confidentiality, notifications, timeline
from silah.cases.models import Case
from silah.errors import Forbidden, Invalid
from silah.organisation.models import Membership
from silah.web.access import Member, Permission
from tenants.database import db


def name(case: Case, *, by: Member, member: UUID) -> None:
    """Open it to one more active member to whom it is not barred; on record."""
    timeline.hold(case)
    if not by.may(Permission.ANSWER_COMPLAINTS, Permission.OVERSEE_COMPLAINTS):
        raise Forbidden
    chosen = db.session.get(Membership, member)
    if chosen is None or chosen.state != "active" or chosen.id in notifications.barred(case):
        raise Invalid({"member": _("Choose one of those who handle this case.")})
    confidentiality.name_readers(case, [chosen], by)
    timeline.record(case, "reader_named", by=by, note=chosen.name, private=True)
