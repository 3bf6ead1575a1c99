"""The association's acknowledgement of harm: the committee decides on it in a meeting, and its minutes are signed.

The harm, its size and its causes are written on the claim first; the claim then waits for the committee's agenda. What
the committee decided stands in the minutes, and counts once those who attended have all signed them.
"""

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, exists

from silah.cases import timeline
from silah.cases.models import Case
from silah.cases.states import State
from silah.cases.transitions import Change
from silah.committees import minutes, signers
from silah.committees.models import AgendaItem, MeetingMinutes
from silah.committees.subjects import Made, Proposal, Subject
from silah.errors import Invalid
from silah.forms.texts import clean
from silah.language.bilingual import join_words
from silah.language.localization import number
from silah.settlements.models import COMPENSATION, Negotiation, negotiation_of
from silah.web.access import Member
from tenants.context import current_tenant
from tenants.database import db
from tenants.policy_rules import Evidence


def state_harm(change: Change, harm: str, size: str, causes: str) -> None:
    """Write the harm, its size and its causes for the committee; from then on the claim waits for its agenda."""
    said = {"harm": clean(harm), "size": clean(size), "causes": clean(causes)}
    words = {
        "harm": _("Write what the harm is."),
        "size": _("Write how great it is."),
        "causes": _("Write what caused it."),
    }
    wrong = {key: words[key] for key, text in said.items() if not text}
    if wrong:
        raise Invalid(wrong)
    made = negotiation_of(change.case)
    made.harm, made.size, made.causes = said["harm"], said["size"], said["causes"]
    if change.case.state is State.RECEIVED:
        change.target = State.UNDER_STUDY


def lacks(made: Negotiation, evidence: Evidence) -> str:
    """What lacks of the acknowledgement, in words; nothing once the signed minutes have all that the policy asks."""
    if not all(getattr(made, key) for key in ("harm", "size", "causes") if key in evidence.requires):
        return str(_("the harm, its size and its causes are not stated yet"))
    item = made.acknowledged
    if item is None:
        return str(_("the committee has not acknowledged the harm in a meeting yet"))
    written = db.session.get(MeetingMinutes, (item.meeting_id, 0))
    if written is None:
        return str(_("the meeting that acknowledged it has not ended, so there are no dated minutes"))
    return _unsigned(written) if "members_approval" in evidence.requires else ""


def _unsigned(written: MeetingMinutes) -> str:
    """Who of those who attended has not approved the minutes; raises ``MinutesAltered`` where they were touched."""
    minutes.checked(written)
    found = signers.of(written)
    declined = [one.name for one in found if one.declined_at and not one.signed_at]
    waiting = [one.name for one in found if one.owes]
    if declined:
        return str(_("its minutes were not approved by %(names)s", names=join_words(declined)))
    if waiting:
        return str(_("its minutes wait for the signature of %(names)s", names=join_words(waiting)))
    if not any(one.signed_at for one in found):
        return str(_("nobody has signed its minutes"))
    return ""


def minutes_of(made: Negotiation) -> dict[str, Any] | None:
    """The meeting in which the harm was acknowledged: its number and whether it has minutes."""
    item = made.acknowledged
    if item is None:
        return None
    written = db.session.get(MeetingMinutes, (item.meeting_id, 0))
    return {"meeting": item.meeting, "number": number(item.meeting.number), "written": written}


def waiting(committee: str) -> ColumnElement[bool]:
    """The condition on claims whose harm was stated and that wait for this committee."""
    stated = exists().where(
        Negotiation.case_id == Case.id,
        Negotiation.body == committee,
        Negotiation.harm.is_not(None),
        Negotiation.acknowledged_id.is_(None),
    )
    return and_(Case.kind == COMPENSATION, Case.state == State.UNDER_STUDY, stated)


def decide(item: AgendaItem, outcome: str, reasons: str, by: Member) -> Made:
    """The committee acknowledges the harm as it is stated, or does not; the statement stands in its minutes.

    What was not acknowledged is stated anew before it comes to another meeting.
    """
    made = negotiation_of(item.case)
    kept = f"{clean(reasons)}\n{_stated(made)}"
    if outcome == "accepted":
        made.acknowledged_id = item.id
    else:
        made.harm = made.size = made.causes = None
    data = {"outcome": outcome, "meeting": item.meeting.number, "body": item.meeting.committee}
    timeline.record(item.case, "harm_decided", by=by, data=data)
    return Made(outcome, kept)


def _stated(made: Negotiation) -> str:
    with force_locale(current_tenant().locale):
        lines = (
            _("The harm: %(text)s", text=made.harm),
            _("Its size: %(text)s", text=made.size),
            _("Its causes: %(text)s", text=made.causes),
        )
    return "\n".join(str(one) for one in lines)


def outcomes(case: Case) -> dict[str, Any]:
    """What the votes lead to, in words."""
    return {"accepted": _("The harm is acknowledged"), "rejected": _("The harm is not acknowledged")}


def facts(case: Case, member: Member) -> dict[str, Any]:
    """What the item's page shows of a claim."""
    return {"claim": negotiation_of(case), "answers": (), "recommendations": ()}


def propose(case: Case) -> Proposal:
    """Return what the one who stated the harm asks of the committee: that it acknowledges it as stated."""
    with force_locale(current_tenant().locale):
        return Proposal("accepted", _("The harm, its size and its causes are established as they are stated."))


def sentence(case: Case, outcome: str) -> str:
    """Return the usual motion on a claim."""
    harm = negotiation_of(case).harm or ""
    if outcome == "accepted":
        words = _("Acknowledge the harm claimed in %(reference)s: %(harm)s", reference=case.reference, harm=harm)
    else:
        words = _("Do not acknowledge the harm claimed in %(reference)s: %(harm)s", reference=case.reference, harm=harm)
    return str(words)


def told(case: Case, outcome: str) -> str:
    """Return what the beneficiary reads of it at once: nothing, until an offer is made or the claim is ended."""
    return ""


SUBJECT = Subject(waiting, decide, outcomes, facts, "settlements/desk/item.html", propose, sentence, told)
