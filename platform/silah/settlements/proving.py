"""What the beneficiary promised: they hand in its proof, and the association says whether that is enough."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from silah import clock, jobs
from silah.cases import creation, notifications, responsibility, timeline
from silah.cases.models import Case
from silah.documents.models import StoredFile
from silah.errors import Conflict, Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.settlements import undertakings
from silah.settlements.models import Undertaking
from silah.settlements.standing import BENEFICIARY
from silah.web.access import Member
from tenants.database import db

LOOKED_AT_WITHIN = timedelta(days=7)


def of_theirs(case: Case, promise_id: UUID) -> Undertaking:
    """A promise of the beneficiary's own that is owed on this case; raises NotFound."""
    one = db.session.get(Undertaking, promise_id)
    if one is None or (one.case_id, one.side, one.owed) != (case.id, BENEFICIARY, True):
        raise NotFound
    return one


def awaited(one: Undertaking) -> bool:
    """Whether its proof can be handed in: not kept, and no proof lies with the association."""
    return (
        one.side == BENEFICIARY
        and one.kept_on is None
        and one.handed_on is None
        and one.case.state not in undertakings.OVER
    )


def hand_in(one: Undertaking, *, remark: str, proof: StoredFile | None) -> None:
    """Take the beneficiary's proof; those who handle the case are told, and again each week until they have looked."""
    timeline.hold(one.case)
    db.session.refresh(one)
    if not awaited(one):
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
    jobs.owe(undertakings.REMIND, str(one.id), clock.now() + LOOKED_AT_WITHIN)


def send_back(one: Undertaking, *, by: Member, reason: str) -> None:
    """Say that the proof is not enough; the beneficiary reads why, and hands in another."""
    timeline.hold(one.case)
    if not undertakings.moves_it(one.case, by):
        raise Forbidden
    db.session.refresh(one)
    if one.handed_on is None or one.kept_on is not None:
        raise Conflict
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    one.handed_on, one.proof_id, one.remark = None, None, ""
    timeline.record(one.case, "proof_sent_back", by=by, note=clean(reason))
    notifications.applicant("proof_sent_back", one.case, {"text": one.what, "reason": clean(reason)})
    jobs.owe(undertakings.REMIND, str(one.id), clock.now() + undertakings.AGAIN)
