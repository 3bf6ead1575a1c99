"""What a change of the holidays makes of open referrals, and what follows when their time passes."""

from datetime import date

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.calendars import referral_limits
from silah.calendars.models import MovedCase
from silah.cases import referrals, timeline
from silah.cases.models import Case, Referral
from silah.organisation.models import Membership, Role
from silah.staff import members
from tenants import versions
from tenants.database import db
from tenants.periods import Span
from tenants.policy_rules import ReferUnclear
from tenants.versions import PolicyVersion
from tests.calendars.conftest import OUR_DAY, letters

ROLE = "social_research_officer"
TUESDAY, WEDNESDAY = date(2026, 9, 22), date(2026, 9, 24)


@pytest.fixture
def house(make_house):
    """An association whose referrals are to be answered within eight working days."""
    house = make_house("hayat-arar")
    with house.serve(house.tenant):
        policy = versions.in_force(time.today()).policy
        within = Span(amount=8, unit="working_days")
        steps = [
            step.model_copy(update={"answer_within": within}) if isinstance(step, ReferUnclear) else step
            for step in policy.steps
        ]
        made = PolicyVersion.of(policy.model_copy(update={"steps": tuple(steps)}), at=time.now())
        made.number = "02"
        made.approve(time.today())
        versions.bring_into_force(made, time.today())
        db.session.commit()
    house.browser.post("/admin/calendar/2026/take-over")
    house.staff(house.tenant, ROLE)
    return house


@pytest.fixture
def ask(house):
    """`ask()` refers a fresh case and gives the referral's id."""
    house.staff(house.tenant, "relations_officer")

    def refer():
        with house.serve(house.tenant):
            holder = db.session.scalars(
                select(Membership).where(Membership.roles.any(Role.key == "relations_officer"))
            ).first()
        case_id = house.case()
        with house.serve(house.tenant):
            by = members.at_work(holder.account_id)
            made = referrals.refer(db.session.get_one(Case, case_id), by=by, to_role=ROLE, question="هل يستحق؟")
            db.session.commit()
            return made.id

    return refer


def due(house, referral_id):
    with house.serve(house.tenant):
        return db.session.get_one(Referral, referral_id).due_on


class TestATimeLimit:
    def test_is_counted_in_working_days_past_the_weekend(self, house, ask):
        assert due(house, ask()) == TUESDAY

    def test_moves_with_a_holiday_and_back_and_says_so_on_the_timeline(self, house, ask):
        asked = ask()
        house.do("/admin/calendar/add", **OUR_DAY)
        house.work(kind=referral_limits.REFERRALS)
        assert due(house, asked) == WEDNESDAY
        with house.serve(house.tenant):
            case = db.session.get_one(Referral, asked).case
            line = timeline.entries(case, for_applicant=False)[0]
            assert (line.verb, line.data["dates"]) == (
                "referral_moved",
                {"answer": [TUESDAY.isoformat(), WEDNESDAY.isoformat()]},
            )
            assert "2026" in line.body
            assert timeline.verify(case) == []
            assert timeline.entries(case, for_applicant=True)[0].verb != "referral_moved"
            assert {one.address for one in letters("dates_moved_staff")} >= {
                one.email for one in referrals.asked_of(db.session.get_one(Referral, asked))
            }

    def test_is_shown_before_it_moves_and_listed_in_the_report(self, house, ask):
        ask()
        page = house.preview("/admin/calendar/add?lang=en", **OUR_DAY).text
        assert "1 referral is to be answered by another day." in page
        listed = page.partition("Some of the referrals")[2]
        assert "22 September 2026" in listed
        assert "24 September 2026" in listed
        report = house.do("/admin/calendar/add", **OUR_DAY).location
        house.work(kind=referral_limits.REFERRALS)
        house.work()  # the reckoning of cases keeps what is listed
        page = house.browser.get(f"{report}?lang=en").text
        assert "Answer to a referral: Social-research officer" in page
        assert "1 case got other dates." in page
        with house.serve(house.tenant):
            assert [one.told for one in db.session.scalars(select(MovedCase))] == [True]

    def test_of_several_is_told_by_one_letter_each(self, house, ask):
        for _ in range(3):
            ask()
        house.do("/admin/calendar/add", **OUR_DAY)
        house.work(kind=referral_limits.REFERRALS)
        with house.serve(house.tenant):
            told = [one.address for one in letters("dates_moved_many")]
            assert len(told) == len(set(told)) == 2
            assert letters("dates_moved_staff") == []

    def test_goes_on_in_batches_and_done_again_changes_nothing(self, house, ask, monkeypatch):
        monkeypatch.setattr(referral_limits, "BATCH", 2)
        asked = [ask() for _ in range(5)]
        house.do("/admin/calendar/add", **OUR_DAY)
        assert house.work(kind=referral_limits.REFERRALS) == 3
        assert {due(house, one) for one in asked} == {WEDNESDAY}
        change = house.changes()[-1]
        with house.serve(house.tenant):
            before = len(letters("dates_moved_many"))
            referral_limits.carry_on(db.session.merge(change), None)
            db.session.commit()
            assert len(letters("dates_moved_many")) == before

    def test_that_was_answered_is_left_alone(self, house, ask):
        asked = ask()
        with house.serve(house.tenant):
            db.session.get_one(Referral, asked).ended_at = time.now()
            db.session.get_one(Referral, asked).ending = "withdrawn"
            db.session.commit()
        house.do("/admin/calendar/add", **OUR_DAY)
        house.work(kind=referral_limits.REFERRALS)
        assert due(house, asked) == TUESDAY

    def test_that_passes_is_told_once_to_both_sides(self, house, ask):
        asked = ask()
        house.later(days=13)
        assert house.work(kind=referrals.LATE) == 1
        with house.serve(house.tenant):
            case = db.session.get_one(Referral, asked).case
            assert timeline.entries(case, for_applicant=False)[0].verb == "referral_late"
            assert len({one.address for one in letters("referral_late")}) == 2
        house.later(days=1)
        assert house.work(kind=referrals.LATE) == 0

    def test_that_moved_is_not_late_on_its_first_day(self, house, ask):
        asked = ask()
        house.do("/admin/calendar/add", **OUR_DAY)
        house.work(kind=referral_limits.REFERRALS)
        house.later(days=(TUESDAY - time.today()).days + 1)
        house.work(kind=referrals.LATE)
        with house.serve(house.tenant):
            assert letters("referral_late") == []
        house.later(days=2)
        house.work(kind=referrals.LATE)
        with house.serve(house.tenant):
            assert referrals.is_late(db.session.get_one(Referral, asked))
            assert letters("referral_late")
