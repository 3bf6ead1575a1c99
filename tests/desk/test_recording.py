"""What staff record on behalf: any channel, the same completeness and receipt, duplicates pointed out, drafts kept."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.cases import receipts
from silah.cases.models import Case
from tenants.database import db

OFFICER = "relations_officer"


def everything(place: Any, number: int, **changes: Any) -> dict[str, Any]:
    sent = {**place.person(number), **place.answers(), "channel": place.channel, "deed": "send"}
    return sent | changes


def send(place: Any, draft: str, sent: dict[str, Any], role: str = OFFICER) -> Any:
    follow = sent.get("deed") != "keep"
    return place.desk(role).post(draft, data=sent, content_type="multipart/form-data", follow_redirects=follow)


class TestRecording:
    @pytest.fixture
    def place(self, office: Any, monday: Any) -> Any:
        return office("madinah-centers")

    def test_gives_a_reference_and_a_code_that_opens_the_case(self, place: Any) -> None:
        answer = send(place, place.draft(), everything(place, 41))
        assert answer.status_code == 200
        reference, code = place.printed(answer.text)
        with place.serve():
            case = receipts.find(reference, code)
            assert (case.channel, case.taken_in_by is not None) == (place.channel, True)
            address = f"/desk/cases/{case.id}"
        paper = place.desk(OFFICER).post(f"{address}/receipt.pdf", data={"code": code})
        assert paper.data.startswith(b"%PDF")
        assert place.desk(OFFICER).post(f"{address}/receipt.pdf", data={"code": "AAAA-AAAA-AAAA"}).status_code == 404

    def test_twice_makes_one_case(self, place: Any) -> None:
        draft, before = place.draft(), place.count()
        first = send(place, draft, everything(place, 42))
        again = send(place, draft, everything(place, 42))
        assert place.printed(again.text) == place.printed(first.text)
        assert place.count() == before + 1

    def test_asked_for_again_shows_the_same_page_and_the_code_for_some_minutes(self, place: Any, clock: Any) -> None:
        draft = place.draft()
        reference, code = place.printed(send(place, draft, everything(place, 48)).text)
        assert place.desk(OFFICER).get(draft).status_code == 302
        page = place.desk(OFFICER).get(draft, follow_redirects=True)
        assert (page.headers["Cache-Control"], place.printed(page.text)) == ("no-store", (reference, code))
        clock(time.now() + timedelta(minutes=11))
        later = place.desk(OFFICER).get(draft, follow_redirects=True).text
        assert reference in later
        assert code not in later

    def test_shows_the_code_to_nobody_else(self, place: Any) -> None:
        reference, code = place.printed(send(place, place.draft(), everything(place, 49)).text)
        with place.serve():
            case = db.session.scalars(select(Case.id).where(Case.reference == reference)).one()
        page = place.desk("management").get(f"/desk/cases/{case}/recorded")
        assert page.status_code == 403 or code not in page.text

    def test_points_out_the_same_person_and_type_before_it_is_sent(self, place: Any) -> None:
        first = place.record(43)
        draft = place.draft()
        answer = send(place, draft, everything(place, 43))
        assert answer.status_code == 409
        assert first in answer.text
        assert send(place, draft, everything(place, 43, deed="send_anyway")).status_code == 200

    def test_takes_in_what_is_incomplete_with_items_owed(self, place: Any) -> None:
        files = {name: "" for name in place.answers() if name.endswith("-file")}
        answer = send(place, place.draft(), everything(place, 44, **files))
        assert answer.status_code == 200
        reference, _code = place.printed(answer.text)
        with place.serve():
            assert db.session.scalars(select(Case.state).where(Case.reference == reference)).one() == "incomplete"

    def test_keeps_a_draft_for_its_writer_alone(self, place: Any) -> None:
        draft = place.draft()
        kept = send(place, draft, {**place.person(45), "deed": "keep", "channel": ""})
        assert kept.status_code == 302
        assert "نورة بنت سعد الحربي" in place.desk(OFFICER).get("/desk/drafts").text
        assert 'value="نورة بنت سعد الحربي"' in place.desk(OFFICER).get(draft).text
        assert place.desk("delegate").get(draft).status_code == 404
        assert place.desk(OFFICER).post(f"{draft}/discard").status_code == 302
        assert place.desk(OFFICER).get(draft).status_code == 404

    def test_needs_the_channel_and_keeps_what_was_typed(self, place: Any) -> None:
        answer = send(place, place.draft(), everything(place, 46, channel=""))
        assert answer.status_code == 422
        assert 'value="نورة بنت سعد الحربي"' in answer.text

    def test_says_what_is_wrong_at_its_field(self, place: Any) -> None:
        answer = send(place, place.draft(), everything(place, 47, national_id="1234567890"))
        assert answer.status_code == 422
        assert 'id="national_id-error"' in answer.text

    def test_is_open_to_delegates_and_volunteers_and_closed_to_others(self, place: Any) -> None:
        for role in ("delegate", "volunteer"):
            assert place.desk(role).get("/desk/record").status_code == 200
        assert place.desk("management").get("/desk/record").status_code == 403


class TestEveryKind:
    """The same page records each kind, and leads to the same page that says so."""

    TYPED = {"text": "كُتب في خطاب ورد", "identity": "none"}  # noqa: RUF012
    KINDS = ("complaint", "inquiry", "dispute")

    @pytest.fixture
    def place(self, office: Any, monday: Any) -> Any:
        return office("madinah-centers")

    @pytest.mark.parametrize("key", KINDS)
    def test_is_recorded_once_and_answered_by_redirect(self, place: Any, key: str) -> None:
        officer, before = place.desk(OFFICER), place.count()
        person = {**place.person(61), "identity_paper": ""}
        typed = {**person, **self.TYPED, "channel": place.channel, "about": "data", "kind": "inquiry", "how": "named"}
        answer = officer.post(f"/desk/record/{key}", data=typed)
        assert (answer.status_code, answer.location) == (302, "/desk/record/received")
        shown = {place.printed(officer.get(answer.location).text) for _ in range(3)}
        assert len(shown) == 1
        assert place.count() == before + 1

    def test_a_request_leads_to_the_same_page(self, place: Any) -> None:
        draft = place.draft()
        answer = place.desk(OFFICER).post(draft, data=everything(place, 62), content_type="multipart/form-data")
        assert (answer.status_code, answer.location) == (302, "/desk/record/received")
        before = place.count()
        assert 'href="/desk/record"' in place.desk(OFFICER).get(answer.location).text
        assert place.count() == before

    def test_a_form_that_there_is_not_is_not_found(self, place: Any) -> None:
        assert place.desk(OFFICER).get("/desk/record/volunteer").status_code == 404

    @pytest.mark.parametrize("key", KINDS)
    def test_is_closed_to_those_who_may_not_record_it(self, place: Any, key: str) -> None:
        for send_or_get in ("get", "post"):
            assert getattr(place.desk("human_resources"), send_or_get)(f"/desk/record/{key}").status_code == 403

    def test_its_own_entry_of_the_navigation_is_marked(self, place: Any) -> None:
        page = place.desk(OFFICER).get("/desk/record/inquiry").text
        assert re.findall(r'href="([^"]*)" aria-current="page"', page) == ["/desk/record/inquiry"]


class TestReceivingOnlyWhatIsComplete:
    def test_the_visitor_leaves_with_a_dated_list_and_the_draft_stays(self, office: Any, monday: Any) -> None:
        place = office("samtah-cooperative")
        draft = place.draft()
        files = {name: "" for name in place.answers() if name.endswith("-file")}
        before = place.count()
        answer = send(place, draft, everything(place, 51, **files))
        assert answer.status_code == 409
        assert f"{draft}/missing.pdf" in answer.text
        assert place.count() == before
        assert place.desk(OFFICER).get(f"{draft}/missing.pdf").data.startswith(b"%PDF")
        whole = send(place, draft, everything(place, 51))
        assert whole.status_code == 200, whole.text
        reference, _code = place.printed(whole.text)
        with place.serve():
            case = db.session.scalars(select(Case).where(Case.reference == reference)).one()
            assert (case.state, case.completed_on) == ("complete", monday.date())

    def test_the_guide_shows_the_steps_of_reception(self, office: Any, monday: Any) -> None:
        samtah, tamkeen = office("samtah-cooperative"), office("tamkeen-qassim")
        page = samtah.desk(OFFICER).get(f"{samtah.draft()}?lang=en").text
        assert "Offer hospitality" in page
        assert "check that none is missing" in page
        page = tamkeen.desk(OFFICER).get(f"{tamkeen.draft()}?lang=en").text
        assert "Offer hospitality" not in page
        assert "make sure of them" in page
        assert "Take the signature" not in page
