"""Identity that nobody proved opens nothing.

A woman has a file, a complaint and an inquiry. A stranger who knows her national ID and her reference files every kind
of thing with them, and with a mobile and an e-mail of his own. He gets nothing of hers, her cases and her file show
nothing of him, and he cannot tell by anything whether there is such a person.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from silah import clock
from silah.access import Member, Permission
from silah.beneficiaries import links
from silah.beneficiaries import service as files
from silah.beneficiaries.models import Beneficiary
from silah.cases import codes, receipts
from silah.cases.models import Case, CaseDocument, CaseMessage, TimelineEntry
from silah.cases.parties import CaseParty
from silah.complaints import handling, inquiries
from silah.documents import pdf
from silah.extensions import limiter
from silah.intake import drafts, offers, service
from silah.jobs import handlers
from silah.notifications.models import OutboxMessage
from silah.portal.follow_routes import send_asked
from silah.settlements import starting
from silah.settlements.kind import DISPUTE
from silah.staff.models import Membership, Role
from silah.surveys.audience import Audience
from silah.surveys.models import SurveyResponse
from tenants.context import Tenant, serving
from tenants.database import db
from tenants.registry import DueWork
from tests.complaints.test_portal import sent
from tests.conftest import BASE, Browser
from tests.portal.applicant import Applicant, answer, national_id
from tests.surveys.conftest import opened

HER = {
    "relation": "self",
    "name": "جواهر بنت ناصر القحطاني",
    "mobile": "+966541112233",
    "email": "jawaher.private@example.com",
    "member_number": "7741",
    "locale": "ar",
}
HERS = ("جواهر", "القحطاني", "541112233", "jawaher.private", "7741", "شكواها السرية", "LETTERBOX 77")
HIS = {
    "relation": "self",
    "name": "سليمان الغريب",
    "mobile": "0509998877",
    "email": "stranger@evil.example",
    "reply_channel": "email",
    "branch": "",
    "locale": "ar",
}
OF_HIM = ("سليمان", "الغريب", "509998877", "stranger@evil", "noura@example.org", "501234567")


@pytest.fixture(autouse=True)
def _unlimited() -> Iterator[None]:
    limiter.enabled = False
    yield
    limiter.enabled = True


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What stands in the papers that are made meanwhile."""
    made: list[str] = []
    render = pdf.render

    def noted(template: str, data: dict[str, Any], *rest: Any, **more: Any) -> bytes:
        made.append(str(data))
        return render(template, data, *rest, **more)

    monkeypatch.setattr(pdf, "render", noted)
    return made


class Town:
    """The association, with the woman's file and cases in it."""

    def __init__(self, app: Flask, tenant: Tenant, client: Any) -> None:
        self.app, self.tenant, self.client = app, tenant, client
        with app.app_context(), serving(tenant):
            self.officer, self.chair = self._member("delegate"), self._member("follow_up_committee_chair")
            self.number = national_id()
            visit = {**HER, "national_id": self.number, "reply_channel": "email", "identity": "original"}
            inquiries.ask(
                "inquiry", "متى الموعد؟", visit, by=self.officer, channel=self.channel("office_visit", "phone")
            )
            db.session.commit()
        complaint = {"about": "service", "text": "شكواها السرية", "how": "named", **HER, "branch": ""}
        complaint |= {"national_id": self.number, "reply_channel": self.by_letter, "reply_address": "LETTERBOX 77"}
        self.reference, self.code = sent(client(tenant), "/complaints/new", complaint)
        self.before = self.state()

    def _member(self, key: str) -> Member:
        role = db.session.scalars(select(Role).where(Role.key == key)).one()
        made = Membership(account_id=UUID(int=hash(key) % 2**127), name=key, email=f"{key}@silah.test", state="active")
        made.roles = [role]
        db.session.add(made)
        db.session.flush()
        held = frozenset(Permission(one) for one in role.permissions)
        return Member(made.id, made.account_id, key, None, held, frozenset({key}), None)

    @property
    def policy(self) -> Any:
        from tenants import versions

        return versions.in_force(clock.today()).policy

    def channel(self, *kinds: str) -> str:
        every = [one for one in self.policy.inbound_channels if not one.retired]
        found = [one.key for kind in kinds for one in every if kind in (one.kind, one.key)]
        return str((found or [every[-1].key])[0])

    @property
    def by_letter(self) -> str:
        with self.app.app_context(), serving(self.tenant):
            return str(next(one.key for one in self.policy.outbound_channels if one.sends is None))

    def ids(self, *references: str) -> list[UUID]:
        return list(db.session.scalars(select(Case.id).where(Case.reference.in_(references))))

    def state(self) -> dict[str, str]:
        """Everything of hers, row by row; but for the codes that are sent to her at anybody's asking."""
        with self.app.app_context(), serving(self.tenant):
            same = Beneficiary.national_id_hash == links.fingerprint(self.number, "national_id")
            self.file = db.session.scalars(select(Beneficiary.id).where(same)).one()
            mine = [*self.ids(self.reference), *(case.id for case in files.cases_of(files.get(self.file)))]
            said = TimelineEntry.verb != "code_sent"
            found = {
                Beneficiary: rows(Beneficiary, Beneficiary.id == self.file),
                Case: rows(Case, Case.id.in_(mine), but=("version", "head_seq", "head_hash")),
                CaseParty: rows(CaseParty, CaseParty.case_id.in_(mine)),
                TimelineEntry: rows(TimelineEntry, TimelineEntry.case_id.in_(mine), said),
                CaseMessage: rows(CaseMessage, CaseMessage.case_id.in_(mine)),
                CaseDocument: rows(CaseDocument, CaseDocument.case_id.in_(mine)),
            }
            return {model.__name__: repr(one) for model, one in found.items()}


def rows(model: Any, *conditions: Any, but: tuple[str, ...] = ()) -> list[list[Any]]:
    """The rows as they are kept, in one order."""
    columns = [one for one in model.__table__.columns if one.name not in but]
    found = db.session.execute(select(*columns).where(*conditions).order_by(*model.__table__.primary_key))
    return [[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in found]


@pytest.fixture(scope="module")
def towns(app: Flask, make_association: Callable[..., Tenant]) -> Callable[[str], Town]:
    """`towns("madinah-centers")` is an association of that blueprint, the same one each time."""
    handlers.load()
    limiter.enabled = False
    made: dict[str, Town] = {}

    def client(tenant: Tenant) -> Browser:
        browser = Browser(app, app.response_class, use_cookies=True)
        browser.base_url = f"http://{tenant.slug}.{BASE}"
        return browser

    def of(blueprint: str) -> Town:
        if blueprint not in made:
            made[blueprint] = Town(app, make_association(blueprint=blueprint), client)
        return made[blueprint]

    return of


@pytest.fixture
def town(request: pytest.FixtureRequest, towns: Callable[[str], Town]) -> Town:
    """One that takes claims; for what is completed later one that takes what is not complete."""
    known = getattr(request.node, "callspec", None)
    takes_incomplete = known is not None and known.params.get("road") == "later"
    return towns("madinah-centers" if takes_incomplete else "samtah-cooperative")


# The roads: what a stranger does with a number, in his own browser; gives the reference of his case and its code.


def request(town: Town, browser: Any, number: str) -> tuple[str, str]:
    with town.app.app_context(), serving(town.tenant):
        forms = {one.type.key: offers.definition(one) for one in offers.offered()}
    return Applicant(browser, forms).apply(name=HIS["name"], national_id=number)


def complaint(town: Town, browser: Any, number: str) -> tuple[str, str]:
    told = {"about": "service", "text": "شكوى", "how": "named", "reference": town.reference}
    found: tuple[str, str] = sent(browser, "/complaints/new", {**told, **HIS, "national_id": number})
    return found


def asked(kind: str) -> Callable[[Town, Any, str], tuple[str, str]]:
    def road(town: Town, browser: Any, number: str) -> tuple[str, str]:
        told = {"kind": kind, "text": f"بخصوص {town.reference}", **HIS, "national_id": number}
        found: tuple[str, str] = sent(browser, "/inquiries/new", told)
        return found

    return road


def claim(town: Town, browser: Any, number: str) -> tuple[str, str]:
    told = {"text": f"ضرر {town.reference}", "claimed": "100", **HIS, "national_id": number}
    found: tuple[str, str] = sent(browser, "/compensation/new", told)
    return found


def on_behalf(town: Town, browser: Any, number: str) -> tuple[str, str]:
    told = {"kind": "inquiry", "text": "نيابة", **HIS, "national_id": national_id(), "relation": "agent"}
    told |= {"beneficiary_name": "من أنوب عنه", "beneficiary_national_id": number}
    found: tuple[str, str] = sent(browser, "/inquiries/new", told)
    return found


def dispute(town: Town, browser: Any, number: str) -> tuple[str, str]:
    """Out of a complaint of his, once it was answered."""
    reference, code = complaint(town, browser, number)
    with town.app.app_context(), serving(town.tenant):
        case = db.session.scalars(select(Case).where(Case.reference == reference)).one()
        handling.classify(case, by=town.chair, topic="delay", severity="medium")
        handling.find(case, by=town.chair, finding="upheld", findings="ثبت", answer="نعتذر")
        handling.answer(case, by=town.chair)
        made = starting.out_of(case, DISPUTE, starting.Told("لم يُنفذ", "تنفيذه"))
        db.session.commit()
        return made.reference, code


def later(town: Town, browser: Any, number: str) -> tuple[str, str]:
    """He calls without a number, is recorded, and types one on the tracking page."""
    with town.app.app_context(), serving(town.tenant):
        revision = offers.offered()[0]
        draft, _secret = drafts.start(revision, by=town.officer)
        person = {**HIS, "mobile": "+966509998877", "national_id": None, "identity": "none"}
        drafts.save(draft, "person", person)
        drafts.save(draft, "fields", {one.key: answer(one) for one in drafts.definition(draft).fields})
        made = service.submit(draft, by=town.officer, channel=town.channel("phone"))
        db.session.commit()
        reference, code, id_ = made.case.reference, made.receipt_code, made.case.id
    browser.post("/follow", data={"reference": reference, "code": code})
    answered = browser.post(f"/follow/{id_}/answers/person", data={"applicant_national_id": number})
    assert answered.status_code == 302, answered.text
    return reference, code


def letter(town: Town, browser: Any, number: str) -> tuple[str, str]:
    """He writes a letter, which staff record as what it is: nobody has seen who wrote it."""
    with town.app.app_context(), serving(town.tenant):
        person = {**HIS, "mobile": "+966509998877", "national_id": number, "identity": "none"}
        made = inquiries.ask("inquiry", "رسالة", person, by=town.officer, channel=town.channel("letters", "mail"))
        db.session.commit()
        return made.case.reference, made.receipt_code


ROADS = {
    "request": request, "complaint": complaint, "inquiry": asked("inquiry"), "suggestion": asked("suggestion"),
    "support": asked("support"), "claim": claim, "on behalf": on_behalf, "dispute": dispute, "later": later,
    "letter": letter,
}  # fmt: skip


@pytest.fixture(params=ROADS)
def road(request: pytest.FixtureRequest) -> Callable[[Town, Any, str], tuple[str, str]]:
    return ROADS[request.param]


def follow(browser: Any, reference: str, code: str) -> str:
    found = browser.post("/follow", data={"reference": reference, "code": code})
    assert found.status_code == 302, found.text
    return str(found.location)


def neutral(page: str, *more: str) -> str:
    """A page without what is one of a kind on every page."""
    for word in more:
        page = page.replace(word, "…")
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[\w.-]{40,}", "…", page)
    page = re.sub(r"[A-Z]-\d{4}-\d{6,9}|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", "…", page)
    return re.sub(r"[\d٠-٩]+", "#", page)


def traces(town: Town, reference: str) -> dict[str, Any]:
    """What a case left: messages, timeline, work that is owed."""
    with town.app.app_context(), serving(town.tenant):
        id_ = town.ids(reference)[0]
        mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.case_id == id_))
        line = db.session.scalars(select(TimelineEntry).where(TimelineEntry.case_id == id_).order_by(TimelineEntry.seq))
        return {
            "mail": sorted((one.template, one.means, one.address, neutral(one.body)) for one in mail),
            "timeline": [(one.verb, one.private, sorted(one.data)) for one in line],
        }


def owed(town: Town) -> Counter[str]:
    with town.app.app_context(), serving(town.tenant):
        return Counter(db.session.scalars(select(DueWork.kind).where(DueWork.tenant == town.tenant.role)))


class TestAStranger:
    def test_gets_nothing_of_hers_and_leaves_nothing_with_her(self, town: Town, road: Any, printed: list[str]) -> None:
        browser = town.client(town.tenant)
        reference, code = road(town, browser, town.number)
        for wanted in (reference, town.reference):
            browser.post("/follow/code", data={"reference": wanted})
            with town.app.app_context(), serving(town.tenant):
                send_asked(wanted)
                db.session.commit()
        page = follow(browser, reference, code)
        seen = [browser.get(path).text for path in (page, "/follow/code/enter", "/")]
        papers = [browser.get(f"{page}/{name}.pdf") for name in ("receipt", "missing", "attestation")]
        with town.app.app_context(), serving(town.tenant):
            his = town.ids(reference)[0]
            mail = list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.case_id == his)))
            to_him = select(OutboxMessage).where(OutboxMessage.case_id.in_(town.ids(town.reference)))
            assert not {one.address for one in db.session.scalars(to_him)} & {HIS["email"], "+966509998877"}
            seen += [f"{one.subject} {one.body} {one.address}" for one in mail]
            case = db.session.get_one(Case, his)
            assert (case.applicant_id, case.beneficiary_id) == (None, None)
            assert not set(his_cases(self_file=town.file)) & {his}
        assert papers[0].status_code == 200
        for word in HERS:
            assert not [one for one in [*seen, *printed] if word in one], word
        assert town.state() == town.before
        assert not [word for word in OF_HIM if word in str(town.state())]
        hers = town.client(town.tenant)
        shown = hers.get(follow(hers, town.reference, town.code)).text
        assert not [word for word in (*OF_HIM, reference) if word in shown]

    def test_cannot_tell_by_anything_whether_there_is_such_a_person(self, town: Town, road: Any, queries: Any) -> None:
        found: list[dict[str, Any]] = []
        for number in (national_id(), national_id(), town.number):  # the first fills what is remembered
            browser, before = town.client(town.tenant), owed(town)
            with queries() as statements:
                reference, code = road(town, browser, number)
            page = follow(browser, reference, code)
            work = owed(town)
            work.subtract(before)
            left = traces(town, reference)
            answered = [neutral(browser.get(path).text, number) for path in (page, "/")]
            asked_for = [one for one in statements if "FROM association_setting" not in one]  # remembered by its age
            found.append({**left, "statements": asked_for, "owed": work, "pages": answered})
        known, unknown = found[2], found[1]
        for what in known:
            assert known[what] == unknown[what], what


def his_cases(self_file: UUID) -> list[UUID]:
    return [case.id for case in files.cases_of(files.get(self_file))]


class TestWhoeverTypesFirst:
    def test_owns_nothing_by_it(self, town: Town) -> None:
        """He types the number of somebody unknown with a mobile of his own; then its owner comes."""
        number = national_id()
        reference, _code = complaint(town, town.client(town.tenant), number)
        later_one, _ = sent(
            town.client(town.tenant),
            "/inquiries/new",
            {"kind": "inquiry", "text": "سؤالي", **HER, "national_id": number, "reply_channel": "email", "branch": ""},
        )
        with town.app.app_context(), serving(town.tenant):
            first, second = (db.session.get_one(Case, town.ids(one)[0]) for one in (reference, later_one))
            assert first.applicant is not None
            assert second.applicant is not None
            file = files.get(first.applicant.candidate_id)  # type: ignore[arg-type]
            assert second.applicant.candidate_id == file.id
            assert (file.level, file.mobile_confirmed_at, file.email_confirmed_at) == ("typed", None, None)
            assert codes.recipient(second).address == HER["email"]
            assert files.cases_of(file) == []
            visit = {**HER, "national_id": number, "reply_channel": "email", "identity": "original"}
            third = inquiries.ask("inquiry", "حضرت", visit, by=town.officer, channel=town.channel("phone")).case
            db.session.refresh(file)
            assert (file.name, file.mobile, file.level) == (HER["name"], HER["mobile"], "original_seen")
            assert [case.id for case in files.cases_of(file)] == [third.id]
            db.session.commit()


class TestAnswers:
    """What a questionnaire is answered with stays in the answers, whatever is typed there."""

    @pytest.mark.parametrize("way", ["", "/kiosk"])
    def test_touch_no_file_and_no_case(self, town: Town, way: str) -> None:
        with town.app.app_context(), serving(town.tenant):
            found = opened(rule=Audience(who="comers", kiosk=True))
            db.session.commit()
            path, id_ = f"/s/{found.code}{way}", found.id
        browser = town.client(town.tenant)
        sitting = re.findall(r'name="sitting" value="([^"]*)"', browser.get(path).text)
        said = {"page": "s2", "go": "send", "happy": "1", "office": "north", "why": f"{town.number} {town.reference}"}
        assert browser.post(path, data=said | ({"sitting": sitting[0]} if sitting else {})).status_code in (
            200,
            302,
            303,
        )
        with town.app.app_context(), serving(town.tenant):
            kept = select(SurveyResponse.id).where(SurveyResponse.round_id == id_)
            assert len(db.session.scalars(kept).all()) == 1
        assert town.state() == town.before


class TestReferences:
    def test_of_guarded_kinds_are_drawn_so_that_no_gap_tells_of_them(self, town: Town) -> None:
        with town.app.app_context(), serving(town.tenant):
            person = {**HIS, "mobile": "+966509998877", "national_id": None}
            asked_of = lambda: inquiries.ask("inquiry", "س", person, channel="website").case.reference  # noqa: E731
            first = int(asked_of().rsplit("-", 1)[1])
            drawn = [complaint(town, town.client(town.tenant), national_id())[0] for _ in range(3)]
            assert int(asked_of().rsplit("-", 1)[1]) == first + 1
            numbers = [int(one.rsplit("-", 1)[1]) for one in drawn]
            assert all(10**7 <= one < 10**8 for one in numbers)
            assert max(numbers) - min(numbers) > 1000
            db.session.rollback()


def test_nobody_is_written_to_at_what_a_file_says(town: Town) -> None:
    """Her file has a mobile and an e-mail; a case of hers that gives neither has nowhere to send a code."""
    person = {"relation": "self", "name": HER["name"], "national_id": town.number, "reply_channel": town.by_letter}
    with town.app.app_context(), serving(town.tenant):
        made = inquiries.ask("inquiry", "س", {**person, "reply_address": "ص.ب 2"}, channel="website")
        assert made.case.applicant is not None
        assert (made.case.applicant.mobile, made.case.applicant.email) == (None, None)
        with pytest.raises(codes.NoAddress):
            codes.recipient(made.case)
        assert db.session.scalars(select(CaseMessage.id).where(CaseMessage.case_id == made.case.id)).all() == []
        assert db.session.scalars(select(CaseParty.candidate_id).where(CaseParty.case_id == made.case.id)).one()
        assert receipts.find(made.case.reference, made.receipt_code) is made.case
        db.session.rollback()
