"""What an agreement promises: owed by either side by a day, reminded, proven, and kept."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.cases import creation, notifications, responsibility, timeline, visibility
from silah.cases.models import Case
from silah.cases.states import ENDED, State
from silah.documents.models import StoredFile
from silah.errors import Conflict, Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.language.localization import date_g
from silah.settlements import moves, offer_rules
from silah.settlements.models import SettlementOffer, Undertaking
from silah.settlements.offer_rules import ASSOCIATION, BENEFICIARY
from silah.web.access import Member
from tenants.database import db

REMIND = "settlement.promise"
BEFORE, AGAIN = timedelta(days=3), timedelta(days=7)
MOST = 200
OVER = ENDED | {State.REGISTERED}
"""Nobody is reminded of a promise any more: the case has ended, or a court or authority decides."""


def begin(offer: SettlementOffer) -> None:
    """What the agreed offer promises is owed from now on, and its reminders with it."""
    for one in offer.undertakings:
        one.owed = True
    db.session.flush()
    for one in offer.undertakings:
        soon = clock.morning_after(one.due_on - BEFORE - timedelta(days=1))
        jobs.owe(REMIND, str(one.id), max(soon, clock.now()))


def keep(one: Undertaking, *, by: Member, remark: str, proof: StoredFile | None) -> None:
    """Record that a promise was kept, with its proof; what the beneficiary handed in is proof enough."""
    timeline.hold(one.case)
    if not moves_it(one.case, by):
        raise Forbidden
    db.session.refresh(one)
    if one.kept_on is not None or not one.owed:
        raise Conflict
    wrong: dict[str, Any] = {}
    if not clean(remark):
        wrong["remark"] = _("Write how it was kept.")
    if proof is None and one.handed_on is None:
        wrong["proof"] = _("Choose the file that proves it.")
    if wrong:
        raise Invalid(wrong)
    one.kept_on, one.remark = clock.today(), clean(remark)
    if proof is not None:
        one.proof_id = proof.id
        creation.attach(one.case, [proof], "proof", by, for_applicant=False)
    timeline.record(one.case, "promise_kept", by=by, data={"side": one.side, "due": one.due_on.isoformat()})
    jobs.settle(REMIND, str(one.id))


def moves_it(case: Case, member: Member) -> bool:
    """Whether this member may record that a promise was kept: who holds the case, the body, or who may bind."""
    return case.holder_id == member.id or moves.BY_KEY["end"].open_to(member, case)


def remind(promise_id: UUID) -> None:
    """Remind whoever owes it: three days before its day, the day after, then once a week until it is kept.

    Where the beneficiary has handed in a proof, it is the association's turn to look at it.
    """
    one = db.session.get(Undertaking, promise_id, with_for_update=True)
    if one is None or one.kept_on is not None or not one.owed or one.case.state in OVER:
        return
    if one.side == ASSOCIATION or one.handed_on is not None:
        said = "promise_due" if one.handed_on is None else "proof_came"
        notifications.members(said, offer_rules.list_near(one.case), one.case)
    else:
        with force_locale(one.case.locale):
            words = {"text": one.what, "due": date_g(one.due_on)}
        notifications.applicant("promise_due_yours", one.case, words)
    after = clock.morning_after(one.due_on)
    jobs.owe(REMIND, str(one.id), after if clock.now() < after else clock.now() + AGAIN)


def get(promise_id: UUID, member: Member) -> Undertaking:
    """A promise on a case that this member sees; raises NotFound."""
    one = db.session.get(Undertaking, promise_id)
    if one is None or not one.owed:
        raise NotFound
    visibility.get(one.case_id, member)
    return one


def waiting(member: Member) -> Sequence[Undertaking]:
    """What is promised and not kept, on the cases that this member sees, the most pressing first."""
    visible = select(Case.id).where(visibility.visible(member), Case.state.not_in(tuple(OVER)))
    rows = select(Undertaking).where(Undertaking.owed, Undertaking.kept_on.is_(None), Undertaking.case_id.in_(visible))
    loaded = rows.options(joinedload(Undertaking.case).joinedload(Case.beneficiary))
    return db.session.scalars(loaded.order_by(Undertaking.due_on, Undertaking.id).limit(MOST)).all()


LOOKED_AT_WITHIN = timedelta(days=7)


def get_of_beneficiary(case: Case, promise_id: UUID) -> Undertaking:
    """A promise of the beneficiary's own that is owed on this case; raises NotFound."""
    one = db.session.get(Undertaking, promise_id)
    if one is None or (one.case_id, one.side, one.owed) != (case.id, BENEFICIARY, True):
        raise NotFound
    return one


def is_proof_awaited(one: Undertaking) -> bool:
    """Whether its proof can be handed in: not kept, and no proof lies with the association."""
    return one.side == BENEFICIARY and one.kept_on is None and one.handed_on is None and one.case.state not in OVER


def hand_in(one: Undertaking, *, remark: str, proof: StoredFile | None) -> None:
    """Take the beneficiary's proof; those who handle the case are told, and again each week until they have looked."""
    timeline.hold(one.case)
    db.session.refresh(one)
    if not is_proof_awaited(one):
        raise Conflict(_("Its proof is with the association already."))
    wrong: dict[str, Any] = {}
    if not clean(remark):
        wrong["remark"] = _("Write how you kept it.")
    if proof is None:
        wrong["proof"] = _("Choose the file that proves it.")
    if wrong or proof is None:
        raise Invalid(wrong)
    one.handed_on, one.remark, one.proof_id = clock.today(), clean(remark), proof.id
    creation.attach(one.case, [proof], "proof")
    timeline.record(one.case, "proof_handed_in", data={"due": one.due_on.isoformat()})
    responsibility.announce(one.case, "proof_came")
    jobs.owe(REMIND, str(one.id), clock.now() + LOOKED_AT_WITHIN)


def send_back(one: Undertaking, *, by: Member, reason: str) -> None:
    """Say that the proof is not enough; the beneficiary reads why, and hands in another."""
    timeline.hold(one.case)
    if not moves_it(one.case, by):
        raise Forbidden
    db.session.refresh(one)
    if one.handed_on is None or one.kept_on is not None:
        raise Conflict
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    one.handed_on, one.proof_id, one.remark = None, None, ""
    timeline.record(one.case, "proof_sent_back", by=by, note=clean(reason))
    notifications.applicant("proof_sent_back", one.case, {"text": one.what, "reason": clean(reason)})
    jobs.owe(REMIND, str(one.id), clock.now() + AGAIN)
