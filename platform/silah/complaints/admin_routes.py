"""`/admin/liaison` and `/admin/complaints`: who answers for which field, and the association's own internal rules."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional

from silah import clock
from silah.complaints import bodies, liaison_areas, rules
from silah.complaints.desk_forms import NOBODY, chosen
from silah.complaints.desk_routes import bp
from silah.complaints.models import LiaisonArea
from silah.desk.action_choices import role_names
from silah.desk.action_forms import needed, options, stripped
from silah.desk.member import worker
from silah.errors import Invalid
from silah.language.localization import locale
from silah.organisation.bodies import sits_on
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires
from silah.web.fields import IntegerField
from tenants import versions
from tenants.periods import Span

P = Permission
BY = {"field": _l("A field of work"), "category": _l("A category of beneficiaries")}
PERIODS = ("complaint_within", "inquiry_within", "suggestion_within", "support_within")


class AreaForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A field of work or a category of beneficiaries, and who answers for it."""

    by = RadioField(_l("It is"), choices=options(BY.items()), default="field")
    name_ar = StringField(_l("Name in Arabic"), [needed(_l("Write the name.")), Length(max=120)], filters=[stripped])
    name_en = StringField(_l("Name in English"), [needed(_l("Write the name.")), Length(max=120)], filters=[stripped])
    officer = SelectField(_l("Liaison officer"), [Optional()])
    stand_in = SelectField(_l("Stand-in"), [Optional()], description=_l("Answers while the officer is away."))
    active = BooleanField(_l("In use"), default=True)


def days(label: Any) -> IntegerField:
    """A number of days."""
    return IntegerField(label, [NumberRange(min=1, max=365, message=_l("Write a number from 1 to 365."))])


class RulesForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """The internal rules: periods, escalation, anonymity."""

    anonymous = BooleanField(_l("Take anonymous complaints"))
    pauses = BooleanField(_l("The clock stands still while the complainant is asked"))
    complaint_within = days(_l("Complaints are answered within"))
    inquiry_within = days(_l("Inquiries are answered within"))
    suggestion_within = days(_l("Suggestions are answered within"))
    support_within = days(_l("Technical support answers within"))
    first_step = days(_l("Days after which the chair of the body is told that a complaint is late"))
    second_step = days(_l("Days after which senior management is told"))
    objection_days = days(_l("Days in which the complainant can object to the answer"))
    handlers = SelectField(_l("Who handles complaints, where the policy names nobody"))
    above_management = SelectField(_l("Who handles a complaint about management"))
    public_statistics = BooleanField(_l("Show statistics to the public"))


@bp.get("/admin/liaison")
@requires(P.EDIT_SETTINGS)
def liaison() -> str:
    """Every field and category with its officer and stand-in."""
    return render_template(
        "complaints/admin/liaison.html", areas=liaison_areas.listing(), by=BY, answering=liaison_areas.answering
    )


@bp.route("/admin/liaison/new", methods=["GET", "POST"])
@requires(P.EDIT_SETTINGS)
@sent_once
def new_area() -> Any:
    """Add a field or category."""
    return _area(None)


@bp.route("/admin/liaison/<uuid:id>", methods=["GET", "POST"])
@requires(P.EDIT_SETTINGS)
def area(id: UUID) -> Any:
    """Change a field or category."""
    return _area(liaison_areas.get(id))


@bp.route("/admin/complaints", methods=["GET", "POST"])
@requires(P.EDIT_SETTINGS)
def complaint_rules() -> Any:
    """The association's own rules for complaints and inquiries; none of them is printed as policy."""
    form = _rules_form(rules.rules())
    if form.validate_on_submit() and _in_order(form) and _for_others(form):
        rules.save(_chosen_rules(form))
        flash(_("The rules are saved. They hold for what comes from now on."), "good")
        return redirect(url_for(".complaint_rules"))
    policy = versions.in_force(clock.today()).policy
    holders = bodies.seated(rules.rules().above_management)
    names = role_names() | dict(_bodies(role_names()))
    page = render_template(
        "complaints/admin/rules.html", form=form, policy=policy, holders=holders, names=names, periods=PERIODS
    )
    return (page, 422) if form.errors else page


def _area(found: LiaisonArea | None) -> Any:
    form = AreaForm(obj=found)
    people = [NOBODY, *((str(one.id), one.name) for one in liaison_areas.officers())]
    form.officer.choices = form.stand_in.choices = options(people)
    if found is not None and not form.is_submitted():
        form.officer.data, form.stand_in.data = str(found.officer_id or ""), str(found.stand_in_id or "")
    if form.validate_on_submit():
        try:
            liaison_areas.save(
                found,
                by=worker(),
                kind=form.by.data,
                name_ar=form.name_ar.data,
                name_en=form.name_en.data,
                officer=chosen(form.officer),
                stand_in=chosen(form.stand_in),
                active=form.active.data,
            )
        except Invalid as refused:
            for name, words in refused.fields.items():
                form[name].errors = [str(words)]
        else:
            flash(_("Saved."), "good")
            return redirect(url_for(".liaison"))
    page = render_template("complaints/admin/area.html", form=form, it=found)
    return (page, 422) if form.errors else page


def _rules_form(current: rules.ComplaintRules) -> RulesForm:
    known: dict[str, Any] = {name: getattr(current, name).amount for name in PERIODS}
    known |= {
        name: getattr(current, name)
        for name in ("anonymous", "pauses", "objection_days", "handlers", "above_management", "public_statistics")
    }
    steps = (*current.escalate_after, 1, 3)
    form = RulesForm(data=known | {"first_step": steps[0], "second_step": steps[1]})
    names = role_names()
    form.handlers.choices = options((key, words) for key, words in _bodies(names))
    form.above_management.choices = options(names.items())
    return form


def _bodies(names: dict[str, str]) -> list[tuple[str, str]]:
    """What may handle complaints: a committee as the policy calls it (else by its chair's role), or any other role."""
    ends = ("_chair", "_member", "_secretary")
    called = {one.key: one.name.for_locale(locale()) for one in versions.in_force(clock.today()).policy.committees}
    whole = {key.removesuffix("_chair"): words for key, words in names.items() if key.endswith("_chair")}
    whole = {key: called.get(key, words) for key, words in whole.items()}
    return [*whole.items(), *((key, words) for key, words in names.items() if not key.endswith(ends))]


def _in_order(form: RulesForm) -> bool:
    if form.second_step.data > form.first_step.data:
        return True
    form.second_step.errors = [str(_("This step comes after the one before."))]
    return False


def _for_others(form: RulesForm) -> bool:
    """Whether nobody hands complaints to a body that they sit on themselves."""
    current, mine = rules.rules(), worker().role_keys
    for field in (form.handlers, form.above_management):
        fresh = field.data != getattr(current, field.name)
        if fresh and any(sits_on(role, field.data or "") for role in mine):
            field.errors = [str(_("You belong to this body yourself, so somebody else chooses it."))]
    return not (form.handlers.errors or form.above_management.errors)


def _chosen_rules(form: RulesForm) -> rules.ComplaintRules:
    current = rules.rules()
    spans = {name: Span(amount=form[name].data, unit=getattr(current, name).unit) for name in PERIODS}
    plain = ("anonymous", "pauses", "objection_days", "handlers", "above_management", "public_statistics")
    chosen_ = {name: form[name].data for name in plain} | spans
    return current.model_copy(update=chosen_ | {"escalate_after": (form.first_step.data, form.second_step.data)})
