"""Whom a round asks: a rule that is kept with it, and the statement that lists those people, each once."""

from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Select, cast, func, literal, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.types import Text, Uuid

from silah import clock
from silah.cases.models import Case
from silah.cases.parties import reached_person
from silah.cases.states import State
from silah.complaints.models import Inquiry
from silah.intake.models import RequestTypeRevision, ServiceRequest
from silah.organisation.models import Membership
from tenants.database import db

SERVED = (State.REPLIED, State.REGISTERED, State.DELIVERED, State.CLOSED)


class Audience(BaseModel):
    """Who was served in a period, narrowed by kind, service, channel and branch; or the staff; or whoever comes.

    ``areas`` are categories of beneficiaries or fields of work, as the association named them for its liaison officers:
    a case says of which it is where it is an inquiry. ``closed`` means only cases that are closed, ``kiosk`` that
    answers are taken at a desk too. ``sample`` takes so many by lot: the same ``seed`` draws the same people again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: Literal["served", "staff", "comers"] = "served"
    closed: bool = False
    since: date | None = None
    until: date | None = None
    kinds: tuple[str, ...] = ()
    services: tuple[UUID, ...] = ()
    channels: tuple[str, ...] = ()
    branches: tuple[UUID, ...] = ()
    areas: tuple[UUID, ...] = ()
    sample: int | None = Field(default=None, ge=1, le=1_000_000)
    seed: str = Field(default="", max_length=40)
    kiosk: bool = False


def people(rule: Audience) -> Select[Any, Any]:
    """(person, case) of everybody whom the rule means, each once, the lot drawn."""
    found = (_staff() if rule.who == "staff" else _served(rule)).subquery()
    rows = select(found.c.person, found.c.case_id)
    if rule.sample is not None:
        lot = func.md5(func.concat(rule.seed, cast(found.c.person, Text)))
        rows = rows.order_by(lot).limit(rule.sample)
    return rows


def size(rule: Audience) -> int:
    """How many people the rule means today."""
    if rule.who == "comers":
        return 0
    return db.session.scalar(select(func.count()).select_from(people(rule).subquery())) or 0


def _staff() -> Select[Any, Any]:
    return select(Membership.id.label("person"), cast(literal(None), Uuid).label("case_id")).where(
        Membership.state == "active"
    )


def _served(rule: Audience) -> Select[Any, Any]:
    """The newest case of each person that matches; whoever came without a name is in no list."""
    person = reached_person()
    rows = (
        select(person.label("person"), Case.id.label("case_id"))
        .where(~Case.anonymous, ~Case.confidential, Case.state.in_(SERVED))
        .order_by(person, func.coalesce(Case.closed_at, Case.replied_at).desc(), Case.id)
        .ext(distinct_on(person))
    )
    reached = func.coalesce(Case.closed_at, Case.replied_at)
    if rule.since:
        rows = rows.where(reached >= _start(rule.since))
    if rule.until:
        rows = rows.where(reached < _start(rule.until + timedelta(days=1)))
    for column, wanted in ((Case.kind, rule.kinds), (Case.channel, rule.channels), (Case.branch_id, rule.branches)):
        if wanted:
            rows = rows.where(column.in_(wanted))
    if rule.closed:
        rows = rows.where(Case.state == State.CLOSED)
    if rule.services:
        of_type = (
            select(ServiceRequest.case_id)
            .join(RequestTypeRevision, RequestTypeRevision.id == ServiceRequest.revision_id)
            .where(RequestTypeRevision.type_id.in_(rule.services))
        )
        rows = rows.where(Case.id.in_(of_type))
    if rule.areas:
        rows = rows.where(Case.id.in_(select(Inquiry.case_id).where(Inquiry.area_id.in_(rule.areas))))
    return rows


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), clock.RIYADH)
