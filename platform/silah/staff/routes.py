"""Signing in and out, choosing a password, accepting an invitation, and switching between associations."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _

from silah.errors import NotSignedIn, SilahError
from silah.organisation.names import named
from silah.staff import (
    changes,
    invitations,
    members,
    redirect_targets,
    resets,
    service,
    session,
    sign_in_completion,
    switching,
    tokens,
)
from silah.staff import sign_in as door
from silah.staff.forms import BareForm, ConfirmPasswordForm, ForgottenForm, PasswordForm, SignInForm
from silah.web.access import current_member, public, signed_in
from silah.web.extensions import limiter
from tenants.context import PLATFORM, current_tenant, place
from tenants.database import db

bp = Blueprint("staff", __name__, template_folder="templates")
bp.add_app_template_filter(named)

GUESSES = "20 per minute; 100 per hour"
LETTERS = "5 per minute; 20 per hour"


def page(template: str, form: Any, **words: Any) -> tuple[str, int]:
    """A page with a form; what could not be taken is answered as such."""
    return render_template(template, form=form, **words), 422 if form.errors else 200


def refuse(field: Any, error: SilahError) -> None:
    """Undo what was begun, and say at the field why."""
    db.session.rollback()
    field.errors = [error.message]


def belongs(person: service.Person) -> bool:
    """Whether somebody who proved who they are has a place at this host."""
    return person.is_operator if place.get() is PLATFORM else members.admit(person.id)


@bp.route("/sign-in", methods=["GET", "POST"])
@public(place="any")
@limiter.limit(GUESSES, methods=["POST"])
def sign_in() -> Any:
    """Ask for e-mail and password, and begin a session for who belongs here."""
    form = SignInForm(next=request.args.get("next"))
    if request.method == "GET" and session.visitor():
        return redirect(redirect_targets.local(form.next.data))
    if form.validate_on_submit():
        person = door.prove(form.email.data, form.password.data)
        if person and belongs(person):
            return sign_in_completion.come_in(person, "password", redirect_targets.local(form.next.data))
        form.refuse()
    return page("staff/sign_in.html", form, at_platform=place.get() is PLATFORM)


@bp.post("/sign-out")
@public(place="any")
def sign_out() -> Any:
    """End the session at this host."""
    session.end()
    flash(_("You have signed out."))
    return redirect("/sign-in")


@bp.route("/password", methods=["GET", "POST"])
@public
@limiter.limit(LETTERS, methods=["POST"])
def forgotten() -> Any:
    """Take an address, and say the same whoever it belongs to."""
    form = ForgottenForm()
    if form.validate_on_submit():
        resets.ask(form.email.data)
        return render_template("staff/letter_sent.html", email=form.email.data)
    return page("staff/forgotten.html", form)


@bp.route("/password/<secret>", methods=["GET", "POST"])
@public
@limiter.limit(GUESSES)
def reset(secret: str) -> Any:
    """Choose another password by the link of a letter."""
    person = service.get(tokens.peek(secret, "reset", current_tenant().id))
    form = PasswordForm(*known_of(person))
    if form.validate_on_submit():
        chosen = resets.choose(secret, form.password.data)
        session.end()
        changes.of_account(chosen.id, "password_chosen")
        flash(_("Your new password is set. Sign in with it."), "good")
        return redirect("/sign-in")
    return page("staff/new_password.html", form, person=person)


@bp.route("/invitation/<secret>", methods=["GET", "POST"])
@public
@limiter.limit(GUESSES)
def invitation(secret: str) -> Any:
    """Accept an invitation: with a first password, or with the one that a person has on the platform already."""
    person = service.get(tokens.peek(secret, "invite", current_tenant().id))
    form = ConfirmPasswordForm() if person.has_password else PasswordForm(*known_of(person))
    if form.validate_on_submit():
        if accepted := invitations.accept(secret, form.password.data):
            answer = sign_in_completion.come_in(accepted, "invitation", redirect_targets.home())
            flash(_("Welcome. You are now a member of the staff here."), "good")
            return answer
        form.form_errors.append(_("The password is not right. After several tries, wait a few minutes."))
    return page("staff/invitation.html", form, person=person)


@bp.get("/desk/associations")
@signed_in
def associations() -> Any:
    """The associations in which the reader is a member, each a link that switches to it."""
    mine = switching.mine(reader().account_id)
    return render_template("staff/associations.html", associations=mine, here=current_tenant().id)


@bp.get("/switch/<uuid:association_id>")
@signed_in
@limiter.limit("30 per minute")
def switch(association_id: UUID) -> Any:
    """Go to another association without signing in again."""
    return redirect(switching.leave_for(association_id, reader().account_id))


@bp.route("/switched", methods=["GET", "POST"])
@public
@limiter.limit(GUESSES)
def switched() -> Any:
    """Arrive from another association: the pass signs in once the button is pressed, never by a link alone."""
    form = BareForm()
    if form.validate_on_submit():
        return sign_in_completion.come_in(
            switching.arrive(request.form.get("token", "")), "switch", redirect_targets.home()
        )
    secret = request.values.get("token", "")
    return render_template("staff/switched.html", form=form, secret=secret, person=switching.expect(secret))


def reader() -> Any:
    """The member who is signed in."""
    member = current_member()
    if member is None:
        raise NotSignedIn
    return member


def known_of(person: service.Person) -> tuple[str, ...]:
    """What somebody who guesses a person's password would try first."""
    return (*person.name.split(), *person.email.replace("@", ".").split("."))


from silah.staff import account_routes, second_factor_routes  # noqa: E402, F401  # the views hang themselves on bp
