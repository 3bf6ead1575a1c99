"""When a request is complete: its data and documents, and where the policy says so the owed signature as well."""

from datetime import date

from silah import clock
from silah.cases import clocks, timeline
from silah.cases.models import Case
from silah.cases.states import State
from silah.intake import attestations, requests
from silah.web.access import Member


def awaits_signature(case: Case) -> bool:
    """Say whether the request is incomplete only as long as nobody has signed its data."""
    policy = case.policy_version.policy
    return policy.signature_completes and attestations.standing(case) is None


def find_completed_on(case: Case) -> date:
    """Return the day on which the last piece came; no earlier than the request itself."""
    came = [clock.day_of(item.provided_at) for item in requests.owed_items(case) if item.provided_at]
    signed = attestations.standing(case) if case.policy_version.policy.signature_completes else None
    if signed is not None:
        came.append(clock.day_of(signed.signed_at))
    return max([clock.day_of(case.received_at), *came])


def complete_by_itself(case: Case) -> None:
    """Record as complete a request of a policy that takes in complete ones only, unless its signature is awaited."""
    if awaits_signature(case):
        return
    case.state, case.completed_on = State.COMPLETE, find_completed_on(case)
    timeline.record(case, "complete", data={"on": case.completed_on.isoformat()})


def go_on_once_signed(case: Case) -> None:
    """Complete a request that waited for nothing but its signature; where an officer looks first, it waits for them."""
    policy = case.policy_version.policy
    waits = case.state is State.RECEIVED and not requests.owed(case) and not requests.lacking(case)
    if policy.signature_completes and not policy.takes_incomplete and waits:
        complete_by_itself(case)
        clocks.set_clock(case)


def wait_for_signature(case: Case, *, by: Member | None) -> None:
    """Take back that a request is complete where the signature that completed it counts no longer."""
    if case.policy_version.policy.signature_completes and case.state is State.COMPLETE:
        case.state, case.completed_on = State.RECEIVED, None
        clocks.set_clock(case)
