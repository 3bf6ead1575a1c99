"""Whom a round asks: a rule that is kept with it, the statement that lists those people, and the rule in words."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from uuid import UUID

from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Select, cast, func, literal, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.types import Text, Uuid

from silah import clock
from silah.cases.models import Case
from silah.cases.parties import reached_person
from silah.cases.states import State
from silah.complaints import liaison_areas
from silah.complaints.models import Inquiry
from silah.figures.presenters import branch_names, channel_names, kind_names
from silah.intake.models import RequestTypeRevision, ServiceRequest
from silah.intake.request_catalogue import definition, offered
from silah.language.bilingual import join_words, localized
from silah.language.localization import dates, locale, number
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


def service_names() -> dict[str, str]:
    """What the services that are offered are called."""
    return {str(one.type.id): definition(one).title.for_locale(locale()) for one in offered()}


def area_names(*, active: bool = False) -> dict[str, str]:
    """What the categories and fields of the liaison officers are called."""
    found = liaison_areas.listing(active=active)
    return {str(one.id): localized(one, "name") for one in found}


def describe_narrowing(rule: Audience) -> list[tuple[Any, str]]:
    """What a rule says beyond who is asked, in words; a service that is no longer offered has none."""
    if rule.who != "served":
        return []
    lists: tuple[tuple[Any, Sequence[Any], Callable[[], dict[str, str]]], ...] = (
        (_("Kinds of case"), rule.kinds, kind_names),
        (_("Services"), rule.services, service_names),
        (_("Channels"), rule.channels, channel_names),
        (_("Branch offices"), rule.branches, branch_names),
        (_("Categories or fields"), rule.areas, area_names),
    )
    said = [(_("Served from"), dates(rule.since))] if rule.since else []
    said += [(_("Served until"), dates(rule.until))] if rule.until else []
    said += [(_("Cases"), _("Closed ones only"))] if rule.closed else []
    for label, keys, names in lists:
        known = names() if keys else {}
        said += [(label, join_words(known.get(str(key), "—") for key in keys))] if keys else []
    said += [(_("A sample, drawn by lot"), number(rule.sample))] if rule.sample else []
    return said + ([(_("Seed of the lot"), rule.seed)] if rule.sample and rule.seed else [])
