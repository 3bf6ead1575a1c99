"""`/admin/settlements`: the association's own rules, which grounds are enough together, and limits by role."""

from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.validators import NumberRange
from wtforms.validators import Optional as MayLack

from silah import clock
from silah.desk.action_forms import Checkboxes, options
from silah.desk.member import worker
from silah.language.bilingual import localized
from silah.language.localization import locale
from silah.settlements import rules
from silah.settlements.desk_routes import bp
from silah.settlements.forms import AmountField, amount
from silah.staff import roles
from silah.web.access import Permission, requires
from silah.web.fields import IntegerField
from tenants import versions
from tenants.periods import Span
from tenants.policy import Policy

P = Permission
WAYS = (1, 2, 3, 4)
PREFIX = "limit-"


class RulesForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """The internal rules of disputes and compensation."""

    dispute_within = IntegerField(
        _l("Disputes are settled within"),
        [NumberRange(min=1, max=365, message=_l("Write a number from 1 to 365."))],
        description=_l("Working days, as an internal period."),
    )
    claim_within = IntegerField(
        _l("Claims are settled within"),
        [NumberRange(min=1, max=365, message=_l("Write a number from 1 to 365."))],
        description=_l("Working days, as an internal period."),
    )
    offer_days = IntegerField(
        _l("Days for which an offer usually stays open"),
        [NumberRange(min=1, max=180, message=_l("Write a number from 1 to 180."))],
    )
    by_beneficiary = BooleanField(_l("The beneficiary may begin a dispute from the answer to a complaint"))
    other_accepts = BooleanField(_l("Who made an offer does not accept it in the association's name"))
    whose = RadioField(
        _l("Which grounds are enough"),
        choices=options([("policy", _l("As the policy counts them")), ("own", _l("As chosen here"))]),
        default="policy",
    )
    way_1 = Checkboxes(_l("Enough together (1)"), [MayLack()])
    way_2 = Checkboxes(_l("Or together (2)"), [MayLack()])
    way_3 = Checkboxes(_l("Or together (3)"), [MayLack()])
    way_4 = Checkboxes(_l("Or together (4)"), [MayLack()])


@bp.route("/admin/settlements", methods=["GET", "POST"])
@requires(P.EDIT_SETTINGS)
def settlement_rules() -> Any:
    """The association's own rules; none of them is printed as policy."""
    policy = versions.in_force(clock.today()).policy
    form = _form(rules.rules(), policy)
    if form.validate_on_submit() and _some_way(form) and _not_ones_own(form):
        rules.save(_chosen(form, policy))
        flash(_("The rules are saved. They hold for what is decided from now on."), "good")
        return redirect(url_for(".settlement_rules"))
    page = render_template(
        "settlements/admin/rules.html", form=form, policy=policy, ways=_ways(form, policy), limits=_limits(form)
    )
    return (page, 422) if form.errors else page


def _form(current: rules.SettlementRules, policy: Policy) -> Any:
    """The form with a field for the limit of each role that may bind the association."""
    known: dict[str, Any] = {
        "dispute_within": current.dispute_within.amount,
        "claim_within": current.claim_within.amount,
        "offer_days": current.offer_days,
        "by_beneficiary": current.by_beneficiary,
        "other_accepts": current.other_accepts,
        "whose": "own" if current.enough else "policy",
    }
    standing = current.enough or (policy.compensation.enough if policy.compensation else ())
    known |= {f"way_{n}": list(together) for n, together in zip(WAYS, standing, strict=False)}
    fields: dict[str, Any] = {}
    for role in roles.choices():
        if P.BIND_ASSOCIATION.value in role.permissions:
            name = f"{PREFIX}{role.key}"
            fields[name] = amount(localized(role, "name"))
            known[name] = f"{current.limits[role.key]:f}" if role.key in current.limits else ""
    form = type("LimitedRulesForm", (RulesForm,), fields)(data=known)
    named = (
        [(one.key, one.name.for_locale(locale())) for one in policy.compensation.evidence]
        if policy.compensation
        else []
    )
    for n in WAYS:
        form[f"way_{n}"].choices = options(named)
    return form


def _some_way(form: Any) -> bool:
    if form.whose.data != "own" or any(form[f"way_{n}"].data for n in WAYS):
        return True
    form.way_1.errors = [_("Choose at least one ground.")]
    return False


def _not_ones_own(form: Any) -> bool:
    """Whether nobody raises the limit of a role that they hold."""
    known, free = rules.rules().limits, True
    for bound in _limits(form):
        key = bound.name.removeprefix(PREFIX)
        if key in worker().role_keys and (bound.amount or 0) > known.get(key, 0):
            bound.errors, free = [str(_("You hold this role yourself, so somebody else changes it."))], False
    return free


def _chosen(form: Any, policy: Policy) -> rules.SettlementRules:
    ways = [tuple(form[f"way_{n}"].data or ()) for n in WAYS] if form.whose.data == "own" else []
    limits: dict[str, Decimal] = {
        bound.name.removeprefix(PREFIX): bound.amount for bound in _limits(form) if bound.amount is not None
    }
    return rules.SettlementRules(
        dispute_within=Span(amount=form.dispute_within.data, unit="working_days"),
        claim_within=Span(amount=form.claim_within.data, unit="working_days"),
        offer_days=form.offer_days.data,
        by_beneficiary=form.by_beneficiary.data,
        other_accepts=form.other_accepts.data,
        enough=tuple(together for together in ways if together) if policy.compensation else rules.rules().enough,
        limits=limits,
    )


def _limits(form: Any) -> list[AmountField]:
    return [bound for bound in form if bound.name.startswith(PREFIX)]


def _ways(form: Any, policy: Policy) -> list[Any]:
    return [form[f"way_{n}"] for n in WAYS] if policy.compensation else []
