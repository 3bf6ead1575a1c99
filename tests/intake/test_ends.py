"""How requests end: closed, withdrawn, and opened again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases.errors import NotLegal
from silah.cases.models import Case
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.errors import Invalid
from silah.notifications.models import OutboxMessage
from tenants.database import db


def later(days: float):
    return clock.at(clock.now() + timedelta(days=days))


def told(case: Case) -> list[str]:
    return list(db.session.scalars(select(OutboxMessage.template).where(OutboxMessage.case_id == case.id)))


class TestEnds:
    def test_an_illegal_move_says_why(self, madinah):
        with pytest.raises(NotLegal) as refused:
            perform(madinah.case(), "close", madinah.member("relations_officer"))
        assert str(refused.value)

    def test_an_accepted_request_is_closed_after_delivery(self, madinah):
        case = madinah.decided()
        with later(20):
            perform(case, "release", madinah.member("research_committee_chair"))
        with pytest.raises(NotLegal):
            perform(case, "close", madinah.member("relations_officer"))

    def test_the_applicant_withdraws_until_the_reply(self, madinah):
        case = madinah.under_study()
        perform(case, "withdraw", None, {"reason": "لم أعد بحاجة"})
        assert case.state is State.WITHDRAWN
        assert case.closed_at is not None

    def test_after_the_reply_there_is_nothing_to_withdraw(self, samtah):
        case = samtah.decided()
        perform(case, "release", samtah.member("competent_committee_chair"))
        with pytest.raises(NotLegal):
            perform(case, "withdraw", None, {"reason": ""})

    def test_a_reopened_case_is_decided_anew_and_its_clock_starts_anew(self, samtah):
        case = samtah.decided("rejected")
        perform(case, "release", samtah.member("competent_committee_chair"))
        perform(case, "close", samtah.member("relations_officer"))
        boss = samtah.member("management")
        with clock.at(datetime(2026, 10, 4, 9, tzinfo=UTC)):
            with pytest.raises(Invalid):
                perform(case, "reopen", boss, {"reason": " "})
            perform(case, "reopen", boss, {"reason": "وثيقة جديدة"})
            assert (case.state, case.closed_at, case.replied_at) == (State.COMPLETE, None, None)
            assert case.completed_on == date(2026, 10, 4)
            assert case.latest > date(2026, 10, 20)
            perform(case, "send", samtah.member("relations_officer"))
        assert "reopened" in told(case)

    def test_a_withdrawn_request_that_still_owes_something_waits_for_it_again(self, madinah):
        case = madinah.case(complete=False)
        perform(case, "withdraw", None, {"reason": ""})
        perform(case, "reopen", madinah.member("management"), {"reason": "طلب مقدم الطلب"})
        assert case.state is State.INCOMPLETE
