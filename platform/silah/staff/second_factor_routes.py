"""The second step of signing in: the code from the telephone, or setting it up where a role asks for it."""

from typing import Any

from flask import redirect, render_template
from flask_babel import gettext as _

from silah.staff import authenticator, changes, second_factor, service, session, sign_in_completion
from silah.staff.account_forms import CodeForm
from silah.staff.routes import GUESSES, bp, page
from silah.web.access import public
from silah.web.extensions import limiter


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public(place="any")
@limiter.limit(GUESSES, methods=["POST"])
def code() -> Any:
    """Ask for the code of the telephone, or one of the paper."""
    half = session.waiting()
    if half is None or not half["has_code"]:
        return redirect("/sign-in")
    form = CodeForm()
    if form.validate_on_submit():
        how = second_factor.prove(half["account"], form.code.data)
        if how is not None:
            sign_in_completion.begin(service.get(half["account"]), how, half["failures"])
            return redirect(half["next"])
        form.refuse()
    return page("staff/code.html", form)


@bp.route("/sign-in/set-up", methods=["GET", "POST"])
@public(place="any")
@limiter.limit(GUESSES, methods=["POST"])
def set_up() -> Any:
    """Have the telephone set up before anything else; the paper codes are shown once."""
    half = session.waiting()
    if half is None or half["has_code"]:
        return redirect("/sign-in")
    person, form = service.get(half["account"]), CodeForm()
    secret = authenticator.pending(person.id)
    if form.validate_on_submit():
        codes = second_factor.set_up(person.id, secret, form.code.data)
        if codes is not None:
            sign_in_completion.begin(service.get(person.id), "totp", half["failures"])
            changes.of_account(person.id, "code_set_up")
            shown = {"codes": codes, "onward": half["next"], "layout": "layouts/plain.html"}
            return render_template("staff/paper_codes.html", **shown)
        form.refuse()
    return page("staff/set_up.html", form, **authenticator.shown(secret, person.email))


def words_of_how() -> dict[str, Any]:
    """How somebody signed in, in words."""
    return {
        "password": _("Password"),
        "totp": _("Password and code from the telephone"),
        "recovery": _("Password and a code of the paper"),
        "invitation": _("Invitation"),
        "switch": _("From another association"),
    }
