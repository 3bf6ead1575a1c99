"""A dispute or a claim begins: out of another case, recorded at the desk, or sent by whoever was harmed; and what
happens next with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _

from silah import clock
from silah.cases import clocks, confidentiality, creation, kinds, notifications, paper_day, receipts
from silah.cases.models import Case
from silah.cases.receipts import ReceivedCase
from silah.cases.states import ENDED
from silah.cases.transitions import Change
from silah.cases.workflow import perform
from silah.complaints import bodies
from silah.complaints.labels import LONGEST
from silah.complaints.models import Complaint
from silah.complaints.receiving import titled
from silah.documents.models import StoredFile
from silah.errors import Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.organisation.models import Membership
from silah.settlements.errors import NoSettlement
from silah.settlements.models import COMPENSATION, DISPUTE, Negotiation
from silah.settlements.offer_rules import responsible
from silah.settlements.rules import SPEAKS, rules, settles
from silah.web.access import Member, Permission
from tenants import versions
from tenants.database import db
from tenants.policy import Policy
from tenants.versions import PolicyVersion

OPENERS = (Permission.RECEIVE_REQUESTS, *SPEAKS)
OUT_OF = {DISPUTE: ("complaint", "request"), COMPENSATION: ("complaint", "request", DISPUTE)}
"""From which kinds of case each can be opened."""


@dataclass(frozen=True)
class Told:
    """What is said of a dispute or of the harm; ``person`` are the answers of the person's page."""

    text: str
    wanted: str = ""
    claimed: Decimal | None = None
    person: Mapping[str, Any] = field(default_factory=dict)


def offered(kind: str, policy: Policy) -> bool:
    """Whether the association takes such cases under this policy."""
    return policy.compensation is not None if kind == COMPENSATION else settles(policy)


def may_be_opened(kind: str, parent: Case) -> bool:
    """Whether one can be opened out of this case: by name, where its policy has them, and only one at a time."""
    if parent.kind not in OUT_OF[kind] or parent.anonymous or not offered(kind, parent.policy_version.policy):
        return False
    return not any(one.kind == kind and one.state not in ENDED for one in parent.born)


def may_begin(parent: Case) -> bool:
    """Whether the beneficiary can begin a dispute out of a complaint: once answered, where the rules allow it."""
    answered = parent.kind == "complaint" and parent.replied_at is not None
    return answered and rules().by_beneficiary and may_be_opened(DISPUTE, parent)


def out_of(parent: Case, kind: str, told: Told, *, by: Member | None = None) -> Case:
    """Open one out of another case, by staff or (without ``by``) by the beneficiary; on record on both.

    It is opened with the receipt code of that case; who is barred from that case is barred from this one.
    """
    made: Case = perform(parent, f"open_{kind}", by, {"kind": kind, "told": told})
    return made


def open_case(change: Change, kind: str, told: Told) -> Case:
    """Open a dispute or a claim out of the case; raises ``NoSettlement`` where that is not possible."""
    parent, by = change.case, change.by
    db.session.expire(parent, ["born"])
    if parent.anonymous:
        raise NoSettlement(_("Nobody knows who complained, so there is nobody to agree with."))
    if not (may_be_opened(kind, parent) if by is not None or kind == COMPENSATION else may_begin(parent)):
        raise NoSettlement(_("This is not possible on the case as it stands."))
    version = versions.in_force(clock.today())
    if not offered(kind, version.policy):
        raise NoSettlement(_("This is not possible on the case as it stands."))
    _check(kind, told)
    came = creation.Received(
        titles=titled(kinds.every()[kind].name),
        channel=parent.channel,
        version=version,
        person={"relation": parent.relation, "locale": parent.locale, "reply_channel": parent.reply_channel},
        branch=parent.branch_id,
        by=by,
        out_of=parent,
    )
    case = creation.opened(kind, receipts.new_code(), came)
    case.receipt_digest = parent.receipt_digest
    confidentiality.inherit(case, parent)
    _begun(case, told, body_of(kind, version.policy, parent), came)
    change.event, change.data = f"{kind}_opened", {"case": case.reference}
    return case


def receive(
    kind: str,
    told: Told,
    files: Sequence[StoredFile] = (),
    *,
    by: Member | None,
    channel: str,
    came_on: date | None = None,
) -> ReceivedCase:
    """Receive one by itself: recorded at the desk, or a claim sent from the portal."""
    if by is not None and not by.may(*OPENERS):
        raise Forbidden
    paper_day.check_day(came_on)
    version = paper_day.get_policy_version(came_on)
    if not offered(kind, version.policy):
        raise NotFound
    _check(kind, told, version, channel)
    code = receipts.new_code()
    came = creation.Received(
        titles=titled(kinds.every()[kind].name),
        channel=channel,
        version=version,
        person=told.person,
        by=by,
        came_on=came_on,
    )
    case = creation.opened(kind, code, came)
    creation.attach(case, files, "settlement", by)
    _begun(case, told, body_of(kind, version.policy, None), came)
    return ReceivedCase(case, code)


def body_of(kind: str, policy: Policy, parent: Case | None) -> str:
    """The body that negotiates: of compensation the policy's own; of a dispute the one that handled the complaint."""
    if kind == COMPENSATION and policy.compensation is not None:
        return policy.compensation.body
    complaint = db.session.get(Complaint, parent.id) if parent is not None else None
    return complaint.body if complaint is not None else bodies.of_policy(policy)


def _begun(case: Case, told: Told, body: str, came: creation.Received) -> None:
    by, out_of = came.by, came.out_of
    made = Negotiation(
        case_id=case.id,
        text=clean(told.text),
        wanted=clean(told.wanted),
        claimed=told.claimed,
        body=body,
        by_beneficiary=by is None,
    )
    db.session.add(made)
    db.session.flush()
    data = {"channel": case.channel, "policy": case.policy_version.number}
    creation.record_received(case, came, data | ({"from": out_of.reference} if out_of else {}))
    clocks.set_clock(case)
    notifications.confirm_receipt(
        "settlement_received", case, {"code_of": out_of.reference if out_of else case.reference}
    )
    notifications.members("settlement_came", [one for one in responsible(case) if by is None or one.id != by.id], case)


def _check(kind: str, told: Told, version: PolicyVersion | None = None, channel: str = "") -> None:
    wrong: dict[str, Any] = {}
    if not clean(told.text):
        wrong["text"] = _("Write what happened.")
    elif len(told.text) > LONGEST:
        wrong["text"] = _("Write at most %(count)s characters.", count=LONGEST)
    if told.claimed is not None and told.claimed <= 0:
        wrong["claimed"] = _("Write an amount above zero.")
    if version is not None:
        found = version.policy.channel(channel)
        if found is None or not found.inbound or found.retired:
            wrong["channel"] = _("The policy has no such channel.")
        if not told.person.get("name"):
            wrong["name"] = _("The applicant's name is needed.")
    if wrong:
        raise Invalid(wrong)


def next_steps(case: Case, language: str | None = None) -> list[str]:
    """The next steps, one sentence each, in the case's language by default."""
    with force_locale(language or case.locale):
        return [str(one) for one in (_claim_steps() if case.kind == COMPENSATION else _dispute_steps())]


def _dispute_steps() -> list[str]:
    return [
        _("We look for a settlement with you. Each side can make an offer, and the other accepts, refuses or answers."),
        _("You are told of each offer. You accept with your receipt code and a one-time code that is sent to you."),
        _("Once both sides have accepted, the agreement stands as a paper on the tracking page."),
    ]


def _claim_steps() -> list[str]:
    return [
        _("We first look at the grounds of your claim: what happened, who caused it, and how great the harm is."),
        _("If something is unclear, we write to you."),
        _("Once the grounds are complete, an amount is negotiated. You accept it with your receipt code and a code."),
    ]


def name_reader(change: Change, member: UUID) -> None:
    """Open it to one more active member to whom it is not barred; on record."""
    chosen = db.session.get(Membership, member)
    if chosen is None or chosen.state != "active" or chosen.id in notifications.barred(change.case):
        raise Invalid({"member": _("Choose one of those who handle this case.")})
    confidentiality.name_readers(change.case, [chosen], change.by)
    change.note = chosen.name
