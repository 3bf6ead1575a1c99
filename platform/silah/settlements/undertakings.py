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
from silah.cases import creation, notifications, responsibility, visibility
from silah.cases.models import Case
from silah.cases.states import ENDED, State
from silah.cases.transitions import Change
from silah.cases.workflow import perform
from silah.documents.models import StoredFile
from silah.errors import Conflict, Invalid, NotFound
from silah.forms.texts import clean
from silah.language.localization import date_g
from silah.settlements import offer_rules
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
    perform(one.case, "keep_promise", by, {"promise": one, "remark": remark, "proof": proof})


def mark_kept(change: Change, promise: Undertaking, remark: str, proof: StoredFile | None) -> None:
    """Mark a promise as kept; raises ``Conflict`` for one that is kept already or not owed."""
    db.session.refresh(promise)
    if promise.kept_on is not None or not promise.owed:
        raise Conflict
    wrong: dict[str, Any] = {}
    if not clean(remark):
        wrong["remark"] = _("Write how it was kept.")
    if proof is None and promise.handed_on is None:
        wrong["proof"] = _("Choose the file that proves it.")
    if wrong:
        raise Invalid(wrong)
    promise.kept_on, promise.remark = clock.today(), clean(remark)
    if proof is not None:
        promise.proof_id = proof.id
        creation.attach(change.case, [proof], "proof", change.by, for_applicant=False)
    change.data = {"side": promise.side, "due": promise.due_on.isoformat()}
    jobs.settle(REMIND, str(promise.id))


def may_handle(case: Case, member: Member) -> bool:
    """Whether this member may record that a promise was kept: who holds the case, the body, or who may bind."""
    return case.holder_id == member.id or offer_rules.may_speak(case, member)


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
    perform(one.case, "hand_in_proof", None, {"promise": one, "remark": remark, "proof": proof})


def take_proof(change: Change, promise: Undertaking, remark: str, proof: StoredFile | None) -> None:
    """Keep the beneficiary's proof of a promise until somebody has looked at it."""
    db.session.refresh(promise)
    if not is_proof_awaited(promise):
        raise Conflict(_("Its proof is with the association already."))
    wrong: dict[str, Any] = {}
    if not clean(remark):
        wrong["remark"] = _("Write how you kept it.")
    if proof is None:
        wrong["proof"] = _("Choose the file that proves it.")
    if wrong or proof is None:
        raise Invalid(wrong)
    promise.handed_on, promise.remark, promise.proof_id = clock.today(), clean(remark), proof.id
    creation.attach(change.case, [proof], "proof")
    change.data = {"due": promise.due_on.isoformat()}


def announce_proof(change: Change) -> None:
    """Tell those who handle the case of a proof, and owe telling them again."""
    responsibility.announce(change.case, "proof_came")
    jobs.owe(REMIND, str(change.inputs["promise"].id), clock.now() + LOOKED_AT_WITHIN)


def send_back(one: Undertaking, *, by: Member, reason: str) -> None:
    """Say that the proof is not enough; the beneficiary reads why, and hands in another."""
    perform(one.case, "send_proof_back", by, {"promise": one, "reason": reason})


def refuse_proof(change: Change, promise: Undertaking, reason: str) -> None:
    """Have another proof awaited."""
    db.session.refresh(promise)
    if promise.handed_on is None or promise.kept_on is not None:
        raise Conflict
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    promise.handed_on, promise.proof_id, promise.remark = None, None, ""
    change.note = clean(reason)


def tell_refused_proof(change: Change) -> None:
    """Tell the beneficiary why a proof is not enough, and owe reminding them."""
    one: Undertaking = change.inputs["promise"]
    notifications.applicant("proof_sent_back", change.case, {"text": one.what, "reason": change.note or ""})
    jobs.owe(REMIND, str(one.id), clock.now() + AGAIN)
