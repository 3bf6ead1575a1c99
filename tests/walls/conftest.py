"""Two associations for the whole session: one with a month of work to be attacked, and the one attacked from."""

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from silah import clock
from silah.cases import receipts
from silah.cases.models import Case
from silah.cases.states import State
from silah.committees.models import AgendaItem, CommitteeMeeting, CommitteeSeat
from silah.complaints import inquiries, public_answers, receiving
from silah.complaints.models import LiaisonArea
from silah.corrective.models import CorrectiveAction
from silah.demo import data, people
from silah.documents import service as documents
from silah.figures import exports as figures
from silah.figures.report_filter import Sight
from silah.intake import draft_session, drafts, request_catalogue
from silah.library import service as library
from silah.onboarding import setup
from silah.organisation.models import PendingGrant, Role
from silah.programme import evidence
from silah.programme.models import EvidencePack
from silah.surveys import questionnaires, responses, rounds
from silah.surveys.audience import Audience
from silah.surveys.definition import Question
from silah.web.access import Member, Permission
from tenants import blueprints
from tenants.context import Tenant, serving
from tenants.database import db
from tenants.texts import Text
from tests.conftest import BASE
from tests.walls import catalogue

BODY = "research_committee"
BESIDE: dict[str, dict[str, Any]] = {
    "CalendarChange": {"number": 1, "year": 2026, "deed": "added"},
    "Department": {"name_ar": "إدارة الجدران", "name_en": "Department of walls"},
}
"""What the demo's month does not make, by model, with its columns."""

EVERYTHING, NOTHING = "holds_everything", "holds_nothing"
PASSWORD = "a password for the walls"
_addresses = (f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in itertools.count(1))


class Browser(FlaskClient):
    """A test client at one host, whose every request comes from another address, past the limits on guessing."""

    base_url = f"http://{BASE}"

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], str):
            kwargs.setdefault("base_url", self.base_url)
            kwargs.setdefault("environ_overrides", {"REMOTE_ADDR": next(_addresses)})
        return super().open(*args, **kwargs)


@dataclass
class Town:
    """One association, and browsers of those who are signed in there."""

    app: Flask
    tenant: Tenant
    seats: dict[str, Browser] = field(default_factory=dict)
    draft_secret: str = ""
    draft: UUID | None = None

    @property
    def host(self) -> str:
        return f"{self.tenant.slug}.{BASE}"

    @property
    def kind(self) -> str:
        """The key of a request type that is offered here."""
        with self.app.app_context(), serving(self.tenant):
            return request_catalogue.offered()[0].type.key

    def visitor(self) -> Browser:
        browser = Browser(self.app, self.app.response_class, use_cookies=True)
        browser.base_url = f"http://{self.host}"
        return browser

    def member(self, role: str) -> Browser:
        """The browser of somebody with this role; the same one in every test."""
        if role not in self.seats:
            self.seats[role] = self.newcomer(role)
        return self.seats[role]

    def newcomer(self, role: str) -> Browser:
        """A browser of its own, in which the person with this role has just signed in."""
        browser = self.visitor()
        sent = {"email": people.address(role, self.tenant.slug), "password": PASSWORD}
        answer = browser.post("/sign-in", data=sent)
        assert answer.status_code == 302, answer.text
        return browser

    def followed(self, number: int = 0, browser: Any = None) -> tuple[Browser, UUID, str, str]:
        """A browser that follows a case, by a fresh receipt code; the case's id, its reference and the code."""
        with self.app.app_context(), serving(self.tenant):
            requests = select(Case).where(Case.kind == "request")
            case = db.session.scalars(requests.order_by(Case.reference).offset(number)).first()
            assert case is not None
            code = receipts.new_code()
            case.receipt_digest = receipts.digest(code)
            case_id, reference = case.id, case.reference
            db.session.commit()
        browser = browser or self.visitor()
        answer = browser.post("/follow", data={"reference": reference, "code": code})
        assert answer.location == f"/follow/{case_id}", answer.text
        return browser, case_id, reference, code

    def insider(self) -> Browser:
        """Somebody who may do everything at the desk, writes a draft at the portal and follows cases."""
        browser = self.newcomer(EVERYTHING)
        browser.set_cookie(draft_session.COOKIE, self.draft_secret, domain=self.host, path=draft_session.PATH)
        for number in range(3):
            self.followed(number, browser)
        return browser

    def together(self, *models: Any) -> list[tuple[UUID, ...]]:
        """Ids of these models that stand together in an address: a case or a meeting, and what hangs on it."""
        *_, last = models
        if len(models) == 1:
            return [(one,) for one in self.ids(last, most=1000)]
        if not hasattr(last, "case_id"):
            return list(itertools.product(*(self.ids(model) for model in models)))
        with self.app.app_context(), serving(self.tenant):
            above = last.meeting_id if last is AgendaItem else last.case_id
            rows = db.session.execute(select(above, last.id).order_by(last.id).limit(40))
            return [tuple(row) for row in rows]

    def ids(self, model: Any, *conditions: Any, most: int = 2) -> list[UUID]:
        """The ids of some rows of this association; of cases the requests come first."""
        order = (model.kind.desc(), model.id) if model is Case else (model.id,)
        with self.app.app_context(), serving(self.tenant):
            return list(db.session.scalars(select(model.id).where(*conditions).order_by(*order).limit(most)))


@pytest.fixture(scope="session")
def towns(app: Flask, make_association: Callable[..., Tenant]) -> tuple[Town, Town]:
    """A, with a month of everything, and B, from which it is attacked."""
    first, second = raise_towns(app, make_association, "hayat-arar", "madinah-centers")
    return first, second


def raise_towns(app: Flask, make_association: Callable[..., Tenant], *blueprints: str) -> tuple[Town, ...]:
    """Make associations of these blueprints, each with a month of everything."""
    pair = tuple(_town(app, make_association, name) for name in blueprints)
    with app.app_context():
        data.seed([town.tenant for town in pair], lambda *told: None)
        for town in pair:
            with serving(town.tenant):
                draft, town.draft_secret = drafts.start(request_catalogue.offered()[0])
                town.draft = draft.id
                for name, model in catalogue.models().items():
                    if name in BESIDE:
                        db.session.add(model(**BESIDE[name]))
                everything = data.at_work()[EVERYTHING]
                drafts.start(request_catalogue.offered()[0], by=everything)
                _committee(everything.id)
                for fill in (_voices, _library, _surveys, _evidence, _grant):
                    fill(everything)
                db.session.commit()
    return pair


def _evidence(member: Member) -> None:
    """A pack of this year's evidence, gathered."""
    evidence.make(evidence.ask(clock.today().replace(month=1, day=1), clock.today(), by=member).id)


def _grant(member: Member) -> None:
    """A sensitive permission that waits for a second administrator."""
    role = db.session.scalars(select(Role.id).where(Role.key == NOTHING)).one()
    db.session.add(PendingGrant(role_id=role, permissions=["answer_complaints"], asked_by=member.id))


def _committee(member_id: UUID) -> None:
    """A committee with a secretary, and a meeting with a case on its agenda."""
    seat = CommitteeSeat(committee=BODY, member_id=member_id, position="secretary", since=clock.today())
    meeting = CommitteeMeeting(committee=BODY, number=1, called_for=clock.now(), called_by=member_id)
    db.session.add_all([seat, meeting])
    db.session.flush()
    case = db.session.scalars(select(Case).where(Case.state == State.RECOMMENDED).limit(1)).one()
    db.session.add(AgendaItem(meeting_id=meeting.id, case_id=case.id, position=1))


def _library(member: Member) -> None:
    """Every tool of the policy in a version that staff and public may take, as a file."""
    for one in library.shelves():
        kept = documents.keep_made(b"%PDF-1.7 a guide", "guide.pdf", purpose="tool")
        library.publish(one.tool, by=member, note="", file=kept)
        one.tool.public = True


def _surveys(member: Member) -> None:
    """A round whose answers came with a file, and what it was made of."""
    asked = Question(key="paper", kind="file", text=Text(ar="أرفق صورة", en="Attach a picture"))
    source = questionnaires.begin("after_service")
    questionnaires.put_question(source, "words", asked)
    today = clock.today()
    settled = {"rule": Audience(who="comers"), "anonymous": False, "opens_on": today, "closes_on": today}
    made = rounds.make(source, by=member, **settled)
    rounds.open_now(made)
    file = documents.keep_made(b"%PDF-1.7 a picture", "picture.pdf", purpose="survey")
    responses.submit(responses.Asked(made), {"paper": str(file.id)}, "open")
    pack = documents.keep_made(b"PK a pack", "pack.zip", purpose="evidence", media_type="application/zip")
    db.session.add(EvidencePack(member_id=member.id, since=today, until=today, locale="ar", file_id=pack.id))


def _voices(member: Member) -> None:
    """A complaint with something to put right, an anonymous one, and an inquiry that was answered for everybody."""
    person = {"name": "سلمى بنت خالد", "mobile": "+966550000099", "reply_channel": "phone", "relation": "self"}
    told = receiving.Told(about="service", text="تأخر التسليم كثيرًا هذا الشهر", person=person)
    complaint = receiving.submit(told, channel="website").case
    receiving.submit(
        receiving.Told(about="data", text="اطّلع غير المختص على بياناتي", anonymous=True), channel="website"
    )
    texts = {"question_ar": "متى؟", "question_en": "When?", "answer_ar": "غدًا", "answer_en": "Tomorrow"}
    area = LiaisonArea(name_ar="الإسكان", name_en="Housing", officer_id=member.id)
    db.session.add(area)
    db.session.flush()
    inquiry = inquiries.ask("inquiry", "متى يصرف الدعم لهذا العام؟", person, area=area.id, channel="website").case
    public_answers.publish(by=member, texts=texts, case=inquiry)
    figures.make(figures.ask(Sight.read({}), "csv", member).id)
    db.session.add(
        CorrectiveAction(case_id=complaint.id, what="مراجعة مواعيد التوزيع", owner_id=member.id, due_on=clock.today())
    )


@pytest.fixture(scope="session")
def a(towns: tuple[Town, Town]) -> Town:
    """The association under attack."""
    return towns[0]


@pytest.fixture(scope="session")
def b(towns: tuple[Town, Town]) -> Town:
    """The association of the attacker."""
    return towns[1]


@pytest.fixture
def platform(app: Flask) -> Browser:
    """A browser at the platform's own host."""
    return Browser(app, app.response_class, use_cookies=True)


@pytest.fixture
def probe(app: Flask, a: Town) -> Callable[[set[Permission]], Browser]:
    """`probe({…})` is a browser whose member holds just these permissions."""
    key = "probe"
    with app.app_context(), serving(a.tenant):
        if db.session.scalar(select(Role).where(Role.key == key)) is None:
            db.session.add(Role(key=key, name_ar=key, name_en=key, permissions=[], position=95))
            db.session.commit()
    with app.app_context():
        setup.enrol(a.tenant, people.address(key, a.tenant.slug), key, [key], password=PASSWORD)

    def holding(permissions: set[Permission]) -> Browser:
        with app.app_context(), serving(a.tenant):
            role = db.session.scalars(select(Role).where(Role.key == key)).one()
            role.permissions = sorted(permissions)
            db.session.commit()
        return a.member(key)

    return holding


def _town(app: Flask, make: Callable[..., Tenant], name: str) -> Town:
    """An association with a person for each role of its blueprint, and two more: with every permission, and none."""
    plan, slug = blueprints.load(name), f"w{secrets.token_hex(4)}"
    tenant = make(
        name,
        slug,
        name_ar=f"جمعية {slug}",
        name_en=f"Association {slug}",
        admin_email=people.address(setup.ADMINISTRATOR, slug),
        password=PASSWORD,
    )
    with app.app_context(), serving(tenant):
        for key, permissions in ((EVERYTHING, list(Permission)), (NOTHING, [])):
            db.session.add(Role(key=key, name_ar=key, name_en=key, permissions=permissions, position=90))
        db.session.commit()
    with app.app_context():
        for key in (*(role.key for role in plan.roles), EVERYTHING, NOTHING):
            if key != setup.ADMINISTRATOR:
                setup.enrol(tenant, people.address(key, slug), key, [key], password=PASSWORD)
    return Town(app, tenant)
