"""What the guards of the transitions ask about a request, gathered from the database."""

from sqlalchemy import select

from silah import clock
from silah.cases import clocks
from silah.cases.models import Case
from silah.cases.states import State
from silah.intake import attestations
from silah.intake.guards import Facts
from silah.intake.models import Decision, ScheduledReply
from silah.organisation import bodies
from tenants.database import db


def decision_of(case: Case) -> Decision | None:
    """The decision that stands."""
    rows = select(Decision).where(Decision.case_id == case.id, ~Decision.superseded)
    return db.session.scalars(rows.order_by(Decision.decided_at.desc()).limit(1)).first()


def waiting_reply(case: Case) -> ScheduledReply | None:
    """Return the reply that is to go out by itself, where there is one."""
    rows = select(ScheduledReply).where(ScheduledReply.case_id == case.id, ScheduledReply.state == "waiting")
    return db.session.scalars(rows).one_or_none()


def studied(case: Case) -> bool:
    """Whether the case is before a committee."""
    before = case.state in (State.UNDER_STUDY, State.RECOMMENDED)
    return before and case.policy_version.policy.studied_by_committee


def facts_of(case: Case) -> Facts:
    """The facts of a case; the attestation is looked for only where a transition hangs on it."""
    policy = case.policy_version.policy
    decision = decision_of(case) if case.replied_at or case.state is State.DECIDED else None
    decided = case.state is State.DECIDED
    waits = policy.signature_completes and case.state in (State.RECEIVED, State.INCOMPLETE)
    asks = waits or (policy.attestation is not None and case.state is State.COMPLETE)
    return Facts(
        state=case.state,
        policy=policy,
        case=case,
        accepted=decision.outcome == "accepted" if decision else None,
        attested=asks and attestations.standing(case) is not None,
        meets=studied(case) and bodies.decides_in_meetings(str(policy.studied_by)),
        early=decided and clocks.reckoning(case).too_early(clock.today()),
        waits=decided and waiting_reply(case) is not None,
    )
