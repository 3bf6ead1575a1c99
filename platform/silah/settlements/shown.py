"""What pages say of a dispute or a claim: the cases it belongs with, and which grounds are enough, in words."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from silah.cases import visibility
from silah.cases.models import Case
from silah.language.localization import locale
from silah.settlements import grounds
from silah.web.access import Member
from tenants.database import db


def kin(case: Case, member: Member) -> Sequence[Case]:
    """The case that it was opened out of and those opened out of it, as far as this member sees them."""
    born = Case.born_of_id == case.id
    if not case.born and case.born_of_id is None:
        return []
    near = born | (Case.id == case.born_of_id) if case.born_of_id else born
    rows = select(Case).where(near, visibility.visible(member)).order_by(Case.received_at, Case.id)
    return db.session.scalars(rows).all()


def enough(case: Case) -> str:
    """Which grounds are enough together, in one sentence."""
    names = {one.key: one.name.for_locale(locale()) for one in grounds.compensation(case).evidence}
    quoted = {key: f"«{name}»" if locale() == "ar" else f"“{name}”" for key, name in names.items()}
    together, either = str(_("together with")), str(_("or"))
    ways = [f" {together} ".join(quoted[key] for key in one) for one in grounds.enough(case.policy_version.policy)]
    return str(_("Enough is: %(ways)s.", ways=f" {either} ".join(ways)))
