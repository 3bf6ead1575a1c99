"""Disputes and claims in a real association: the complaints' office, with a committee that investigates."""

import base64
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from silah import clock as time
from silah.cases.models import Case
from silah.cases.workflow import perform
from silah.committees import agenda, ballots, meetings, minutes_writing, motions, scheduling, signing
from silah.committees import seats as seating
from silah.committees.ballots import Cast
from silah.committees.models import CommitteeMeeting
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.notifications.models import OutboxMessage
from silah.settlements import claims, rules
from silah.settlements.claims import Told
from silah.settlements.models import COMPENSATION, DISPUTE, SettlementOffer
from silah.settlements.offers import Draft, Promise
from silah.web.access import Member
from tenants.context import Tenant, serving
from tenants.database import db
from tenants.registry import DueWork
from tests.complaints.conftest import MONDAY, PERSON, Office
from tests.small_files import small_pdf

BODY = "investigation_committee"
PDF = small_pdf()
LIMITS = {"management": Decimal("5000.00"), "secretary_general": Decimal("50000.00")}


def drawn() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 20), "navy").save(out, "PNG")
    return out.getvalue()


def owed(kind: str, key: Any) -> Any:
    rows = select(DueWork.due_at).where(DueWork.kind == kind, DueWork.key == str(key), DueWork.done_at.is_(None))
    return db.session.scalar(rows)


class House(Office):
    """The office, with those who negotiate and those who may bind the association."""

    def __init__(self, tenant: Tenant) -> None:
        super().__init__(tenant)
        self.chair = self.member("follow_up_committee_chair")
        self.head = self.member("secretary_general")
        self.manager = self.member("management")
        self.limit()

    def limit(self, **changes: Any) -> None:
        rules.save(rules.SettlementRules(**{"limits": LIMITS, **changes}))

    def dispute(self) -> Case:
        """A dispute out of an answered complaint."""
        parent = self.answered(self.chair)
        return claims.out_of(parent, DISPUTE, Told("لم تُعوَّض السلة التالفة", "سلة بديلة"), by=self.chair)

    def claim(self, claimed: str | None = "3000.00") -> Case:
        told = Told("تلف جهاز التكييف عند التركيب", claimed=Decimal(claimed) if claimed else None, person=PERSON)
        return claims.receive(COMPENSATION, told, by=None, channel="website").case

    def proven(self, **options: Any) -> Case:
        """A claim with a court judgment."""
        case = self.claim(**options)
        self.judged(case)
        return case

    def judged(self, case: Case) -> None:
        perform(
            case,
            "ground",
            self.head,
            {
                "ground": "judgment",
                "issued_by": "المحكمة العامة",
                "number": "4471",
                "dated": time.today(),
                "file": self.file("judgment"),
            },
        )

    def file(self, purpose: str) -> StoredFile:
        return documents.keep(PDF, f"{purpose}.pdf", purpose="settlement")

    def draft(self, amount: str | None = None, days: int = 10, promises: Any = ()) -> Draft:
        return Draft("سلة بديلة وزيارة اعتذار", Decimal(amount) if amount else None, self.day(days), promises)

    def offered(self, case: Case, amount: str | None = None, by: Member | None = None, **more: Any) -> SettlementOffer:
        """An offer of the association."""
        return perform(case, "offer", by or self.chair_of(case), {"draft": self.draft(amount, **more)})

    def chair_of(self, case: Case) -> Member:
        return self.chair if case.kind == DISPUTE else self.head

    def countered(self, case: Case, amount: str | None = None) -> SettlementOffer:
        """An offer of the beneficiary."""
        return perform(case, "counter_offer", None, {"draft": self.draft(amount)})

    def day(self, days: int) -> date:
        return time.today() + timedelta(days=days)

    def promised(self, days: int = 7, side: str = "association") -> tuple[Promise, ...]:
        return (Promise(side, "تسليم سلة بديلة", self.day(days)),)

    def agreed(self, case: Case, offer: SettlementOffer) -> None:
        """Both accept."""
        perform(case, "accept_offer", None, {"offer_id": offer.id})
        perform(case, "accept", self.manager if offer.amount is None else self.other(offer), {"offer_id": offer.id})

    def other(self, offer: SettlementOffer) -> Member:
        return self.head if offer.made_by != self.head.id else self.manager

    def told(self, case: Case, template: str) -> int:
        rows = select(OutboxMessage).where(OutboxMessage.case_id == case.id, OutboxMessage.template == template)
        return len(db.session.scalars(rows).all())

    def committee(self) -> None:
        """Name the committee's chair, two members and secretary."""
        self.seated: dict[str, Member] = {}
        for key, position in (("chair", "chair"), ("first", "member"), ("second", "member"), ("clerk", "secretary")):
            person = self.person(f"{BODY}_{position}")
            self.seated[key] = self.member(person)
            votes = position != "secretary"
            seating.name(BODY, person, position=position, votes=votes, since=time.today(), until=None)

    def stated(self, case: Case) -> None:
        said = {"harm": "تلف الجهاز", "size": "ثلاثة آلاف ريال", "causes": "خطأ في التركيب"}
        perform(case, "harm", self.seated["chair"], {**said})

    def session(self, case: Case) -> CommitteeMeeting:
        """A meeting in session, with everybody there and the claim on its agenda."""
        by = self.seated["clerk"]
        made = scheduling.call(BODY, by=by, called_for=time.now(), location="القاعة")
        agenda.add(made, [case.id], by=by, seen=made.version)
        here = {one.id: "present" for one in self.seated.values()}
        meetings.record_attendance(made, here, by=by, seen=made.version)
        meetings.start(made, by=by, seen=made.version)
        return made

    def decided(self, meeting: CommitteeMeeting, choice: str = "for", refusal: str = "") -> None:
        """All vote on acknowledging the harm; with ``refusal`` on the opposite motion, for that reason."""
        by, item = self.seated["clerk"], meetings.items(meeting)[0]
        if refusal:
            motions.put_motion(item, by=by, outcome="rejected", reasons=refusal, seen=meeting.version)
        cast = {self.seated[key].id: Cast(choice) for key in ("chair", "first", "second")}
        ballots.record(item, cast, by=by, seen=meeting.version)
        ballots.conclude(item, by=by, seen=meeting.version)

    def closed(self, meeting: CommitteeMeeting) -> None:
        minutes_writing.close(meeting, by=self.seated["clerk"], seen=meeting.version)

    def signed(self, meeting: CommitteeMeeting, *keys: str) -> None:
        picture = "data:image/png;base64," + base64.b64encode(drawn()).decode()
        for key in keys or tuple(self.seated):
            signing.sign(meeting, picture, by=self.seated[key])


@pytest.fixture(scope="session")
def coop(make_association: Any) -> Tenant:
    found: Tenant = make_association(blueprint="samtah-cooperative")
    return found


@pytest.fixture
def house(serve: Any, coop: Tenant) -> Iterator[House]:
    """The association on a Monday; nothing is committed."""
    with serve(coop), time.at(MONDAY):
        yield House(coop)
        db.session.rollback()


TYPED = {key: value for key, value in PERSON.items() if value} | {"branch": ""}
CHAIR, HEAD = "follow_up_committee_chair", "secretary_general"
OFFER = {"terms": "سلة بديلة وزيارة اعتذار", "amount": "١٢٠٠٫٥٠", "expires_on": "2099-01-01"}


@pytest.fixture(scope="module")
def home(app: Any, make_association: Any) -> Tenant:
    tenant: Tenant = make_association(blueprint="samtah-cooperative")
    with app.app_context(), serving(tenant):
        rules.save(rules.SettlementRules(limits=LIMITS))
        db.session.commit()
    return tenant


@pytest.fixture
def begun(serve, home):
    """A dispute, or a claim, of somebody with an e-mail: its id and receipt code."""

    def make(kind=DISPUTE, judged=False):
        with serve(home):
            made = claims.receive(kind, Told("تلفت السلة", person=PERSON), by=None, channel="website")
            if judged:
                House(home).judged(made.case)
            db.session.commit()
            return made.case.id, made.case.reference, made.receipt_code

    return make


def soon(days=40):
    return (time.today() + timedelta(days=days)).isoformat()


def offer(**changes):
    return {**OFFER, "expires_on": soon(9), **changes}


def following(browser, reference, code):
    answer = browser.post("/follow", data={"reference": reference, "code": code})
    assert answer.status_code == 302, answer.text
    return answer.location


def sent_code(serve, home, case_id):
    """The one-time code that was sent last."""
    with serve(home):
        rows = select(OutboxMessage).where(OutboxMessage.case_id == case_id, OutboxMessage.template == "code")
        body = db.session.scalars(rows.order_by(OutboxMessage.created_at.desc())).first().body
        return re.search(r"\b(\d{6})\b", body)[1]
