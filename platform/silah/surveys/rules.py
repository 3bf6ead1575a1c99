"""The association's own rules for measuring satisfaction; the policy names the instruments, these say how often."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from silah.shell.models import AssociationSetting
from tenants.database import db

NEVER_BELOW = 5


class Rules(BaseModel):
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


def rules() -> Rules:
    """The rules of the association that is served, read once in a session."""
    kept: Rules | None = db.session.info.get("silah_survey_rules")
    if kept is None:
        row = db.session.get(AssociationSetting, 1)
        kept = Rules.model_validate(row.surveys if row else {})
        db.session.info["silah_survey_rules"] = kept
    return kept


def fewest_of(found: Any) -> int:
    """Under how many answers nothing of a round is shown: what held when it was made, or more since; never less."""
    return int(max(found.fewest, rules().fewest))


def save(chosen: Rules) -> None:
    """Keep the association's choice."""
    row = db.session.get(AssociationSetting, 1) or AssociationSetting(only=1)
    row.surveys = document(chosen)
    db.session.add(row)
    db.session.info["silah_survey_rules"] = chosen


def document(chosen: Rules) -> dict[str, Any]:
    """The rules as JSON types."""
    return chosen.model_dump(mode="json")
