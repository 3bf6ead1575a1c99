"""Which version was in force when, and the association's calendar, on the real database."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from tenants.blueprints import load
from tenants.database import db
from tenants.policy import Policy
from tenants.versions import Holiday, NoPolicyInForce, NotApproved, PolicyVersion, bring_into_force, calendar, in_force

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
FIRST, SECOND = date(2026, 2, 1), date(2026, 6, 1)


@pytest.fixture
def served(serve, association):
    """The association served, without the version it was made with; nothing is kept."""
    with serve(association):
        db.session.execute(delete(PolicyVersion))
        yield
        db.session.rollback()


def version(name: str = "madinah-centers") -> PolicyVersion:
    made = PolicyVersion.of(load(name).policy, at=NOON, blueprint=name)
    db.session.add(made)
    db.session.flush()
    return made


def standing(name: str, on: date) -> PolicyVersion:
    made = version(name)
    made.approve(on)
    bring_into_force(made, on)
    return made


@pytest.mark.usefixtures("served")
class TestInForce:
    def test_before_the_first_version_there_is_none(self):
        standing("madinah-centers", FIRST)
        with pytest.raises(NoPolicyInForce, match="2026-01-31"):
            in_force(date(2026, 1, 31))

    def test_it_stands_from_its_day_on(self):
        first = standing("madinah-centers", FIRST)
        assert in_force(FIRST) is first
        assert in_force(date(2030, 1, 1)) is first

    def test_the_next_one_ends_it_on_the_day_it_begins(self):
        first, second = standing("madinah-centers", FIRST), standing("samtah-cooperative", SECOND)
        assert in_force(date(2026, 5, 31)) is first
        assert in_force(SECOND) is second
        assert (first.state, first.in_force_until) == ("superseded", SECOND)

    def test_two_of_one_day_leave_the_later(self):
        standing("madinah-centers", FIRST)
        second = standing("samtah-cooperative", FIRST)
        assert in_force(FIRST) is second

    def test_bringing_it_into_force_again_changes_nothing(self):
        first = standing("madinah-centers", FIRST)
        bring_into_force(first, SECOND)
        assert first.in_force_from == FIRST

    def test_a_draft_cannot_come_into_force(self):
        with pytest.raises(NotApproved, match="draft"):
            bring_into_force(version(), FIRST)

    def test_a_superseded_version_cannot_return(self):
        first = standing("madinah-centers", FIRST)
        standing("samtah-cooperative", SECOND)
        with pytest.raises(NotApproved, match="superseded"):
            bring_into_force(first, SECOND)

    def test_only_a_draft_is_approved(self):
        with pytest.raises(NotApproved):
            standing("madinah-centers", FIRST).approve(SECOND)

    def test_the_database_holds_no_two_in_force(self):
        standing("madinah-centers", FIRST)
        other = version()
        other.state = "in_force"
        with pytest.raises(IntegrityError):
            db.session.flush()


@pytest.mark.usefixtures("served")
class TestItsDocument:
    def test_the_policy_is_read_back_as_it_was(self):
        kept = standing("samtah-cooperative", FIRST).id
        db.session.expire_all()
        assert db.session.get(PolicyVersion, kept).policy == load("samtah-cooperative").policy

    def test_a_draft_that_changes_is_read_anew(self):
        draft = version()
        assert draft.policy.outcome == "accept_or_reject"
        draft.document = {**draft.document, "outcome": "reply"}
        assert draft.policy.outcome == "reply"

    def test_numbers_and_dates_come_from_the_papers_own(self):
        made = version()
        assert (made.number, made.prepared_on, made.approved_on) == ("01", date(2021, 11, 18), date(2021, 11, 21))
        assert version("nobough-talents").approved_on == date(2024, 3, 11)


@pytest.mark.usefixtures("served")
class TestCalendar:
    policy: Policy = load("samtah-cooperative").policy

    def test_without_edits_it_is_the_weekend_and_public_holidays(self):
        plain = calendar(self.policy)
        assert not plain.works(date(2026, 9, 23))
        assert not plain.works(date(2026, 9, 25))
        assert plain.works(date(2026, 9, 24))

    def test_a_day_of_ones_own_is_off_and_named(self):
        db.session.add(Holiday(date=date(2026, 9, 24), name_ar="يوم الجمعية", name_en="Association's day"))
        db.session.flush()
        assert calendar(self.policy).off(date(2026, 9, 24)).name.en == "Association's day"

    def test_a_holiday_can_be_worked(self):
        day = Holiday(date=date(2026, 9, 23), name_ar="عمل", name_en="Work", kind="public", working=True)
        db.session.add(day)
        db.session.flush()
        assert calendar(self.policy).works(date(2026, 9, 23))
