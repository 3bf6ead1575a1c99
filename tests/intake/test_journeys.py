"""A request from the portal to its end, as each kind of policy has it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases import timeline
from silah.cases.states import State
from silah.cases.workflow import list_possible, perform
from silah.errors import Forbidden
from silah.intake import attestations
from silah.intake.errors import TooEarly
from silah.notifications.models import OutboxMessage
from tenants.database import db


def later(days: int) -> Any:
    return clock.at(clock.now() + timedelta(days=days))


def told(case: Any) -> list[str]:
    rows = select(OutboxMessage.template).where(OutboxMessage.case_id == case.id).order_by(OutboxMessage.created_at)
    return list(db.session.scalars(rows))


class TestUnderAFloor:
    @pytest.mark.parametrize("name", ["madinah-centers", "hayat-arar", "nobough-talents"])
    def test_a_request_is_received_checked_attested_studied_decided_released_and_delivered(self, at, name):
        with at(name) as place:
            self.whole_way(place)

    def whole_way(self, place):
        case = place.decided()
        with later(20):
            perform(case, "release", place.member("research_committee_chair"))
            officer = place.member("relations_officer")
            perform(case, "register", officer, {"note": ""})
            perform(case, "deliver", officer, {"what": "سلة غذائية", "on": clock.today()})
            perform(case, "confirm", None, {"how": "page"})
            perform(case, "close", officer)
        assert case.state is State.CLOSED
        assert place.verbs(case) == [
            "received", "complete", "attested", "sent_for_study", "recommended", "decided",
            "released", "registered", "delivered", "confirmed", "closed",
        ]  # fmt: skip
        assert timeline.verify(case) == []
        assert {"received", "complete", "replied", "registered", "delivered", "closed"} <= set(told(case))

    def test_a_reply_before_the_earliest_date_is_refused(self, madinah):
        case = madinah.decided()
        assert case.earliest == date(2026, 9, 21)
        with pytest.raises(TooEarly):
            perform(case, "release", madinah.member("relations_officer"))
        assert case.state is State.DECIDED

    def test_who_may_releases_early_with_a_recorded_reason(self, madinah):
        case = madinah.decided()
        chair = madinah.member("research_committee_chair")
        with pytest.raises(TooEarly):
            perform(case, "release", chair, {"early_reason": "  "})
        decision = perform(case, "release", chair, {"early_reason": "حالة طارئة"})
        assert decision.early_reason == "حالة طارئة"
        assert madinah.verbs(case)[-1] == "released_early"

    def test_only_the_committee_decides(self, madinah):
        case = madinah.under_study()
        with pytest.raises(Forbidden):
            perform(case, "decide", madinah.member("management"), {"outcome": "accepted", "reasons": "س"})

    def test_a_rejected_request_is_closed_without_delivery(self, madinah):
        case = madinah.decided("rejected")
        with later(20):
            perform(case, "release", madinah.member("research_committee_chair"))
        officer = madinah.member("relations_officer")
        assert "deliver" not in {move.key for move in list_possible(case, officer)}
        perform(case, "close", officer)
        assert case.state is State.CLOSED


class TestUnderManagement:
    def test_management_decides_without_attestation_or_recommendation_and_replies(self, tamkeen):
        case = tamkeen.decided()
        assert "recommended" not in tamkeen.verbs(case)
        assert attestations.standing(case) is None
        with later(10):
            perform(case, "release", tamkeen.member("management"))
            perform(case, "deliver", tamkeen.member("relations_officer"), {"what": "ماكينة", "on": clock.today()})
        assert case.state is State.DELIVERED


class TestUnderACeiling:
    def test_it_is_complete_when_received_and_due_fifteen_working_days_later(self, samtah):
        case = samtah.case()
        assert case.state is State.COMPLETE
        assert case.completed_on == date(2026, 9, 7)
        assert (case.earliest, case.latest) == (None, date(2026, 9, 29))

    def test_the_beneficiary_attests_the_committee_decides_and_news_goes_out_at_once(self, samtah):
        case = samtah.decided()
        perform(case, "release", samtah.member("competent_committee_chair"))
        perform(case, "close", samtah.member("relations_officer"))
        assert case.state is State.CLOSED

    def test_the_reply_carries_the_letter_by_the_agreed_means(self, samtah):
        case = samtah.decided()
        decision = perform(case, "release", samtah.member("competent_committee_chair"))
        message = db.session.scalars(
            select(OutboxMessage).where(OutboxMessage.case_id == case.id, OutboxMessage.template == "replied")
        ).one()
        assert message.means == "email"
        assert message.attachments == [str(decision.letter_id)]
