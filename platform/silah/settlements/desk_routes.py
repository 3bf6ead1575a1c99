"""The staff's pages of settlements: what is promised and when it is due, keeping a promise, and recording."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah import clock
from silah.access import Permission, requires
from silah.cases.person import PersonForm
from silah.complaints.receiving import Received
from silah.complaints.recording_routes import CameForm, kept, person_at_desk, recorded
from silah.desk.move_forms import long_text
from silah.desk.moving import marked
from silah.desk.who import worker
from silah.documents import content
from silah.errors import Conflict, Invalid, NotFound
from silah.settlements import desk_forms, starting, steps, undertakings
from silah.settlements.fields import amount
from silah.settlements.kind import COMPENSATION, DISPUTE, OPEN_TO
from silah.settlements.starting import Told
from silah.settlements.words import SIDES
from tenants import versions
from tenants.database import db

bp = Blueprint("settlements", __name__, template_folder="templates")
P = Permission


class DisputeForm(CameForm):
    """A dispute as it was told."""

    text = long_text(_l("What the dispute is about"), _l("Write what it is about."))
    wanted = long_text(_l("What the beneficiary wants"))


class ClaimForm(CameForm):
    """A claim as it was told."""

    text = long_text(_l("What happened, and what harm it did"), _l("Write what happened."))
    claimed = amount(_l("Amount claimed, in riyals"))


@bp.get("/desk/promises")
@requires(*OPEN_TO)
def promises() -> str:
    """What was promised in agreements and is not kept yet, the most pressing first."""
    today = clock.today()
    return render_template(
        "settlements/desk/promises.html", waiting=undertakings.waiting(worker()), sides=SIDES, today=today
    )


@bp.route("/desk/promises/<uuid:id>", methods=["GET", "POST"])
@requires(P.SEE_CASES, P.SEE_ALL_CASES)
def promise(id: UUID) -> Any:
    """Record that a promise was kept, with its proof."""
    member = worker()
    found, form, refused = undertakings.get(id, member), desk_forms.KeptForm(), None
    if form.validate_on_submit():
        try:
            undertakings.keep(found, by=member, remark=form.remark.data, proof=desk_forms.upload(form.proof))
        except Invalid as wrong:
            db.session.rollback()
            marked(form, wrong)
        except Conflict as told:
            refused = told
        else:
            flash(_("Recorded as kept."), "good")
            return redirect(url_for("desk.case", id=found.case_id))
    page = render_template(
        "settlements/desk/promise.html", it=found, form=form, refused=refused, sides=SIDES, accept=content.ACCEPT
    )
    return (page, refused.status if refused else 422) if form.errors or refused else page


@bp.route("/desk/record/dispute", methods=["GET", "POST"])
@requires(*starting.OPENERS)
def record_dispute() -> Any:
    """Record a dispute that came by another way."""
    policy = versions.in_force(clock.today()).policy
    other = (_("Record a claim for compensation"), url_for(".record_claim")) if policy.compensation else None
    return _recorded(DISPUTE, DisputeForm(), _dispute, _l("Record a dispute"), other)


@bp.route("/desk/record/compensation", methods=["GET", "POST"])
@requires(*starting.OPENERS)
def record_claim() -> Any:
    """Record a claim for compensation, where the policy has it."""
    return _recorded(COMPENSATION, ClaimForm(), _claim, _l("Record a claim for compensation"))


def _recorded(kind: str, form: CameForm, receive: Any, title: Any, other: Any = None) -> Any:
    if not starting.offered(kind, versions.in_force(clock.today()).policy):
        raise NotFound
    return recorded(form, person_at_desk(), receive, title, steps.next_steps, other)


def _dispute(form: DisputeForm, person: PersonForm) -> Received:
    told = Told(form.text.data, form.wanted.data or "", person=person.answers())
    return starting.receive(DISPUTE, told, kept(form), by=worker(), channel=form.channel.data)


def _claim(form: ClaimForm, person: PersonForm) -> Received:
    told = Told(form.text.data, claimed=form.claimed.amount, person=person.answers())
    return starting.receive(COMPENSATION, told, kept(form), by=worker(), channel=form.channel.data)
