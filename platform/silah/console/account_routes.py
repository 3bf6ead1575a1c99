"""`/console/accounts`: finding one person's account by its address, and helping whoever cannot sign in."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from silah.console.routes import bp
from silah.errors import NotFound
from silah.staff import code_resets, history, service, switching
from silah.staff.account_routes import oneself
from silah.staff.errors import NotOnesOwnCode
from silah.staff.second_factor_routes import words_of_how
from silah.web.access import operator


@bp.get("/accounts")
@operator
def accounts() -> Any:
    """One account, by its whole address: no list of everybody is offered."""
    email = request.args.get("email", "").strip()
    person = service.find(email) if email else None
    shown: dict[str, Any] = {"email": email, "person": person}
    if person is not None:
        places = {one.id: one for one in switching.mine(person.id)}
        shown |= {"places": places, "signed": history.of(person.id), "how": words_of_how(), "me": oneself().id}
    return render_template("console/accounts.html", **shown)


@bp.post("/accounts/second-factor")
@operator
def reset_code() -> Any:
    """Ask a person who lost telephone and paper for no code any more."""
    person = service.find(request.form.get("email", ""))
    if person is None:
        raise NotFound
    if person.id == oneself().id:
        raise NotOnesOwnCode
    code_resets.by_operator(person.id)
    flash(_("%(name)s signs in with the password alone until the code is set up again.", name=person.name), "good")
    return redirect(url_for(".accounts", email=person.email))
