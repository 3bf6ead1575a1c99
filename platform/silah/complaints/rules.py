"""The association's own rules for complaints and inquiries: internal periods, escalation, anonymity.

They are no part of the policy and are never printed as such; where the policy names a body or a period, that counts.
"""

from pydantic import BaseModel, ConfigDict, Field

from silah.shell.association_settings import AssociationSettings
from tenants.periods import Span


def working_days(amount: int) -> Span:
    """So many working days."""
    return Span(amount=amount, unit="working_days")


class ComplaintRules(BaseModel):
    """What the association has chosen; the defaults hold until it does.

    ``escalate_after``: how many working days after the latest day each further step of management is told.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    anonymous: bool = True
    complaint_within: Span = working_days(10)
    inquiry_within: Span = working_days(5)
    suggestion_within: Span = working_days(15)
    support_within: Span = working_days(2)
    pauses: bool = True
    escalate_after: tuple[int, ...] = Field(default=(1, 3), max_length=5)
    objection_days: int = Field(default=30, ge=1, le=365)
    handlers: str = "follow_up_committee"
    above_management: str = "board_nominee"
    public_statistics: bool = False
    fewest_shown: int = Field(default=5, ge=5, le=100)


RULES = AssociationSettings("complaints", ComplaintRules)
rules, save = RULES.read, RULES.save
