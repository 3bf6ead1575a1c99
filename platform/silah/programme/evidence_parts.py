"""The parts of an evidence pack: each counts its files of a period, and makes them one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, exists, func, literal, select
from sqlalchemy.orm import joinedload

from silah.acknowledgements import coverage
from silah.acknowledgements import exports as acknowledged
from silah.acknowledgements.models import Campaign
from silah.cases.models import Case
from silah.cases.visibility import countable
from silah.clock import day_of
from silah.committees import minutes_paper
from silah.committees.models import AgendaItem, CommitteeMeeting, MeetingMinutes
from silah.complaints.models import COMPLAINT
from silah.documents import tables
from silah.figures import presenters, statistics
from silah.figures.report_filter import Sight
from silah.language.localization import locale
from silah.policies import papers
from silah.programme import review_paper
from silah.programme.models import StandingReview
from silah.surveys import results_presenters
from silah.surveys.models import SurveyRound
from silah.visits import papers as visit_paper
from silah.visits.models import Visit
from silah.web.access import Member
from tenants.database import db
from tenants.versions import PolicyVersion

Files = Iterator[tuple[str, bytes]]
LANGUAGES = ("ar", "en")


@dataclass(frozen=True)
class Part:
    """A folder of the pack: what of a period belongs in it, and the files of each such thing.

    ``narrowed`` leaves out what whoever asked may not see.
    """

    folder: str
    rows: Callable[[date, date], Select[Any]]
    make: Callable[[Any], Files]
    each: int = 1
    narrowed: Callable[[Select[Any], Member], Select[Any]] = lambda rows, _member: rows

    def count(self, since: date, until: date, member: Member) -> int:
        """How many files it has."""
        found = self.narrowed(self.rows(since, until), member).order_by(None).with_only_columns(literal(1)).subquery()
        return self.each * (db.session.scalar(select(func.count()).select_from(found)) or 0)

    def files(self, since: date, until: date, member: Member) -> Files:
        """The files, made one after the other."""
        for row in db.session.scalars(self.narrowed(self.rows(since, until), member)).unique().all():
            yield from self.make(row)


@dataclass(frozen=True)
class Statistics:
    """Figures of complaints, of those that whoever asked may see; no complaint and no person is named."""

    folder: str = "complaints"

    def count(self, since: date, until: date, member: Member) -> int:
        """Always one table for each way of counting."""
        return 2

    def files(self, since: date, until: date, member: Member) -> Files:
        """By channel and by branch office."""
        sight = Sight(since, until, "own", COMPLAINT)
        for name, column, names in (
            ("by-channel", Case.channel, presenters.channel_names()),
            ("by-branch", Case.branch_id, presenters.branch_names()),
        ):
            lines = presenters.lines(statistics.by(column, sight, member), names)
            lines.append((_("In all"), statistics.total(sight, member)))
            rows = [
                [key, one.received, one.open, one.overdue, one.answered, presenters.share(one.in_time), one.median]
                for key, one in lines
            ]
            yield f"{name}.xlsx", tables.xlsx(_("Complaints"), heads(), rows, rtl=locale() == "ar")


def heads() -> list[str]:
    """What each column of the figures is called."""
    return [
        _("What is counted"), _("Received"), _("Open"), _("Overdue"), _("Answered"), _("Answered in time"),
        _("Days to the reply (median)"),
    ]  # fmt: skip


def policy_versions(since: date, until: date) -> Select[Any]:
    """The versions that were in force at some time of the period."""
    ended = PolicyVersion.in_force_until
    return (
        select(PolicyVersion)
        .where(PolicyVersion.in_force_from <= until, ended.is_(None) | (ended > since))
        .where(PolicyVersion.state.in_(("in_force", "superseded")))
        .order_by(PolicyVersion.in_force_from)
    )


def meetings(since: date, until: date) -> Select[Any]:
    """The meetings of which minutes were written in the period."""
    written = func.date(func.timezone("Asia/Riyadh", MeetingMinutes.written_at))
    return (
        select(CommitteeMeeting)
        .join(MeetingMinutes, (MeetingMinutes.meeting_id == CommitteeMeeting.id) & (MeetingMinutes.annex == 0))
        .where(written.between(since, until))
        .order_by(CommitteeMeeting.committee, CommitteeMeeting.number)
    )


def open_to(rows: Select[Any], member: Member) -> Select[Any]:
    """Of meetings, those in which no complaint was dealt with that is closed to the member."""
    dealt_with = select(AgendaItem.id).join(Case, Case.id == AgendaItem.case_id)
    return rows.where(~exists(dealt_with.where(AgendaItem.meeting_id == CommitteeMeeting.id, ~countable(member))))


def campaigns(since: date, until: date) -> Select[Any]:
    """The campaigns that ran at some time of the period."""
    ended = func.date(func.timezone("Asia/Riyadh", Campaign.ended_at))
    begun = func.date(func.timezone("Asia/Riyadh", Campaign.begun_at))
    running = Campaign.ended_at.is_(None) | (ended >= since)
    return select(Campaign).where(begun <= until, running).order_by(Campaign.begun_at)


def rounds(since: date, until: date) -> Select[Any]:
    """The rounds of questionnaires that were closed in the period: an open one has no results yet."""
    closed = (SurveyRound.state == "closed") & SurveyRound.closed_on.between(since, until)
    return select(SurveyRound).where(closed).order_by(SurveyRound.closed_on)


def visits(since: date, until: date) -> Select[Any]:
    """The visits that were made in the period."""
    made = (Visit.state == "held") & Visit.held_on.between(since, until)
    loaded = (joinedload(Visit.branch), joinedload(Visit.visitor))
    return select(Visit).where(made).options(*loaded).order_by(Visit.held_on)


def reviews(since: date, until: date) -> Select[Any]:
    """The standing reviews that were held in the period."""
    held = StandingReview.held_on.between(since, until)
    return select(StandingReview).where(held).order_by(StandingReview.held_on)


def policy_files(version: PolicyVersion) -> Files:
    """A version of the policy in both languages."""
    for language in LANGUAGES:
        yield f"{version.in_force_from}-{language}.pdf", papers.policy(version, language)


def minutes_files(meeting: CommitteeMeeting) -> Files:
    """The minutes of a meeting as they were signed."""
    yield f"{meeting.committee}-{meeting.number}.pdf", minutes_paper.paper(meeting, locale())


def campaign_files(campaign: Campaign) -> Files:
    """Who has read or signed."""
    name = f"{day_of(campaign.begun_at)}-{campaign.id}"
    yield f"{name}.csv", acknowledged.table(campaign, coverage.lines(campaign))


def round_files(found: SurveyRound) -> Files:
    """The results of a round, small numbers left out as on its page."""
    yield f"{found.closed_on}-{found.id}.xlsx", results_presenters.table(found, "xlsx")


def visit_files(visit: Visit) -> Files:
    """The report of a visit."""
    yield f"{visit.held_on}-{visit.id}.pdf", visit_paper.report(visit)


def review_files(review: StandingReview) -> Files:
    """A standing review as it was held."""
    yield f"{review.held_on}-{review.instrument}-{review.id}.pdf", review_paper.paper(review)


PARTS: tuple[Any, ...] = (
    Part("policy", policy_versions, policy_files, each=len(LANGUAGES)),
    Part("minutes", meetings, minutes_files, narrowed=open_to),
    Part("acknowledgements", campaigns, campaign_files),
    Part("surveys", rounds, round_files),
    Part("visits", visits, visit_files),
    Part("reviews", reviews, review_files),
    Statistics(),
)
