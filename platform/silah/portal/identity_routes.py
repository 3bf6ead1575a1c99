"""Proving who one is on the tracking page: by a code to a contact that the association has confirmed before.

What is done and answered is the same whether the association knows the person, and whether it has such a contact.
"""

import contextlib
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy import func, select

from silah import clock, jobs
from silah.cases import identity, one_time_codes, timeline
from silah.cases.errors import WrongCode
from silah.cases.models import Case, OneTimeCode
from silah.cases.party_models import CaseParty
from silah.errors import Conflict, NotFound, TooMany
from silah.portal import followed_cases
from silah.portal.forms import OneTimeCodeForm
from silah.portal.rate_limits import asking_codes, opening
from silah.portal.routes import bp
from silah.web.access import public
from tenants.database import db

PURPOSE = "identity"
ASKED = "identity.code.awaited"
DAY = timedelta(days=1)
MOST_A_DAY = 10
"""How many such codes one person is sent in a day, whoever asks for them on whatever case."""


@bp.route("/follow/<uuid:id>/identity", methods=["GET", "POST"])
@public
@asking_codes
def prove_identity(id: UUID) -> Any:
    """Ask for a code to a contact that the association knows to be one's own."""
    case, _party = _unproved(id)
    form = FlaskForm()
    if form.validate_on_submit():
        timeline.record(case, "identity_code_asked", private=True)
        jobs.owe(ASKED, str(uuid4()), clock.now(), {"case": str(case.id)})
        return redirect(url_for(".enter_identity_code", id=case.id))
    return render_template("portal/prove_identity.html", case=case, form=form), 422 if form.errors else 200


@bp.route("/follow/<uuid:id>/identity/code", methods=["GET", "POST"])
@public
@opening
def enter_identity_code(id: UUID) -> Any:
    """Take the code; a wrong one and one that was never sent are answered alike."""
    case, party = _unproved(id)
    form = OneTimeCodeForm()
    if form.validate_on_submit():
        try:
            one_time_codes.check(case, purpose_of(party), form.code.data)
            identity.confirm_by_code(case, party)
        except Conflict:
            form.refuse(WrongCode(), "code")
        else:
            flash(_("Thank you. We now know that it is you."), "good")
            return redirect(url_for(".tracking", id=case.id))
    return render_template("portal/enter_identity_code.html", case=case, form=form), 422 if form.errors else 200


def purpose_of(party: CaseParty) -> str:
    """Return what a code is for: the file that the number points at, so that it proves nothing of any other."""
    return f"{PURPOSE}@{party.candidate_id}"


def send_asked(case_id: UUID) -> None:
    """Send the code that was asked for to a contact that proves something; else keep one that nobody has."""
    case = db.session.get(Case, case_id)
    party = case.applicant if case is not None else None
    if case is None or party is None or party.confirmed_how is not None:
        return
    to = identity.proving_contact(party)
    with contextlib.suppress(TooMany):
        if to is not None and _sent_today(party) < MOST_A_DAY:
            one_time_codes.send(case, purpose_of(party), to, "identity_code")
        else:
            one_time_codes.keep_decoy(case, purpose_of(party))


def _sent_today(party: CaseParty) -> int:
    same = select(CaseParty.case_id).where(CaseParty.candidate_id == party.candidate_id)
    recent = OneTimeCode.expires_at > clock.now() + one_time_codes.LIFE - DAY
    its_own = OneTimeCode.purpose == purpose_of(party)
    rows = select(func.count()).where(OneTimeCode.case_id.in_(same), its_own, recent)
    return db.session.scalar(rows) or 0


def _unproved(id: UUID) -> tuple[Case, CaseParty]:
    """The case, if this browser follows it and its applicant typed a national ID and has not proved it."""
    case = followed_cases.followed(id)
    party = case.applicant
    if party is None or not party.is_provable:
        raise NotFound
    return case, party
