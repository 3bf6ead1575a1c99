"""Forms whose choices depend on the case: to whom it may be referred or assigned."""

from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from silah.cases import confidentiality, referrals
from silah.cases.models import Case
from silah.cases.states import ENDED
from silah.desk import action_forms as forms
from silah.language.bilingual import localized
from silah.language.localization import locale
from silah.organisation.models import Membership, MembershipRole, Role
from silah.web.access import Member
from tenants.database import db


def may_be_referred(case: Case, member: Member) -> bool:
    """The case goes on, and its policy names somebody to refer to."""
    return case.state not in ENDED and bool(referrals.roles(case.policy_version.policy))


def refer_form(case: Case, member: Member) -> forms.ReferForm:
    """The roles that the policy names, by the names that the association gave them, with what each answers."""
    form, names, held = forms.ReferForm(), role_names(), held_roles()
    named = referrals.answerers(case.policy_version.policy)
    form.to_role.choices = forms.options((one.role, answerer(one, names, held)) for one in named)
    return form


def held_roles() -> frozenset[str]:
    """The keys of roles that somebody active holds."""
    rows = select(Role.key).join(MembershipRole, MembershipRole.role_id == Role.id)
    active = rows.join(Membership, Membership.id == MembershipRole.membership_id).where(Membership.state == "active")
    return frozenset(db.session.scalars(active.distinct()))


def answerer(one: referrals.Answerer, names: dict[str, str], held: Collection[str]) -> str:
    """A role that answers: what about, for whom it stands in, and whether anybody holds it."""
    said = names.get(one.role, one.role)
    if one.role not in held:
        said = str(_("%(role)s (nobody holds it now)", role=said))
    if one.stands_for:
        said = str(_("%(role)s, stands in for %(other)s", role=said, other=names.get(one.stands_for, one.stands_for)))
    return f"{said} – {one.about.for_locale(locale())}" if one.about else said


def role_names() -> dict[str, str]:
    """Every role by its key, in the language of the page."""
    rows = db.session.execute(select(Role.key, Role.name_ar, Role.name_en))
    return {one.key: localized(one, "name") for one in rows}


def assign_form(case: Case, member: Member) -> forms.AssignForm:
    """The active members of staff to whom the case is not closed, oneself first."""
    form = forms.AssignForm()
    rows = db.session.execute(
        select(Membership.id, Membership.name).where(Membership.state == "active").order_by(Membership.name)
    ).all()
    shut = confidentiality.shut_out(case, [row[0] for row in rows])
    people = sorted((row for row in rows if row[0] not in shut), key=lambda row: row[0] != member.id)
    form.to.choices = forms.options(
        (str(id_), name if id_ != member.id else _l("%(name)s (you)", name=name)) for id_, name in people
    )
    return form
