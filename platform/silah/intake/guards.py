"""What a transition of a request needs besides its state: each guard gives None, or the words that refuse it."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.cases.states import State
from tenants.policy import Policy


@dataclass(frozen=True)
class Facts:
    """What the guards ask about a request; pure, so that the rules can be tried without a database."""

    state: State
    policy: Policy
    case: Any = None
    accepted: bool | None = None
    attested: bool = False
    meets: bool = False
    """Whether the committee that decides has members named, and so decides in its meetings."""
    early: bool = False
    """Whether the reply would go out before a floor's earliest date."""
    waits: bool = False
    """Whether the reply is scheduled to go out by itself."""


def attested(facts: Facts) -> Any:
    """The policy's attestation stands."""
    if facts.policy.attestation is None or facts.attested:
        return None
    return _l("The data must be attested before they are studied, and no attestation stands.")


def signed(facts: Facts) -> Any:
    """Where the policy has completeness include the signature, it stands."""
    if not facts.policy.signature_completes or facts.attested:
        return None
    return _l("Under this policy a request is complete once its data are signed, and no signature stands.")


def committee(facts: Facts) -> Any:
    """A committee studies: only then is there a recommendation before the decision."""
    return None if facts.policy.studied_by_committee else _l("Under this policy no recommendation is made.")


def recommended(facts: Facts) -> Any:
    """Where a committee studies, it decides on a recommendation."""
    if facts.policy.studied_by_committee and facts.state is State.UNDER_STUDY:
        return _l("The committee decides on a recommendation, and none has been made.")
    return None


def alone(facts: Facts) -> Any:
    """Nobody decides alone for a committee that has members."""
    if facts.meets:
        return _l("The committee has members, and decides in its meetings: put the case on the agenda of one.")
    return None


def accepted(facts: Facts) -> Any:
    """The outcome is an acceptance."""
    return None if facts.accepted else _l("The request was not accepted.")


def early(facts: Facts) -> Any:
    """The earliest date has not come, so that there is something to wait for."""
    return None if facts.early else _l("The reply may go out today: send it.")


def unscheduled(facts: Facts) -> Any:
    """Nothing goes out by itself yet."""
    return _l("The reply is scheduled already.") if facts.waits else None


def scheduled(facts: Facts) -> Any:
    """The reply is to go out by itself."""
    return None if facts.waits else _l("The reply is not scheduled.")


def registers(facts: Facts) -> Any:
    """Completing the registration is a step of the policy."""
    return None if facts.policy.has_registration else _l("The policy has no step of completing registration.")


def delivers(facts: Facts) -> Any:
    """Delivery is a step of the policy, and comes after registration where that is one too."""
    if not facts.policy.has_delivery:
        return _l("The policy has no step of delivering the service.")
    if facts.policy.has_registration and facts.state is State.REPLIED:
        return _l("Registration must be completed before the service is delivered.")
    return None


def fulfilled(facts: Facts) -> Any:
    """An accepted request is closed once the steps that the policy has after the reply are done."""
    if not facts.accepted:
        return None
    if facts.policy.has_delivery and facts.state is not State.DELIVERED:
        return _l("The service must be delivered before the case is closed.")
    if facts.policy.has_registration and facts.state is State.REPLIED:
        return _l("Registration must be completed before the case is closed.")
    return None
