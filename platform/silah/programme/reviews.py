"""Standing reviews: begun with the figures of a period, remarked upon, held once; each quarter asks for its own."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.cases import notifications
from silah.errors import Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.language.localization import date_g
from silah.organisation.models import Membership, Role
from silah.programme import review_figures
from silah.programme.errors import HeldAlready
from silah.programme.models import StandingReview
from silah.web.access import Member, Permission
from tenants import versions
from tenants.database import db

KINDS = (review_figures.LINK, review_figures.LIAISON)
SEES = (Permission.OVERSEE_COMPLAINTS, Permission.SEE_SURVEYS)
QUARTER, KEY = "programme.quarter", "standing"
MORNING = time(8, 0)


def begin(instrument: str, since: date | None, until: date | None, *, by: Member) -> StandingReview:
    """Begin a review of a period that has ended or is running; its figures are filled in."""
    _may(by)
    wrong = {}
    if instrument not in KINDS:
        wrong["instrument"] = _("Choose what is reviewed.")
    if since is None or until is None or since > until:
        wrong["until"] = _("Choose a last day that is not before the first.")
    if since is None or since > clock.today():
        wrong["since"] = _("Choose a first day that has come.")
    if wrong or since is None or until is None:
        raise Invalid(wrong)
    review = StandingReview(
        instrument=instrument,
        since=since,
        until=until,
        figures=review_figures.of(instrument, since, until, by),
        begun_by=by.id,
        begun_at=clock.now(),
        remarks="",
        decisions="",
    )
    db.session.add(review)
    db.session.flush()
    return review


def write(review: StandingReview, *, by: Member, remarks: str, decisions: str) -> None:
    """Keep what was remarked and decided so far."""
    _may(by)
    _hold(review)
    review.remarks, review.decisions = clean(remarks), clean(decisions)
    db.session.flush()


def hold(review: StandingReview, *, by: Member) -> None:
    """The review is held: its figures are those of now, and from now on it stays as it is."""
    _may(by)
    _hold(review)
    if not review.decisions and not review.remarks:
        raise Invalid({"decisions": _("Write what was remarked or decided, and save it first.")})
    review.figures = review_figures.of(review.instrument, review.since, review.until, by)
    review.held_by_id, review.held_on = by.id, clock.today()


def drop(review: StandingReview, *, by: Member) -> None:
    """Throw away a review that was begun and not held."""
    _may(by)
    _hold(review)
    db.session.delete(review)
    db.session.flush()


def get(review_id: UUID) -> StandingReview:
    """One review; raises NotFound."""
    found = db.session.get(StandingReview, review_id, options=[joinedload(StandingReview.held_by)])
    if found is None:
        raise NotFound
    return found


def of_span(since: date, until: date) -> Sequence[StandingReview]:
    """The reviews whose period touches a span, the latest first, drafts among them."""
    rows = select(StandingReview).where(StandingReview.since <= until, StandingReview.until >= since)
    loaded = rows.options(joinedload(StandingReview.held_by))
    return db.session.scalars(loaded.order_by(StandingReview.until.desc(), StandingReview.id)).all()


def owe() -> None:
    """Owe the morning after the present quarter, where the policy in force promises a review."""
    if promised():
        jobs.owe(QUARTER, KEY, _morning(quarter(clock.today())[1] + timedelta(days=1)))


def quarter_ended() -> None:
    """Tell senior management that the past quarter waits for its review, unless it was held; then owe the next."""
    since, until = quarter(clock.today() - timedelta(days=1))
    held = {one.instrument for one in of_span(since, until) if one.held_on and one.until >= until}
    if promised() - held:
        said = {"first": date_g(since), "last": date_g(until)}
        for one in _overseers():
            notifications.colleague("review_waits", one, said, "/desk/programme")
    owe()


def promised() -> set[str]:
    """The standing reviews that the policy in force promises."""
    instruments = versions.in_force(clock.today()).policy.satisfaction.instruments
    return {str(one.kind) for one in instruments} & set(KINDS)


def quarter(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter in which a day falls."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    after = (first + timedelta(days=95)).replace(day=1)
    return first, after - timedelta(days=1)


def _overseers() -> Sequence[Membership]:
    roles = Membership.roles.any(Role.permissions.contains([Permission.OVERSEE_COMPLAINTS.value]))
    return db.session.scalars(select(Membership).where(Membership.state == "active", roles)).all()


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, clock.RIYADH)


def _hold(review: StandingReview) -> None:
    db.session.refresh(review, with_for_update={"of": StandingReview})
    if review.held_on is not None:
        raise HeldAlready


def _may(by: Member) -> None:
    if not by.may(Permission.OVERSEE_COMPLAINTS):
        raise Forbidden
