"""Identity that nobody proved opens nothing.

A woman has a file, a complaint and an inquiry. A stranger who knows her national ID and her reference files every kind
of thing with them, and with a mobile and an e-mail of his own. He gets nothing of hers, her cases and her file show
nothing of him, and he cannot tell by anything whether there is such a person.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from silah.cases import beneficiary_files as files
from silah.cases import beneficiary_links, one_time_codes, parties, receipts
from silah.cases.models import Case, CaseMessage, TimelineEntry
from silah.cases.party_models import CaseParty
from silah.complaints import inquiries
from silah.documents import pdf
from silah.jobs import handlers
from silah.notifications.models import OutboxMessage
from silah.organisation.models import Membership
from silah.portal.follow_routes import send_asked
from silah.surveys import field_work
from silah.surveys.audience import Audience
from silah.surveys.models import SurveyResponse
from silah.web.extensions import limiter
from tenants.context import Tenant, serving
from tenants.database import db
from tenants.registry import DueWork
from tests.complaints.test_portal import sent
from tests.conftest import BASE, Browser
from tests.portal.applicant import national_id
from tests.surveys.conftest import opened
from tests.walls.strangers import HER, HERS, HIS, OF_HIM, ROADS, Town, complaint


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
    page = re.sub(r'value="[^"\s]{16,}"', "…", page)
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
            assert one_time_codes.recipient(second).address == HER["email"]
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

    def test_brought_by_a_phone_from_the_field_touch_no_file_and_no_case(self, town: Town, staff: Any) -> None:
        email, password = staff(town.tenant, "delegate")
        with town.app.app_context(), serving(town.tenant):
            member = db.session.scalars(select(Membership.id).where(Membership.email == email)).one()
            found = opened(anonymous=False)
            field_work.assign(found, [member])
            db.session.commit()
            id_ = found.id
        browser = town.client(town.tenant)
        browser.post("/sign-in", data={"email": email, "password": password})
        hers = {"national_id": town.number, "reference": town.reference, "person": str(town.file)}
        said = {"happy": "1", "office": "north", "why": f"{town.number} {town.reference}", "id": str(uuid4())}
        answer = browser.post(f"/desk/field/{id_}/answers.json", data={**said, **hers})
        assert answer.status_code in (200, 201), answer.text
        assert not [word for word in HERS if word in answer.text]
        with town.app.app_context(), serving(town.tenant):
            (kept,) = db.session.scalars(select(SurveyResponse).where(SurveyResponse.round_id == id_)).all()
            assert kept.invitation_id is None
            assert str(town.file) not in f"{kept.facts} {kept.answers}"
            mail = select(OutboxMessage.template).where(OutboxMessage.case_id.in_(town.ids(town.reference)))
            assert "survey_invitation" not in db.session.scalars(mail).all()
        assert town.state() == town.before


class TestWhoeverSpeaksForSomebody:
    def test_is_not_taken_for_that_person_when_a_message_goes_out(self, town: Town) -> None:
        """A round of questions or a notice to the agent's address leaves nobody out whose file it is."""
        reference, _code = ROADS["on behalf"](town, town.client(town.tenant), town.number)
        with town.app.app_context(), serving(town.tenant):
            case = db.session.get_one(Case, town.ids(reference)[0])
            assert case.beneficiary is not None
            beneficiary_links.link(case, case.beneficiary, files.get(town.file), "spoke", town.officer)
            db.session.flush()
            assert (case.applicant_id, case.beneficiary_id) == (None, town.file)
            reached = db.session.scalar(select(parties.reached_person()).where(Case.id == case.id))
            assert reached == parties.reached_person_of(case) != town.file
            db.session.rollback()


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
        with pytest.raises(one_time_codes.NoAddress):
            one_time_codes.recipient(made.case)
        assert db.session.scalars(select(CaseMessage.id).where(CaseMessage.case_id == made.case.id)).all() == []
        assert db.session.scalars(select(CaseParty.candidate_id).where(CaseParty.case_id == made.case.id)).one()
        assert receipts.find(made.case.reference, made.receipt_code) is made.case
        db.session.rollback()
