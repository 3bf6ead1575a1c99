"""The association's own rules for measuring satisfaction; the policy names the instruments, these say how often."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from silah.shell.association_settings import AssociationSettings

NEVER_BELOW = 5


class SurveyRules(BaseModel):
    """What the association has chosen; the defaults hold until it does.

    ``fewest`` is under how many answers nothing is shown. ``after_cases`` and ``periodic`` are the questionnaires that
    are sent after each closed case, and every so many months; None where the programme does not do so by itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fewest: int = Field(default=NEVER_BELOW, ge=NEVER_BELOW, le=100)
    after_cases: UUID | None = None
    after_kinds: tuple[str, ...] = ("request", "complaint", "inquiry")
    periodic: UUID | None = None
    every_months: int = Field(default=12, ge=1, le=36)
    anonymous: bool = True
    stands_days: int = Field(default=21, ge=3, le=120)
    reminders: int = Field(default=2, ge=0, le=5)
    remind_after_days: int = Field(default=5, ge=2, le=60)


RULES = AssociationSettings("surveys", SurveyRules)
rules, save = RULES.read, RULES.save


def fewest_of(found: Any) -> int:
    """Under how many answers nothing of a round is shown: what held when it was made, or more since; never less."""
    return int(max(found.fewest, rules().fewest))
