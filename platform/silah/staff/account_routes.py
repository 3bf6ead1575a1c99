"""`/desk/account`, and `/console/account` for the operator: what a person keeps in order about their own sign-in."""

from typing import Any

from flask import flash, redirect, render_template
from flask_babel import gettext as _

from silah.errors import Conflict, NotSignedIn
from silah.staff import (
    authenticator,
    changes,
    history,
    members,
    second_factor,
    service,
    session,
    sign_in,
    sign_in_completion,
    switching,
)
from silah.staff.account_forms import CodeForm, OwnForm, OwnPasswordForm, SureForm
from silah.staff.routes import GUESSES, bp, known_of, page
from silah.staff.second_factor_routes import words_of_how
from silah.web.access import operator, signed_in
from silah.web.extensions import limiter
from tenants.context import PLATFORM, place


def oneself() -> service.Person:
    """The person who is signed in."""
    found = session.visitor()
    if found is None:
        raise NotSignedIn
    return service.get(found.account_id)


def around() -> dict[str, Any]:
    """In which frame the page stands, and where its own pages are."""
    at_platform = place.get() is PLATFORM
    return {
        "layout": "layouts/console.html" if at_platform else "layouts/desk.html",
        "base": "/console/account" if at_platform else "/desk/account",
        "at_platform": at_platform,
    }


def account() -> Any:
    """Name, language, and how one signs in; below it when one did."""
    person, found = oneself(), session.visitor()
    form = OwnForm(data={"name": found.name if found else person.name, "locale": person.locale or "ar"})
    if form.validate_on_submit():
        service.describe(person.id, form.name.data, form.locale.data)
        if found and found.member:
            members.describe(found.member.id, form.name.data, form.locale.data)
        flash(_("Saved."), "good")
        return redirect(around()["base"])
    signed = history.of(person.id)
    here = {} if place.get() is PLATFORM else {one.id: one for one in switching.mine(person.id)}
    left = second_factor.codes_left(person.id) if person.has_code else 0
    shown = {"person": person, "signed": signed, "places": here, "left": left, "how": words_of_how()}
    return page("staff/account.html", form, **shown, **around())


def password() -> Any:
    """Choose another password; every other session ends."""
    person = oneself()
    form = OwnPasswordForm(*known_of(person))
    if form.validate_on_submit():
        if sign_in.prove(person.email, form.present.data) is not None:
            session.begin(service.choose_password(person.id, form.password.data))
            changes.of_account(person.id, "password_chosen")
            flash(_("Your new password is set. Wherever else you were signed in, you are signed out."), "good")
            return redirect(around()["base"])
        form.refuse()
    return page("staff/own_password.html", form, person=person, **around())


def end_sessions() -> Any:
    """Sign out everywhere but here."""
    session.begin(service.end_sessions(oneself().id))
    flash(_("You are signed out everywhere but here."), "good")
    return redirect(around()["base"])


def second_step() -> Any:
    """Set up the code from the telephone, or take it away again."""
    person = oneself()
    if person.has_code:
        return _in_use(person)
    form, secret = CodeForm(), authenticator.pending(person.id)
    if form.validate_on_submit():
        codes = second_factor.set_up(person.id, secret, form.code.data)
        if codes is not None:
            authenticator.forget()
            changes.of_account(person.id, "code_set_up")
            return _on_paper(codes)
        form.refuse()
    return page("staff/own_set_up.html", form, **authenticator.shown(secret, person.email), **around())


def fresh_codes() -> Any:
    """Ten other paper codes, shown once."""
    person, form = oneself(), SureForm()
    if person.has_code and form.validate_on_submit():
        if sign_in.prove(person.email, form.present.data) is not None:
            codes = second_factor.renew_codes(person.id)
            changes.of_account(person.id, "paper_renewed")
            return _on_paper(codes)
        form.refuse()
    return page("staff/own_second_step.html", form, person=person, must=_must(person), **around())


def _in_use(person: service.Person) -> Any:
    form = SureForm()
    if form.validate_on_submit():
        if _must(person):
            raise Conflict(_("Your role here asks for the code, so it stays."))
        if sign_in.prove(person.email, form.present.data) is not None:
            second_factor.remove(person.id)
            session.begin(service.get(person.id))
            changes.of_account(person.id, "code_removed")
            flash(_("Signing in asks for no code any more."))
            return redirect(around()["base"])
        form.refuse()
    return page("staff/own_second_step.html", form, person=person, must=_must(person), **around())


def _must(person: service.Person) -> bool:
    return sign_in_completion.must_set_up(person)


def _on_paper(codes: list[str]) -> Any:
    return render_template("staff/paper_codes.html", codes=codes, onward=around()["base"], **around())


PAGES: tuple[tuple[str, Any, list[str]], ...] = (
    ("", account, ["GET", "POST"]),
    ("/password", password, ["GET", "POST"]),
    ("/sessions", end_sessions, ["POST"]),
    ("/second-factor", second_step, ["GET", "POST"]),
    ("/second-factor/codes", fresh_codes, ["POST"]),
)


def _hang() -> None:
    """Each page twice: at an association for its staff, at the platform for its operator."""
    for path, view, methods in PAGES:
        for base, rule in (("desk", signed_in), ("console", operator)):

            def shown(view: Any = view) -> Any:
                return view()

            opened = limiter.limit(GUESSES, methods=["POST"])(rule(shown))
            endpoint = f"{base}_{view.__name__}"
            bp.add_url_rule(f"/{base}/account{path}", endpoint, opened, methods=methods)


_hang()
