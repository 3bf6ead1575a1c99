"""The clock of a case, its words, and what is owed when a date passes."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from silah import clock
from silah.cases import clocks, timeline
from silah.cases.jobs import overdue, target
from silah.cases.models import Case
from silah.cases.states import State
from silah.jobs import handlers, runner
from silah.notifications.models import OutboxMessage
from silah.organisation.models import Membership
from tenants.database import db
from tenants.registry import DueWork

COMPLETE = date(2026, 9, 10)


def owed(tenant, kind, case):
    row = select(DueWork).where(DueWork.tenant == tenant.role, DueWork.kind == kind, DueWork.key == str(case.id))
    return db.session.scalars(row.execution_options(populate_existing=True)).one_or_none()


def addresses(case, template="overdue"):
    rows = select(OutboxMessage).where(OutboxMessage.case_id == case.id, OutboxMessage.template == template)
    return [one.address for one in db.session.scalars(rows)]


@pytest.fixture
def samtah(at):
    with at("samtah-cooperative") as tenant:
        yield tenant


def under_a_ceiling(new_case):
    case = new_case(state=State.COMPLETE, completed_on=COMPLETE)
    clocks.set_clock(case)
    return case


class TestClock:
    def test_a_floor_gives_an_earliest_day_and_is_never_overdue(self, here, new_case):
        case = new_case()
        assert (case.earliest, case.latest) == (date(2026, 9, 21), None)
        assert not clocks.is_overdue(case, date(2027, 9, 21))
        assert owed(here, clocks.OVERDUE, case) is None

    def test_a_ceiling_runs_from_completeness(self, samtah, new_case):
        case = new_case()
        assert case.latest is None
        case.completed_on, case.state = COMPLETE, State.COMPLETE
        clocks.set_clock(case)
        assert case.latest == date(2026, 10, 4)
        assert owed(samtah, clocks.OVERDUE, case).due_at == datetime(2026, 10, 5, 5, tzinfo=UTC)

    def test_what_is_owed_moves_with_the_date_and_ends_with_the_reply(self, samtah, new_case):
        case = under_a_ceiling(new_case)
        case.completed_on = COMPLETE + timedelta(days=3)
        clocks.set_clock(case)
        assert owed(samtah, clocks.OVERDUE, case).due_at.date() == case.latest + timedelta(days=1)
        clocks.stop(case)
        assert owed(samtah, clocks.OVERDUE, case).done_at is not None

    @pytest.mark.parametrize(
        ("when", "words"),
        [
            (datetime(2026, 9, 29, 9, tzinfo=UTC), "3 working days left"),
            (datetime(2026, 10, 4, 9, tzinfo=UTC), "Due today"),
            (datetime(2026, 10, 6, 9, tzinfo=UTC), "Overdue by 2 working days"),
        ],
    )
    def test_the_words_of_a_ceiling(self, samtah, new_case, when, words):
        case = under_a_ceiling(new_case)
        with clock.at(when), force_locale("en"):
            assert clocks.describe_clock(case) == words

    def test_the_words_of_a_floor(self, here, new_case):
        case = new_case()
        with force_locale("en"):
            assert clocks.describe_clock(case).startswith("Earliest 21 September")
            with clock.at(clock.now() + timedelta(days=30)):
                assert clocks.describe_clock(case).startswith("May be answered since")
            case.state = State.CLOSED
            assert clocks.describe_clock(case) == ""

    def test_a_page_of_cases_reads_the_calendar_once(self, samtah, new_case, queries):
        cases = [under_a_ceiling(new_case) for _ in range(4)]
        db.session.info.pop("silah_calendars")
        with queries() as sent:
            for case in cases:
                clocks.describe_clock(case)
        assert len(sent) <= 2


class TestOverdue:
    def test_tells_the_holder_first_and_a_day_later_those_who_oversee(self, samtah, new_case, new_member):
        case, officer = under_a_ceiling(new_case), new_member("relations_officer")
        boss = db.session.get_one(Membership, new_member("senior_management").id)
        case.holder = db.session.get_one(Membership, officer.id)
        db.session.flush()
        with clock.at(datetime(2026, 10, 5, 6, tzinfo=UTC)):
            overdue(str(case.id), owed(samtah, clocks.OVERDUE, case).payload)
            assert addresses(case) == [case.holder.email]
            again = owed(samtah, clocks.OVERDUE, case)
            assert again.due_at == clock.now() + timedelta(days=1)
        with clock.at(datetime(2026, 10, 6, 6, tzinfo=UTC)):
            overdue(str(case.id), again.payload)
        assert boss.email in addresses(case)
        assert [line.verb for line in timeline.entries(case, for_applicant=False)][:2] == ["escalated", "overdue"]
        assert [line.verb for line in timeline.entries(case, for_applicant=True)] == ["received"]

    def test_leaves_an_answered_case_and_a_moved_date_alone(self, samtah, new_case):
        case = under_a_ceiling(new_case)
        payload = owed(samtah, clocks.OVERDUE, case).payload
        with clock.at(datetime(2026, 10, 5, 6, tzinfo=UTC)):
            case.state = State.REPLIED
            overdue(str(case.id), payload)
            case.state, case.latest = State.UNDER_STUDY, date(2026, 10, 12)
            db.session.flush()
            overdue(str(case.id), payload)
        assert addresses(case) == []

    def test_of_a_case_that_nobody_holds_tells_those_who_assign(self, samtah, new_case, new_member):
        case, officer = under_a_ceiling(new_case), new_member("relations_officer")
        with clock.at(datetime(2026, 10, 5, 6, tzinfo=UTC)):
            overdue(str(case.id), owed(samtah, clocks.OVERDUE, case).payload)
        assert db.session.get_one(Membership, officer.id).email in addresses(case)

    def test_done_by_the_worker_twice_tells_once(self, app, at, new_case):
        handlers.load()
        with at("samtah-cooperative") as tenant:
            case = under_a_ceiling(new_case)
            db.session.commit()
            key = str(case.id)
        with clock.at(datetime(2026, 10, 5, 6, tzinfo=UTC)), app.app_context():
            assert runner.work(tenant.role, clocks.OVERDUE, key)
            assert not runner.work(tenant.role, clocks.OVERDUE, key)
        with at("samtah-cooperative"):
            verbs = [line.verb for line in timeline.entries(db.session.get_one(Case, UUID(key)), for_applicant=False)]
            assert verbs.count("overdue") == 1


class TestTarget:
    def test_is_a_matter_for_staff_only(self, here, new_case, new_member):
        case, officer = new_case(), new_member("relations_officer")
        case.holder = db.session.get_one(Membership, officer.id)
        case.target = date(2026, 9, 10)
        db.session.flush()
        with clock.at(datetime(2026, 9, 11, 6, tzinfo=UTC)):
            target(str(case.id), {"day": "2026-09-10"})
        assert addresses(case, "target") == [case.holder.email]
        assert [line.verb for line in timeline.entries(case, for_applicant=True)] == ["received"]
