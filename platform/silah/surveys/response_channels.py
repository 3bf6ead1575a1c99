"""By what means people were reached and answered, of a round that is not anonymous; small numbers left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from silah.figures.suppression import suppressed
from silah.surveys import counting, rounds
from silah.surveys.counting import Counts
from silah.surveys.field_work import FIELD
from silah.surveys.models import SurveyInvitation, SurveyRound
from tenants.database import db

UNWRITTEN = "unwritten"
"""Whom no message reached, and who found their link on the page of their case."""
WRITTEN = ("email", "sms")
COMING = ("open", "kiosk", FIELD)


@dataclass(frozen=True)
class Way:
    """One means: how many were written to by it, None where nobody is; how many answered, None where too few did."""

    key: str
    told: int | None
    answered: int | None

    @property
    def rate(self) -> float | None:
        """The share of those written to that answered."""
        return self.answered / self.told if self.told and self.answered is not None else None


def by_means(found: SurveyRound, counts: Counts, fewest: int) -> list[Way]:
    """Each means by which this round could be answered, where there are several.

    None of an anonymous round, which does not know them.
    """
    if found.anonymous:
        return []
    means = case((SurveyInvitation.told_on.is_(None), UNWRITTEN), else_=func.coalesce(SurveyInvitation.means, "email"))
    asked = select(means.label("means"), func.count().label("told"), _answered()).group_by(means)
    mine = asked.where(SurveyInvitation.round_id == found.id)
    told = {row.means: row for row in db.session.execute(mine)} if found.invited else {}
    came = counting.ways(counts)
    invited = shown({key: row.answered for key, row in told.items()}, fewest)
    others = shown({key: came.get(key, 0) for key in COMING if key in came or key in open_ways(found)}, fewest)
    lines = [Way(key, told[key].told, invited[key]) for key in WRITTEN if key in told]
    if UNWRITTEN in told and told[UNWRITTEN].answered:
        lines.append(Way(UNWRITTEN, None, invited[UNWRITTEN]))
    lines += [Way(key, None, others[key]) for key in COMING if key in others]
    return lines if len(lines) > 1 else []


def shown(cells: Mapping[str, int], fewest: int) -> dict[str, int | None]:
    """The cells with small ones left out, so that none can be had by taking the others from their sum, which is shown.

    Nobody at all is no small number: it tells of no answer that there was one.
    """
    kept = suppressed({key: count for key, count in cells.items() if count}, fewest)
    return {key: kept[key] if count else 0 for key, count in cells.items()}


def open_ways(found: SurveyRound) -> set[str]:
    """The ways on which whoever comes can answer."""
    kiosk = {"kiosk"} if rounds.rule_of(found).kiosk else set()
    return {"open"} | kiosk | ({FIELD} if found.team else set())


def _answered() -> Any:
    return func.count(case((SurveyInvitation.answered, 1))).label("answered")
