"""The association's own rules for disputes and compensation: periods, who may begin, which grounds, and limits.

They are no part of the policy and are never printed as such.
"""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from silah.shell.association_settings import AssociationSettings
from silah.web.access import Permission
from tenants.periods import Span
from tenants.policy import Policy

SPEAKS = (Permission.ANSWER_COMPLAINTS, Permission.BIND_ASSOCIATION)
"""Who speaks for the association in a dispute or a claim."""
OPEN_TO = frozenset({*SPEAKS, Permission.OVERSEE_COMPLAINTS})
"""To whom such cases are open."""


class SettlementRules(BaseModel):
    """What the association has chosen; the defaults hold until it does.

    ``enough``: the grounds of compensation of which each combination is enough; where it is empty, the policy's own
    count. ``limits``: the highest amount, in riyals, that each role may accept; a role that is not there accepts none.
    ``other_accepts``: who made an offer in the association's name does not accept it in its name too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    dispute_within: Span = Span(amount=30, unit="working_days")
    claim_within: Span = Span(amount=30, unit="working_days")
    offer_days: int = Field(default=14, ge=1, le=180)
    by_beneficiary: bool = True
    other_accepts: bool = True
    enough: tuple[tuple[str, ...], ...] = ()
    limits: dict[str, Decimal] = Field(default_factory=dict)


RULES = AssociationSettings("settlements", SettlementRules)
rules, save = RULES.read, RULES.save


def settles(policy: Policy) -> bool:
    """Whether disputes are settled amicably under this policy."""
    return policy.complaints.amicable_settlement or policy.complaints.disputes_as_principle
