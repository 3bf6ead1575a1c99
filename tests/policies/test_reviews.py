"""The policy's own review: when it is due, that it is remembered, and "reviewed, no change"."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from silah.jobs import handlers
from silah.jobs.runner import work
from silah.notifications.models import OutboxMessage
from silah.policies import reviews, service
from tenants.database import db


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2026, 9, 7), 12, date(2027, 9, 7)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2027, 10, 31), 4, date(2028, 2, 29)),
    ],
)
def test_months_later(day: date, months: int, due: date) -> None:
    assert reviews.later(day, months) == due


class TestReview:
    @pytest.fixture
    def place(self, chancery: Any) -> Any:
        place = chancery("madinah-centers")
        with place.serve():
            version = service.get(place.in_force())
            review = version.policy.review.model_copy(update={"every_months": 12})
            service.keep(version, version.policy.model_copy(update={"review": review}))
            version.in_force_from = date(2026, 9, 7)
            reviews.plan(version)
            db.session.commit()
        return place

    def told(self, place: Any) -> list[str]:
        with place.serve():
            rows = select(OutboxMessage.address).where(OutboxMessage.template == "policy_review")
            return list(db.session.scalars(rows))

    def test_is_remembered_before_it_is_due_and_each_month_after(self, place: Any, clock: Any, app: Any) -> None:
        handlers.load()
        place.desk("secretary_general")
        key = str(place.in_force())
        clock(datetime(2027, 8, 8, 6, tzinfo=UTC))
        with app.app_context():
            assert work(place.tenant.role, reviews.REVIEW, key)
            first = len(self.told(place))
            assert first
            assert not work(place.tenant.role, reviews.REVIEW, key)
            clock(datetime(2027, 9, 8, 6, tzinfo=UTC))
            assert work(place.tenant.role, reviews.REVIEW, key)
        assert len(self.told(place)) == 2 * first

    def test_without_change_is_on_record_and_moves_the_next(self, place: Any) -> None:
        version = place.in_force()
        answer = place.desk("secretary_general").post(f"/admin/policy/{version}/unchanged", data={"note": "راجعناها"})
        assert answer.status_code == 302
        page = place.desk().get(f"/admin/policy/{version}").text
        assert "راجعناها" in page
        with place.serve():
            assert reviews.due_on(service.get(version)) == date(2027, 9, 7)
        assert "2027" in place.desk().get("/admin/policy?lang=en").text

    def test_is_recorded_by_those_who_approve(self, place: Any) -> None:
        assert place.desk("relations_officer").post(f"/admin/policy/{place.in_force()}/unchanged").status_code == 403
