"""Opening a case to follow it: by reference and receipt code, or by a one-time code to the agreed phone or e-mail."""

import contextlib
from typing import Any
from uuid import uuid4

from flask import redirect, render_template, request, session, url_for
from sqlalchemy import select

from silah import clock, jobs
from silah.cases import one_time_codes, receipts, references, tracking_session
from silah.cases.errors import NoAddress, NoSuchCase, WrongCode
from silah.cases.models import Case
from silah.errors import Conflict, TooMany
from silah.portal.forms import AskCodeForm, FollowForm, OneTimeCodeForm
from silah.portal.rate_limits import asking_codes, opening
from silah.portal.routes import bp
from silah.web import guess_limits
from silah.web.access import public
from silah.web.guess_limits import CODE_REQUESTS, ONE_TIME_CODES, RECEIPT_CODES
from tenants.context import current_tenant
from tenants.database import db

PURPOSE = "follow"
KEY = "asked_for"
ASKED = "follow.code.awaited"


@bp.route("/follow", methods=["GET", "POST"])
@public
@opening
def follow() -> Any:
    """Open a case by its reference and receipt code."""
    form = FollowForm(data={"reference": request.args.get("reference", "")[:40]})
    if form.validate_on_submit():
        try:
            guess = guess_limits.count_guess(RECEIPT_CODES, references.read(form.reference.data) or form.reference.data)
            case = receipts.find(form.reference.data, form.code.data, admitted=guess.admitted)
        except (NoSuchCase, TooMany) as refused:
            form.refuse(refused, "code")
        else:
            guess_limits.forgive_guess(guess)
            tracking_session.grant(case)
            return redirect(url_for(".tracking", id=case.id))
    known = references.read(form.reference.data or "")
    page = render_template("portal/follow.html", form=form, nameless=known and references.is_nameless(known))
    return page, 422 if form.errors else 200


@bp.route("/follow/code", methods=["GET", "POST"])
@public
@asking_codes
def ask_code() -> Any:
    """Ask for a one-time code; what is done and answered here is the same whether the case exists or not."""
    form = AskCodeForm(data={"reference": request.args.get("reference", "")[:40]})
    if form.validate_on_submit():
        ask, asked = str(uuid4()), guess_limits.count_request(CODE_REQUESTS, form.reference.data)
        if asked <= CODE_REQUESTS.free:
            few = asked <= CODE_REQUESTS.free_under_attack
            jobs.owe(ASKED, ask, clock.now(), {"reference": form.reference.data, "few": few})
        session[KEY] = {"at": current_tenant().role, "reference": form.reference.data, "ask": ask}
        return redirect(url_for(".enter_code"))
    return render_template("portal/ask_code.html", form=form), 422 if form.errors else 200


@bp.route("/follow/code/enter", methods=["GET", "POST"])
@public
@opening
def enter_code() -> Any:
    """Take the code; a wrong code and a case that does not exist are answered alike."""
    asked = session.get(KEY) or {}
    if asked.get("at") != current_tenant().role:
        return redirect(url_for(".ask_code"))
    form = OneTimeCodeForm()
    if form.validate_on_submit():
        guess = guess_limits.count_guess(ONE_TIME_CODES, asked["reference"])
        case = _case(asked["reference"])
        try:
            if not guess.admitted:
                raise TooMany
            if case is None:
                raise WrongCode
            one_time_codes.check(case, purpose_of(asked.get("ask")), form.code.data)
        except Conflict:
            form.refuse(WrongCode(), "code")
        except TooMany as refused:
            form.refuse(refused, "code")
        else:
            guess_limits.forgive_guess(guess)
            session.pop(KEY, None)
            tracking_session.grant(case)
            return redirect(url_for(".tracking", id=case.id))
    page = render_template("portal/enter_code.html", form=form, reference=asked["reference"])
    return page, 422 if form.errors else 200


def purpose_of(ask: str | None) -> str:
    """Return what a code is for: the browser that asked for it, so that no other one uses up its tries."""
    return f"{PURPOSE}@{ask}" if ask else PURPOSE


def send_asked(reference: str, ask: str | None = None, *, few: bool = False) -> None:
    """Send the code that was asked for, if the case exists and a code can reach its applicant.

    ``few``: whoever asks has hardly asked for this case today, so that others who used up its codes are not in the way.
    """
    case = _case(reference)
    if case is not None:
        with contextlib.suppress(NoAddress, TooMany):
            one_time_codes.send(case, purpose_of(ask), few=few)


def _case(reference: str) -> Case | None:
    return db.session.scalar(select(Case).where(Case.reference == reference))
