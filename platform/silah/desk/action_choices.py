"""Forms whose choices depend on the case: what may be asked for, to whom it may go, how the outcome is worded."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from silah.cases import confidentiality, referrals
from silah.cases.models import Case
from silah.cases.states import ENDED, State
from silah.desk import action_forms as forms
from silah.intake import attestations, delivery, outcomes, requests, study
from silah.intake.conditions import shown_documents, shown_fields
from silah.intake.definition import PERSON_STEP
from silah.language.localization import locale
from silah.organisation.models import Membership, MembershipRole, Role
from silah.web.access import Member
from tenants.database import db


def ask_form(case: Case, member: Member) -> forms.AskForm:
    """Everything that the case's form asks for, what is lacking already chosen."""
    definition, answers = requests.definition(case), requests.answers(case)
    lacking = {f"{one.kind}:{one.key}": one for one in requests.lacking(case)}
    parts: list[tuple[str, Any]] = [
        (f"document:{one.key}", one.label) for one in shown_documents(definition, answers["fields"], case.relation)
    ]
    parts += [(value, one.label) for value, one in lacking.items() if definition.step_of(one.key) is PERSON_STEP]
    parts += [(f"field:{one.key}", one.label) for one in shown_fields(definition, answers["fields"])]
    form = forms.AskForm(items=list(lacking))
    form.items.choices = forms.options((value, _words(label, lacking.get(value))) for value, label in parts)
    return form


def _words(label: Any, lack: Any) -> str:
    words = str(label.for_locale(locale()))
    return f"{words} — {lack.reason}" if lack else words


def chosen_items(form: forms.AskForm) -> list[tuple[str, str]]:
    """What was chosen, as (kind, key)."""
    return [tuple(item.split(":", 1)) for item in form.items.data or ()]


def outcome_form(case: Case, member: Member) -> forms.OutcomeForm:
    """The outcomes as the policy of the case words them."""
    form = forms.OutcomeForm()
    form.outcome.choices = forms.options(outcomes.choices(case.policy_version.policy))
    return form


def decision_form(case: Case, member: Member) -> forms.OutcomeForm:
    """The outcomes, each with what the applicant will read; which was recommended is said."""
    form, policy = forms.OutcomeForm(), case.policy_version.policy
    advised = study.latest_recommendation(case)
    form.outcome.choices = forms.options(
        (key, _choice(words, outcomes.words(policy, key), advised is not None and advised.outcome == key))
        for key, words in outcomes.choices(policy)
    )
    return form


def _choice(words: Any, told: str, advised: bool) -> str:
    if advised:
        return str(_("%(outcome)s, as recommended: the applicant reads “%(words)s”", outcome=words, words=told))
    return str(_("%(outcome)s: the applicant reads “%(words)s”", outcome=words, words=told))


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
    return {key: (ar if locale() == "ar" else en) or ar for key, ar, en in rows}


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


def lacks_attestation(case: Case, member: Member) -> bool:
    """The policy has the applicant sign, and nobody has signed the data as they are."""
    return attestations.is_owed(case)


def attest_form(case: Case, member: Member) -> forms.AttestForm:
    """The signature of whoever the policy has sign."""
    return forms.AttestForm(signed_by=attestations.signer(case))


def awaits_confirmation(case: Case, member: Member) -> bool:
    """Something was delivered and the recipient has not confirmed it."""
    if case.state not in (State.DELIVERED, State.CLOSED):
        return False
    made = delivery.of(case)
    return made is not None and made.confirmed_at is None
