"""A reply scheduled for its day: it goes out by itself, once, and only if all that was so still is."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from silah import clock
from silah.cases import timeline
from silah.cases.errors import NotLegal
from silah.cases.states import State
from silah.cases.workflow import list_possible, perform
from silah.errors import Forbidden
from silah.intake import scheduling
from silah.intake.facts import decision_of, waiting_reply
from silah.intake.models import ScheduledReply
from silah.jobs import handlers
from silah.notifications.models import OutboxMessage
from tenants.database import db
from tenants.registry import DueWork
from tests.committees.conftest import later


def owed(case: Any) -> DueWork:
    rows = select(DueWork).where(DueWork.kind == scheduling.SEND, DueWork.key == str(case.id))
    return db.session.scalars(rows.execution_options(populate_existing=True)).one()


def comes_due(case: Any) -> None:
    """Let the worker do what is owed."""
    handlers.load()
    handlers.handler_of(scheduling.SEND)(str(case.id), {})
    db.session.flush()


def told(case: Any, template: str) -> int:
    rows = select(func.count()).where(OutboxMessage.case_id == case.id, OutboxMessage.template == template)
    return db.session.scalar(rows) or 0


def schedules(case: Any) -> list[ScheduledReply]:
    return list(db.session.scalars(select(ScheduledReply).where(ScheduledReply.case_id == case.id)))


@pytest.fixture
def case(madinah: Any) -> Any:
    made = madinah.decided()
    perform(made, "schedule", madinah.member("relations_officer"))
    return made


class TestBeforeItsDay:
    def test_sending_is_offered_to_nobody_but_those_who_may_with_a_reason(self, madinah: Any) -> None:
        case = madinah.decided()
        offered = {one.key for one in list_possible(case, madinah.member("relations_officer"))}
        assert "release" not in offered
        assert "schedule" in offered
        assert "release" in {one.key for one in list_possible(case, madinah.member("research_committee_chair"))}
        with later(20):
            offered = {one.key for one in list_possible(case, madinah.member("relations_officer"))}
        assert "release" in offered
        assert "schedule" not in offered

    def test_it_is_owed_for_the_morning_of_the_earliest_day(self, case: Any) -> None:
        due = owed(case).due_at.astimezone(clock.RIYADH)
        assert (due.date(), due.hour) == (case.earliest, 8)
        assert schedules(case)[0].due_on == case.earliest

    def test_it_is_scheduled_once_and_can_be_cancelled(self, madinah: Any, case: Any) -> None:
        officer = madinah.member("relations_officer")
        with pytest.raises(NotLegal):
            perform(case, "schedule", officer)
        perform(case, "unschedule", officer)
        assert owed(case).done_at is not None
        with later(20):
            comes_due(case)
        assert (case.state, told(case, "replied")) == (State.DECIDED, 0)
        perform(case, "schedule", officer)
        assert owed(case).done_at is None
        assert [line.verb for line in timeline.entries(case, for_applicant=True)].count("reply_scheduled") == 0

    def test_who_may_not_send_may_not_schedule(self, madinah: Any) -> None:
        with pytest.raises(Forbidden):
            perform(madinah.decided(), "schedule", madinah.member("social_research_officer"))


class TestOnItsDay:
    def test_it_goes_out_once_in_the_name_of_who_scheduled_it(self, madinah: Any, case: Any) -> None:
        with later(20):
            comes_due(case)
            comes_due(case)
        decision = decision_of(case)
        assert decision is not None
        assert (case.state, decision.released_by) == (State.REPLIED, madinah.member("relations_officer").id)
        assert told(case, "replied") == 1
        assert schedules(case)[0].state == "sent"

    def test_sent_by_hand_before_it_is_not_sent_again(self, madinah: Any, case: Any) -> None:
        perform(case, "release", madinah.member("research_committee_chair"), {"early_reason": "حالة طارئة"})
        assert owed(case).done_at is not None
        with later(20):
            comes_due(case)
        assert told(case, "replied") == 1

    def test_a_request_withdrawn_meanwhile_gets_none(self, case: Any) -> None:
        perform(case, "withdraw", None, {"reason": "رغبة مقدم الطلب"})
        with later(20):
            comes_due(case)
        assert told(case, "replied") == 0
        assert schedules(case)[0].state == "cancelled"

    def test_an_earliest_day_that_moved_is_waited_for(self, case: Any) -> None:
        case.received_at += timedelta(days=30)
        case.completed_on += timedelta(days=30)
        db.session.flush()
        with later(20):
            comes_due(case)
        assert [(one.state, one.why) for one in schedules(case)] == [("waiting", None)]
        waiting = waiting_reply(case)
        assert waiting is not None
        assert (case.state, told(case, "replied")) == (State.DECIDED, 0)
        assert owed(case).due_at.astimezone(clock.RIYADH).date() == waiting.due_on
        assert waiting.due_on > clock.today() + timedelta(days=20)

    @pytest.mark.parametrize("how", ["suspended", "role taken", "no permission"])
    def test_who_may_no_longer_send_sends_nothing_and_it_is_said(self, madinah: Any, case: Any, how: str) -> None:
        person = madinah.membership("relations_officer")
        if how == "suspended":
            person.state = "suspended"
        elif how == "role taken":
            person.roles = []
        else:
            kept = [one for one in person.roles[0].permissions if one != "release_replies"]
            person.roles[0].permissions = kept
        db.session.flush()
        with later(20):
            comes_due(case)
        assert (case.state, told(case, "replied")) == (State.DECIDED, 0)
        found = scheduling.latest_schedule(case)
        assert found is not None
        assert (found.state, found.why) == ("stopped", "not_allowed")
        assert timeline.entries(case, for_applicant=False)[0].verb == "reply_stopped"
        assert told(case, "reply_stopped") == (0 if how == "suspended" else 1)

    def test_a_case_that_is_gone_is_left_alone(self, madinah: Any) -> None:
        handlers.load()
        handlers.handler_of(scheduling.SEND)("00000000-0000-4000-8000-000000000000", {})
