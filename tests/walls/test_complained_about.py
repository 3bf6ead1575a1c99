"""Whoever is complained about, though they may do everything else, finds no trace of the complaint on any page."""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from silah import clock
from silah.calendars.models import CalendarChange, MovedCase
from silah.cases import messages, referrals
from silah.cases.models import Case
from silah.cases.workflow import perform
from silah.committees.models import AgendaItem, CommitteeMeeting, CommitteeSeat
from silah.complaints import receiving
from silah.complaints.receiving import Told
from silah.demo import people
from silah.documents import service as documents
from silah.figures import exports
from silah.jobs import handlers, runner
from silah.notifications.models import OutboxMessage
from silah.organisation.models import Membership, Role
from silah.web.access import Member, Permission
from tenants.context import serving
from tenants.database import db
from tests.intake.conftest import Place
from tests.walls import catalogue
from tests.walls.conftest import EVERYTHING, Town, _town
from tests.walls.searching import (
    ACTION,
    ANSWER,
    FINDINGS,
    IN,
    NOTE,
    OUT,
    PARTS,
    QUESTION,
    TEXT,
    WORDS,
    Trace,
    addresses,
    found_beside_the_search,
    opened,
    read,
    rules_of,
)
from tests.walls.test_ids import tried

BODY = "follow_up_committee"
PERSON = {
    "relation": "self", "name": "رنا بنت فيصل الحازمي", "mobile": "+966550000088", "email": "rana@example.com",
    "reply_channel": "phone", "locale": "ar",
}  # fmt: skip


@pytest.fixture(scope="module")
def home(app: Flask, make_association: Callable[..., Any]) -> Town:
    """An association whose policy names a body for complaints, with a person in each role."""
    return _town(app, make_association, "samtah-cooperative")


@pytest.fixture
def serve_home(app: Flask, home: Town) -> Iterator[None]:
    with app.app_context(), serving(home.tenant):
        yield


def member_of(home: Town, role: str) -> Member:
    person = db.session.scalars(
        select(Membership).where(Membership.email == people.address(role, home.tenant.slug))
    ).one()
    keys = frozenset(one.key for one in person.roles)
    permissions = frozenset(Permission(value) for one in person.roles for value in one.permissions)
    return Member(person.id, person.account_id, person.name, None, permissions, keys, person.branch_id)


@pytest.fixture(scope="module")
def settled(app: Flask, home: Town) -> None:
    """The person sits on the committees that decide and that handle complaints, and a request was decided on."""
    with app.app_context(), serving(home.tenant):
        everything = db.session.scalars(select(Role).where(Role.key == EVERYTHING)).one()
        follow = db.session.scalars(select(Role).where(Role.key == f"{BODY}_member")).one()
        subject = db.session.get_one(Membership, member_of(home, EVERYTHING).id)
        subject.roles = [everything, follow]
        research = db.session.scalars(select(Role).where(Role.key == "competent_committee_member")).one()
        subject.roles.append(research)
        place = Place(home.tenant)
        place.decided("rejected")
        db.session.add(
            CommitteeSeat(committee="competent_committee", member_id=subject.id, position="member", since=clock.today())
        )
        db.session.commit()


@pytest.fixture(scope="module")
def complaint(app: Flask, home: Town, settled: None) -> Trace:
    """A complaint about that person, with everything that a complaint can have."""
    told = Trace()
    with app.app_context(), serving(home.tenant):
        subject, chair = member_of(home, EVERYTHING), member_of(home, f"{BODY}_chair")
        request = db.session.scalars(select(Case).where(Case.kind == "request")).first()
        assert request is not None
        file = documents.keep(_png(), f"{TEXT}.png", purpose="complaint", unsigned=True)
        given = {"about": "person", "reference": request.reference, "member": subject.id, "person": PERSON}
        case = receiving.submit(Told(text=f"قال {TEXT}", **given), [file], channel="website").case
        other = receiving.submit(Told(text=f"ومرة {TEXT}", anonymous=True, about="person", member=subject.id),
                                 channel="website").case  # fmt: skip
        for one in (case, other):
            perform(one, "classify", chair, {"topic": "conduct", "severity": "high"})
        perform(other, "merge", chair, {"into": case})
        perform(case, "ask", chair, {"question": f"متى؟ {OUT}"})
        perform(case, "write", None, {"body": f"أمس {IN}"})
        messages.note(case, by=chair, body=f"ملاحظة {NOTE}")
        referral = referrals.refer(case, by=chair, to_role="liaison_officer", question=f"سؤال {QUESTION}")
        action = perform(
            case, "set_action", chair, {"what": f"تدريب {ACTION}", "owner": chair.id, "due_on": clock.today()}
        )
        perform(case, "find", chair, {"finding": "upheld", "findings": f"تبيّن {FINDINGS}", "answer": f"نعتذر {ANSWER}"})
        perform(case, "answer", chair)
        study_again(request, case, home)
        change = CalendarChange(number=1, year=2026, deed="added", made_by=chair.id)
        db.session.add(change)
        db.session.flush()
        db.session.add(MovedCase(change_id=change.id, case_id=case.id, dates={}, days={}))
        meeting = CommitteeMeeting(
            committee="competent_committee", number=1, called_for=clock.now(), called_by=subject.id
        )
        db.session.add(meeting)
        db.session.flush()
        item = AgendaItem(meeting_id=meeting.id, case_id=request.id, position=1)
        db.session.add(item)
        db.session.commit()
        letters = db.session.scalars(select(OutboxMessage.id).where(OutboxMessage.case_id == case.id)).all()
        told.reference = case.reference
        told.ids = {
            "Case": [case.id, other.id], "StoredFile": [file.id], "OutboxMessage": list(letters),
            "Referral": [referral.id], "CorrectiveAction": [action.id], "CalendarChange": [change.id],
            "Beneficiary": [one for one in [case.applicant.candidate_id] if one],
            "CommitteeMeeting": [meeting.id], "AgendaItem": [item.id],
            "PolicyVersion": [case.policy_version_id], "Membership": [subject.id, chair.id],
        }  # fmt: skip
        told.secrets = {*WORDS, case.reference, other.reference, str(case.id), str(other.id), str(file.id)}
    return told


def study_again(request: Case, case: Case, home: Town) -> None:
    """The request is taken up again because of the complaint, so that it could tell of it."""

    if request.state == "decided":
        perform(request, "release", member_of(home, "competent_committee_chair"))
    perform(case, "reopen_request", member_of(home, "management"), {"reason": "ظهرت وثيقة"})


def _png() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "PNG")
    return out.getvalue()


class TestWhoeverIsComplainedAbout:
    def test_finds_no_trace_on_any_page_by_any_search(self, app: Flask, home: Town, complaint: Trace) -> None:
        browser, traces, count = home.member(EVERYTHING), {}, 0
        for path in addresses(app, complaint, home):
            answer = browser.get(path)
            count += 1
            said = read(answer)
            asked = {complaint.reference, TEXT} if "?" in path else set()
            # What was asked for stands in the page's own search box and links; nothing else may say it.
            left = {one for one in complaint.secrets - asked if one in said and one not in path}
            left |= {one for one in asked if found_beside_the_search(one, said)}
            if left:
                traces[path] = left
        assert count > 200
        assert traces == {}

    def test_others_do_find_it(self, home: Town, complaint: Trace) -> None:
        chair = home.member(f"{BODY}_chair")
        (case_id, _other) = complaint.ids["Case"]
        page = chair.get(f"/desk/cases/{case_id}").text
        assert [word for word in WORDS if word not in page] == []
        assert str(case_id) in chair.get(f"/desk/cases?view=all&q={complaint.reference}").text

    def test_is_answered_at_its_addresses_as_where_nothing_is(self, app: Flask, home: Town, complaint: Trace) -> None:
        browser, wrong = home.member(EVERYTHING), []
        for rule in rules_of(app):
            named = catalogue.ids(rule)
            if PARTS & {model.__name__ for model in named.values()}:
                sets = [
                    {
                        name: (complaint.ids.get(model.__name__) or [uuid4()])[0 if model is not Case else number]
                        for name, model in named.items()
                    }
                    for number in range(2)
                ]
                wrong += tried(rule, browser, sets, app, allowed=(404, 302, 200, 403))
        assert wrong == []

    def test_counts_nothing_of_it_anywhere(self, app: Flask, home: Town, complaint: Trace) -> None:
        """Adding one more complaint changes no page that has no id: no count, no figure, no list."""
        browser = home.member(EVERYTHING)
        opened(app, browser)
        before = opened(app, browser)
        with app.app_context(), serving(home.tenant):
            subject = member_of(home, EVERYTHING)
            made = receiving.submit(
                Told(about="person", text=f"مرة أخرى {TEXT}", member=subject.id, person=PERSON), channel="website"
            )
            perform(made.case, "classify", member_of(home, f"{BODY}_chair"), {"topic": "conduct", "severity": "high"})
            db.session.commit()
        after = opened(app, browser)
        changed = {path for path in before if after[path] != before[path]}
        assert changed == set()

    def test_gets_no_message_about_it(self, app: Flask, home: Town, complaint: Trace) -> None:
        with app.app_context(), serving(home.tenant):
            case_ids = complaint.ids["Case"]
            rows = db.session.scalars(select(OutboxMessage).where(OutboxMessage.case_id.in_(case_ids)))
            reached = {message.address for message in rows}
        assert reached
        assert people.address(EVERYTHING, home.tenant.slug) not in reached

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_has_no_line_of_it_in_an_export_that_a_worker_makes(
        self, app: Flask, home: Town, complaint: Trace, form: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        handlers.load()
        monkeypatch.setattr(exports, "AT_ONCE", 0)

        def made(browser: Any) -> str:
            page = browser.post("/desk/figures/exports", data={"form": form, "span": "year"}).location
            with app.app_context():
                assert runner.work(home.tenant.role, exports.MAKE, page.rsplit("/", 1)[1])
            return read(browser.get(f"{page}/table"))

        assert complaint.reference not in made(home.member(EVERYTHING))
        assert complaint.reference in made(home.member(f"{BODY}_chair"))

    def test_is_not_handed_it_nor_shown_it_where_work_is_handed_over(
        self, app: Flask, home: Town, complaint: Trace
    ) -> None:
        chair_id, subject_id = complaint.ids["Membership"][1], complaint.ids["Membership"][0]
        with app.app_context(), serving(home.tenant):
            case = db.session.get_one(Case, complaint.ids["Case"][0])
            assert case.holder_id == chair_id
        browser = home.member(EVERYTHING)
        data = {"to": str(subject_id), "deed": "show"}
        page = browser.post(f"/admin/staff/{chair_id}/hand-over?lang=en", data=data)
        assert page.status_code == 200
        assert complaint.reference not in page.text
        assert "Complaints that are closed to you" in page.text
        assert re.search("<dt>Cases held</dt><dd><bdi>0</bdi></dd>", page.text)
        shown = re.search(r'name="shown" value="([0-9a-f]+)"', page.text)
        assert shown
        browser.post(f"/admin/staff/{chair_id}/hand-over", data=data | {"deed": "confirm", "shown": shown[1]})
        with app.app_context(), serving(home.tenant):
            held = {one.holder_id for one in db.session.scalars(select(Case).where(Case.id.in_(complaint.ids["Case"])))}
            assert subject_id not in held

    def test_is_offered_neither_for_assignment_nor_for_reading(self, app: Flask, home: Town, complaint: Trace) -> None:
        (case_id, _other), subject_id = complaint.ids["Case"], complaint.ids["Membership"][0]
        chair = home.member(f"{BODY}_chair")
        for key in ("assign", "name_reader"):
            page = chair.get(f"/desk/cases/{case_id}/moves/{key}").text
            assert f'value="{subject_id}"' not in page
