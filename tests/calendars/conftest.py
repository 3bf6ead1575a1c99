"""An association that promises working days, its administrator, and cases to move."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.calendars import service
from silah.calendars.models import CalendarChange
from silah.cases import clocks, parties, receipts, references, timeline
from silah.cases.models import Case
from silah.cases.states import State
from silah.jobs import handlers, runner
from silah.notifications.models import OutboxMessage
from silah.organisation.models import Membership
from tenants import versions
from tenants.context import Tenant
from tenants.database import db
from tenants.registry import DueWork

THURSDAY = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
CODE = "K7QF-M2ZD-9RXW"
PERSON = {"name": "نورة", "mobile": "+966550000001", "email": "noura@example.com"}
NATIONAL = {
    "name_ar": "اليوم الوطني",
    "name_en": "National Day",
    "first": "2026-09-23",
    "kind": "public",
    "works": "off",
}

OUR_DAY = {**NATIONAL, "name_ar": "يوم الجمعية", "name_en": "Our day", "first": "2026-09-22", "kind": "own"}
REMOVE = "/admin/calendar/holidays/2026-09-23/remove"


class House:
    """One association on Thursday 10 September 2026, and what is done there."""

    def __init__(self, tenant: Tenant, app: Any, serve: Any, staff: Any, signed_in: Any, clock: Any) -> None:
        self.tenant, self.app, self.serve, self.clock = tenant, app, serve, clock
        self.staff, self.signed_in = staff, signed_in
        self.browser = signed_in(tenant, "administrator")
        self.now = THURSDAY

    def case(self, **fields: Any) -> Any:
        """A complete request, received and complete today; its id."""
        with self.serve(self.tenant):
            case = bare_case(**fields)
            db.session.commit()
            return case.id

    def dates(self, case_id: Any) -> tuple[date | None, date | None, date | None]:
        """Earliest, latest and target of a case."""
        with self.serve(self.tenant):
            case = db.session.get_one(Case, case_id)
            return case.earliest, case.latest, case.target

    def preview(self, path: str, **sent: Any) -> Any:
        """Send a form, and see what would follow."""
        answer = self.browser.post(path, data=sent)
        assert answer.status_code == 200, answer.text
        return answer

    def do(self, path: str, browser: Any = None, seen: int | None = None, **sent: Any) -> Any:
        """Confirm a deed, as the page that saw the last change does."""
        with self.serve(self.tenant):
            seen = service.latest_number() if seen is None else seen
        return (browser or self.browser).post(path, data={**sent, "deed": "confirm", "seen": seen})

    def done(self, path: str, **sent: Any) -> Any:
        """Confirm a deed, and do the work that it owes."""
        answer = self.do(path, **sent)
        assert answer.status_code == 302, answer.text
        assert answer.location.startswith("/admin/calendar/")
        self.work()
        return answer

    def work(self, steps: int = 50, kind: str = service.RECKON) -> int:
        """Do what the calendar owes of a kind and is due, in at most so many steps; says in how many."""
        handlers.load()
        for step in range(steps):
            self.later(microseconds=5)
            with self.serve():
                owed = (DueWork.tenant == self.tenant.role, DueWork.kind == kind, DueWork.done_at.is_(None))
                keys = db.session.scalars(
                    select(DueWork.key).where(*owed, DueWork.due_at <= time.now()).order_by(DueWork.due_at)
                ).all()
            if not keys:
                return step
            with self.app.app_context():
                for key in keys:
                    assert runner.work(self.tenant.role, kind, key)
        return steps

    def later(self, **span: Any) -> None:
        """Let time pass."""
        self.now += timedelta(**span)
        self.clock(self.now)

    def changes(self) -> list[CalendarChange]:
        with self.serve(self.tenant):
            return list(db.session.scalars(select(CalendarChange).order_by(CalendarChange.number)))

    def member(self) -> Any:
        """Somebody of the staff, to hold cases."""
        email, _password = self.staff(self.tenant, "relations_officer")
        with self.serve(self.tenant):
            return db.session.scalars(select(Membership.id).where(Membership.email == email)).one()


def letters(template: str) -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == template)))


def bare_case(**fields: Any) -> Case:
    """A complete request by the website, from somebody with an e-mail."""
    case = Case(
        kind="request",
        reference=references.next_reference("request", time.today()),
        receipt_digest=receipts.digest(CODE),
        version=1,
        state=State.COMPLETE,
        title_ar="طلب",
        title_en="Request",
        channel="website",
        reply_channel="email",
        reply_address="noura@example.com",
        locale="ar",
        relation="self",
        received_at=time.now(),
        completed_on=time.today(),
        head_seq=0,
        head_hash="",
    )
    case.policy_version = versions.in_force(time.today())
    case.beneficiary = parties.make("beneficiary", PERSON)
    for key, value in fields.items():
        setattr(case, key, value)
    db.session.add(case)
    db.session.flush()
    timeline.record(case, "received")
    clocks.set_clock(case)
    return case


@pytest.fixture
def make_house(
    make_association: Any, app: Any, serve: Any, staff: Any, signed_in: Any, clock: Any
) -> Callable[..., House]:
    def make(blueprint: str = "samtah-cooperative") -> House:
        clock(THURSDAY)
        return House(make_association(blueprint), app, serve, staff, signed_in, clock)

    return make


@pytest.fixture
def house(make_house: Callable[..., House]) -> House:
    """The cooperative: not more than 15 working days from completeness."""
    return make_house()


@pytest.fixture
def taken_over(house):
    """The cooperative with the year's holidays as its own."""
    house.browser.post("/admin/calendar/2026/take-over")
    return house
