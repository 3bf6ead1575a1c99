"""Rounds taken along into the field: who carries one, and taking what their phones bring back, each answer once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert

from silah import clock
from silah.cases import notifications
from silah.errors import Conflict, Invalid, NotFound
from silah.language.localization import dates, force_locale
from silah.organisation.models import Membership
from silah.surveys import responses, rounds
from silah.surveys.answers import Typed, keep_files, read, typed
from silah.surveys.models import SurveyReceipt, SurveyRound
from silah.surveys.responses import Asked
from silah.web.access import Member
from tenants.context import current_tenant
from tenants.database import db

FIELD = "field"


@dataclass(frozen=True)
class Brought:
    """How many answers came from the field; ``by`` names who brought them, which an anonymous round does not tell."""

    answers: int
    by: dict[str, int]


@dataclass(frozen=True)
class FieldRound:
    """A round that was taken into the field, and how many answers came from there."""

    round: SurveyRound
    answers: int


def carried(member: Member) -> Sequence[SurveyRound]:
    """The rounds that this member takes along today."""
    today = clock.today()
    rows = select(SurveyRound).where(
        SurveyRound.state == "open",
        SurveyRound.opens_on <= today,
        SurveyRound.closes_on >= today,
        SurveyRound.team.contains([str(member.id)]),
    )
    return db.session.scalars(rows.order_by(SurveyRound.closes_on, SurveyRound.id)).all()


def of(round_id: UUID, member: Member) -> SurveyRound:
    """A round that was given to this member, open or not; raises NotFound."""
    found = rounds.get(round_id)
    if str(member.id) not in found.team:
        raise NotFound
    return found


def assign(found: SurveyRound, members: Iterable[UUID]) -> None:
    """Say who takes the round along; whoever was not among them before is told. Raises Conflict once it has ended."""
    db.session.flush()
    db.session.refresh(found, with_for_update=True)
    if found.state not in ("planned", "open"):
        raise Conflict
    active = select(Membership).where(Membership.id.in_(set(members)), Membership.state == "active")
    chosen = db.session.scalars(active.order_by(Membership.id)).all()
    for member in chosen:
        if str(member.id) not in found.team:
            _tell(found, member)
    found.team = [str(member.id) for member in chosen]


def take(
    found: SurveyRound, client_id: UUID, form: Typed, *, by: Member, sent: Mapping[str, Any] | None = None
) -> None:
    """Keep an answer that a phone brings; one that was taken before is taken already, also after the round has ended.

    ``sent`` are the photos that came with it. Raises Invalid with what is wrong by question, and what
    ``answering.submit`` raises.
    """
    if _taken(found, client_id):
        return
    asks = found.asks
    answers, wrong = read(asks, typed(asks, form))
    responses.check(Asked(found))
    photos, missing = keep_files(asks, answers, sent or {}) if not wrong else ({}, {})
    if wrong or missing:
        raise Invalid(wrong | missing)
    receipt = {
        "id": client_id,
        "round_id": found.id,
        "anonymous": found.anonymous,
        "member_id": None if found.anonymous else by.id,
    }
    fresh = insert(SurveyReceipt).values(receipt).on_conflict_do_nothing().returning(SurveyReceipt.id)
    if db.session.execute(fresh).scalar_one_or_none() is None:
        _taken(found, client_id)  # by another sending of it, which this one has waited for
        return
    db.session.refresh(found, ["state"])  # the receipt holds the round, so what it says of itself holds too
    responses.submit(Asked(found), answers | photos, FIELD, client_id=None if found.anonymous else client_id)


def brought(found: SurveyRound) -> Brought:
    """How many answers the phones have brought for a round."""
    counted = select(SurveyReceipt.member_id, func.count()).where(SurveyReceipt.round_id == found.id)
    by: Counter[UUID | None] = Counter(
        {row[0]: row[1] for row in db.session.execute(counted.group_by(SurveyReceipt.member_id))}
    )
    return Brought(by.total(), {str(member): n for member, n in by.items() if member is not None})


def field_rounds_between(since: date, until: date) -> list[FieldRound]:
    """The rounds that stood open in a period and were taken into the field, with what came from there.

    An answer of an anonymous round has no day, so answers are told by round, not by day.
    """
    mine = SurveyReceipt.round_id == SurveyRound.id
    count: Any = select(func.count()).select_from(SurveyReceipt).where(mine).scalar_subquery()
    ended = func.coalesce(SurveyRound.closed_on, SurveyRound.closes_on)
    rows = (
        select(SurveyRound, count)
        .where(SurveyRound.state.in_(("open", "closed")), SurveyRound.opens_on <= until, ended >= since)
        .where(or_(func.jsonb_array_length(SurveyRound.team) > 0, count > 0))
        .order_by(SurveyRound.opens_on, SurveyRound.id)
    )
    return [FieldRound(row[0], row[1]) for row in db.session.execute(rows)]


def _taken(found: SurveyRound, client_id: UUID) -> bool:
    """Whether an answer of this id was taken for the round; raises Conflict where it was for another."""
    known = db.session.scalar(select(SurveyReceipt.round_id).where(SurveyReceipt.id == client_id))
    if known not in (None, found.id):
        raise Conflict
    return known is not None


def _tell(found: SurveyRound, member: Membership) -> None:
    locale = member.locale or current_tenant().locale
    with force_locale(locale):
        said = {"title": rounds.name(found, locale), "until": dates(found.closes_on)}
    notifications.colleague("field_given", member, said, "/desk/field/")
