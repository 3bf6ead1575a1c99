"""Signing the attestation on a case that is followed: drawn, by one-time code, or on paper."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from silah.cases import one_time_codes
from silah.cases.errors import NoAddress
from silah.cases.workflow import perform
from silah.errors import Conflict, Invalid, TooMany
from silah.intake import attestations
from silah.intake.models import KIND
from silah.intake.portal_forms import SigningForm
from silah.language.localization import locale
from silah.portal import followed_cases
from silah.portal.forms import OneTimeCodeForm
from silah.portal.rate_limits import asking_codes, opening, writing
from silah.portal.routes import bp
from silah.web.access import public


@bp.route("/follow/<uuid:id>/attest", methods=["GET", "POST"])
@public
@writing
def attest_again(id: UUID) -> Any:
    """Sign the attestation on the data as they are."""
    case = followed_cases.followed(id, KIND)
    if not attestations.is_owed(case):
        return redirect(url_for(".tracking", id=id))
    form = SigningForm(data={"signed_by": attestations.signer(case), "method": "drawn"})
    if form.validate_on_submit():
        answer = _signed(case, form)
        if answer is not None:
            return answer
    statement = attestations.statement(case.policy_version.policy, locale())
    page = render_template("intake/portal/attest_again.html", case=case, form=form, statement=statement)
    return page, 422 if form.errors else 200


@bp.route("/follow/<uuid:id>/attest/code", methods=["GET", "POST"])
@public
@opening
def attest_code(id: UUID) -> Any:
    """Sign with the one-time code that was sent."""
    case = followed_cases.followed(id, KIND)
    form = OneTimeCodeForm()
    if form.validate_on_submit():
        try:
            perform(
                case,
                "attest",
                None,
                {"method": "code", "signed_by": attestations.signer(case), "signature": form.code.data},
            )
        except Conflict as refused:
            form.refuse(refused, "code")
        else:
            return _thanked(id)
    statement = attestations.statement(case.policy_version.policy, locale())
    page = render_template("intake/portal/attest_code.html", case=case, form=form, statement=statement)
    return page, 422 if form.errors else 200


@bp.post("/follow/<uuid:id>/attest/code/send")
@public
@asking_codes
def send_attest_code(id: UUID) -> Any:
    """Send a fresh one-time code to sign with."""
    return _code_sent(followed_cases.followed(id, KIND))


def _signed(case: Any, form: SigningForm) -> Any:
    """Take the signature as chosen; None where it was refused and the form says why."""
    if form.method.data == "code":
        return _code_sent(case)
    if form.method.data == "paper":
        return redirect(url_for(".tracking", id=case.id, _anchor="attestation"))
    try:
        perform(
            case,
            "attest",
            None,
            {"method": "drawn", "signed_by": form.signed_by.data, "signature": form.signature.data},
        )
    except Invalid as refused:
        form.refuse(refused, "signature")
        return None
    return _thanked(case.id)


def _code_sent(case: Any) -> Any:
    try:
        one_time_codes.send(case, attestations.CODE)
    except (NoAddress, TooMany) as refused:
        flash(str(refused.message), "bad")
        return redirect(url_for(".tracking", id=case.id))
    return redirect(url_for(".attest_code", id=case.id))


def _thanked(case_id: UUID) -> Any:
    flash(_("Thank you. Your attestation is recorded."), "good")
    return redirect(url_for(".tracking", id=case_id))
