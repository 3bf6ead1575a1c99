"""Referrals: a question put to a role that the policy names, until it is answered or given back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock, jobs
from silah.cases import clocks, notifications, visibility
from silah.cases.errors import NotAReferee, ReferralEnded
from silah.cases.models import Case, Referral
from silah.cases.transitions import Change
from silah.cases.workflow import perform
from silah.errors import Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.organisation import holders
from silah.organisation.models import Membership
from silah.web.access import Member, Permission
from tenants.database import db
from tenants.periods import Span, WorkingCalendar, last_day
from tenants.policy import Policy
from tenants.policy_rules import ReferralMatter, ReferUnclear
from tenants.texts import Text

LIAISON = "liaison_officer"
LATE = "referral.late"
ENDINGS = {"answer_referral": "answered", "return_referral": "returned"}
"""What becomes of a referral, by the transition that ends it."""


@dataclass(frozen=True)
class Answerer:
    """A role that the policy has answer referrals: on what matter, instead of whom, and within what time."""

    role: str
    about: Text | None = None
    stands_for: str | None = None
    within: Span | None = None


def answerers(policy: Policy) -> list[Answerer]:
    """Who may be asked, in the policy's order, each role once: those of the dealing step, then those of its matters.

    Where no dealing step names one, the liaison officers whom the policy has inform beneficiaries answer.
    """
    found: dict[str, Answerer] = {}
    for step in policy.steps:
        if isinstance(step, ReferUnclear):
            questions: tuple[ReferUnclear | ReferralMatter, ...] = (step, *step.matters)
            for one in questions:
                about = one.about if isinstance(one, ReferralMatter) else None
                found.setdefault(one.to, Answerer(one.to, about, None, one.answer_within))
                for role in one.stand_ins:
                    found.setdefault(role, Answerer(role, about, one.to, one.answer_within))
    if not found and policy.informing is not None and policy.informing.liaison_by:
        return [Answerer(LIAISON)]
    return list(found.values())


def roles(policy: Policy) -> tuple[str, ...]:
    """The roles that a case may be referred to."""
    return tuple(one.role for one in answerers(policy))


def refer(case: Case, *, by: Member, to_role: str, question: str, to_member: Membership | None = None) -> Referral:
    """Ask a role (or one member of it) about the case; they are told. The case stays with its holder."""
    inputs = {"to_role": to_role, "question": question, "to_member": to_member}
    made: Referral = perform(case, "refer", by, inputs)
    return made


def ask_role(change: Change, to_role: str, question: str, to_member: Membership | None = None) -> Referral:
    """Put the question to a role; raises ``NotAReferee`` for one that the policy does not name."""
    case, by, question = change.case, change.member, clean(question)
    if to_role not in roles(case.policy_version.policy):
        raise NotAReferee
    if not question:
        raise Invalid({"question": _("Write the question.")})
    if to_member is not None and to_role not in {role.key for role in to_member.roles}:
        raise Invalid({"to_member": _("%(name)s does not have this role.", name=to_member.name)})
    referral = Referral(
        case_id=case.id,
        to_role=to_role,
        to_member_id=to_member.id if to_member else None,
        question=question,
        asked_by=by.id,
        due_on=due_day(case, to_role, clock.today()),
    )
    db.session.add(referral)
    db.session.flush()
    owe_late(referral)
    change.data, change.note = {"to": to_role}, referral.question
    return referral


def tell_role(change: Change) -> None:
    """Tell whoever is to answer, unless they asked themselves."""
    asked: Referral = change.result
    to = [one for one in asked_of(asked) if one.id != change.member.id]
    notifications.members("referred", to, change.case, {"question": asked.question})


def answer(referral: Referral, *, by: Member, text: str) -> None:
    """Answer what was asked; who asked is told."""
    perform(referral.case, "answer_referral", by, {"referral": referral, "text": text})


def give_back(referral: Referral, *, by: Member, reason: str) -> None:
    """Return the question unanswered, with a reason; who asked is told."""
    perform(referral.case, "return_referral", by, {"referral": referral, "text": reason})


def withdraw(referral: Referral, *, by: Member) -> None:
    """Take the question back: the one who asked (or who may assign cases) needs the answer no longer."""
    perform(referral.case, "withdraw_referral", by, {"referral": referral})


def get(referral_id: object, member: Member) -> Referral:
    """The referral of this id on a case that the member sees; raises NotFound."""
    referral = db.session.get(Referral, referral_id)
    if referral is None:
        raise NotFound
    visibility.get(referral.case_id, member)
    return referral


def list_referrals(case: Case) -> Sequence[Referral]:
    """The referrals of a case, newest first."""
    return db.session.scalars(
        select(Referral).where(Referral.case_id == case.id).order_by(Referral.asked_at.desc(), Referral.id)
    ).all()


def open_on(case: Case) -> list[Referral]:
    """The questions on a case that wait for an answer: who else holds it in their hands."""
    return [referral for referral in list_referrals(case) if referral.ended_at is None]


def is_for(referral: Referral, member: Member) -> bool:
    """Whether the question is put to this member."""
    if referral.to_member_id is not None:
        return referral.to_member_id == member.id
    return referral.to_role in member.role_keys


def end(change: Change, referral: Referral, text: str) -> Referral:
    """Answer a question or return it, by whomever it is put to."""
    if not is_for(referral, change.member):
        raise Forbidden
    ending = ENDINGS[change.transition.key]
    text = clean(text)
    if not text:
        raise Invalid({"text": _("Write the answer.") if ending == "answered" else _("Write the reason.")})
    _close(change, referral, ending)
    referral.answer = change.note = text
    return referral


def call_back(change: Change, referral: Referral) -> Referral:
    """Withdraw a question of one's own, or as one who may assign cases."""
    if referral.asked_by != change.member.id and not change.member.may(Permission.ASSIGN_CASES):
        raise Forbidden
    _close(change, referral, "withdrawn")
    return referral


def tell_asker(change: Change) -> None:
    """Tell who asked what came of the question."""
    referral: Referral = change.result
    asker = db.session.get(Membership, referral.asked_by) if referral.asked_by else None
    if asker is not None and asker.id != change.member.id:
        key = "answer" if referral.ending == "answered" else "reason"
        notifications.member(change.event, asker, change.case, {key: referral.answer or ""})


def _close(change: Change, referral: Referral, ending: str) -> None:
    db.session.refresh(referral, with_for_update=True)
    if referral.ended_at is not None:
        raise ReferralEnded
    referral.ending, referral.ended_by, referral.ended_at = ending, change.member.id, clock.now()
    change.data = {"to": referral.to_role}


def due_day(case: Case, role: str, asked: date, calendar: WorkingCalendar | None = None) -> date | None:
    """By when a question put to this role on that day is to be answered; None where the policy sets no limit.

    ``calendar`` is one that need not be the present one.
    """
    named = answerers(case.policy_version.policy)
    within = next((one.within for one in named if one.role == role), None)
    return last_day(asked, within, calendar or clocks.calendar_of(case)) if within else None


def owe_late(referral: Referral) -> None:
    """Owe a reminder for the morning after the last day, if there is one."""
    if referral.due_on is not None:
        day = {"day": referral.due_on.isoformat()}
        jobs.owe(LATE, str(referral.id), clock.morning_after(referral.due_on), day)


def is_late(referral: Referral) -> bool:
    """Whether the question still waits after its last day."""
    return referral.ended_at is None and referral.due_on is not None and clock.today() > referral.due_on


def asked_of(referral: Referral) -> list[Membership]:
    """Who is to answer: the member who was named, else whoever holds the role."""
    named = db.session.get(Membership, referral.to_member_id) if referral.to_member_id else None
    return [named] if named is not None else holders.holders_of_role(referral.to_role)


def asker_of(referral: Referral) -> list[Membership]:
    """Who asked, as long as they work here."""
    found = db.session.get(Membership, referral.asked_by) if referral.asked_by else None
    return [found] if found is not None and found.state == "active" else []
