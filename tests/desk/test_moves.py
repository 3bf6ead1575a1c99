"""The pages of moves: who may, what is refused and why, two people at once, and what is put on record."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from silah.cases import timeline
from silah.cases.models import CaseMessage, Referral, TimelineEntry
from silah.cases.transitions import never
from silah.cases.workflow import workflow_of
from tenants.database import db

OFFICER = "relations_officer"
SAID = {"outcome": "accepted", "reasons": "تنطبق الشروط."}


@pytest.fixture
def place(office: Any, monday: Any) -> Any:
    return office("madinah-centers")


@pytest.fixture
def address(place: Any) -> str:
    return str(place.record(21))


def verbs(place: Any, address: str) -> list[str]:
    with place.serve():
        return [line.verb for line in timeline.entries(place.case(address), for_applicant=False)]


def first_of(page: str) -> str:
    """The move that the head of a case offers first."""
    found = re.search(r"/moves/([a-z_]+)", page)
    assert found
    return found[1]


class TestPermissions:
    @pytest.mark.parametrize(
        ("role", "key"),
        [
            ("volunteer", "find_complete"),
            ("volunteer", "note"),
            ("delegate", "send"),
            (OFFICER, "decide"),
            (OFFICER, "recommend"),
            ("research_committee_member", "find_complete"),
            ("research_committee_member", "decide"),
            ("administrator", "message"),
            ("management", "withdraw"),
        ],
    )
    def test_a_move_without_its_permission_is_refused(self, place: Any, address: str, role: str, key: str) -> None:
        before = verbs(place, address)
        page = place.desk(role).get(f"{address}/moves/{key}")
        sent = place.move(address, role, key, outcome="accepted", reasons="س", body="س", reason="س")
        assert (page.status_code, sent.status_code) in ((403, 403), (404, 404))
        assert verbs(place, address) == before

    def test_the_head_offers_only_what_is_legal_now(self, place: Any, address: str) -> None:
        offered = place.desk(OFFICER).get(address).text
        assert f"{address}/moves/find_complete" in offered
        assert f"{address}/moves/send" not in offered
        assert f"{address}/moves/decide" not in offered
        seen_by_management = place.desk("management").get(address).text
        assert f"{address}/moves/find_complete" not in seen_by_management

    def test_the_likeliest_move_comes_first(self, place: Any, address: str) -> None:
        assert first_of(place.desk(OFFICER).get(address).text) == "find_complete"
        place.done(address, OFFICER, "find_complete")
        assert first_of(place.desk(OFFICER).get(address).text) == "attest"

    def test_nobody_opens_the_desk_without_signing_in(self, place: Any, address: str, client: Any) -> None:
        answer = client(place.tenant).get(address)
        assert answer.status_code == 302
        assert "/sign-in" in answer.headers["Location"]

    def test_a_move_that_there_is_not_is_not_found(self, place: Any, address: str) -> None:
        assert place.desk(OFFICER).get(f"{address}/moves/burn").status_code == 404

    def test_what_has_a_page_of_its_own_or_none_has_no_page_among_the_moves(self, place: Any, address: str) -> None:
        officer = place.desk(OFFICER)
        with place.serve():
            case = place.case(address)
        without = [one.key for one in workflow_of(case).transitions if one.form is None or one.offered is never]
        assert {"answer_referral", "confirm_identity", "provide_document"} <= set(without)
        for key in without:
            assert officer.get(f"{address}/moves/{key}").status_code in (403, 404), key
            assert officer.post(f"{address}/moves/{key}", data={"seen": "1"}).status_code in (403, 404), key

    def test_human_resources_see_no_case_and_are_led_to_their_work(self, place: Any, address: str) -> None:
        assert place.desk("human_resources").get(address).status_code == 403
        assert place.desk("human_resources").get("/desk/").headers["Location"] == "/admin/staff"


class TestRefusals:
    def test_a_move_that_is_not_legal_says_why(self, place: Any, address: str) -> None:
        assert place.desk(OFFICER).get(f"{address}/moves/send").status_code == 409
        answer = place.move(address, OFFICER, "send")
        assert answer.status_code == 409
        assert place.state(address) == "received"

    def test_a_form_that_is_not_filled_comes_back_with_its_errors(self, place: Any, address: str) -> None:
        answer = place.move(address, OFFICER, "withdraw", reason="   ")
        assert answer.status_code == 422
        assert 'id="reason-error"' in answer.text
        assert place.state(address) == "received"

    def test_an_incomplete_request_is_not_found_complete_and_the_page_lists_what_lacks(self, place: Any) -> None:
        _revision, definition = place.type()
        address = place.record(22, **{f"{one.key}-file": "" for one in definition.documents})
        assert place.state(address) == "incomplete"
        answer = place.move(address, OFFICER, "find_complete")
        assert answer.status_code == 409
        label = definition.documents[0].label
        assert label.ar in answer.text or label.en in answer.text

    def test_before_the_floor_the_reply_goes_out_only_with_a_reason(self, place: Any, address: str) -> None:
        place.done(address, OFFICER, "find_complete")
        place.done(address, OFFICER, "attest", method="drawn", signed_by="نورة", signature=place.DRAWN)
        place.done(address, OFFICER, "send")
        place.done(address, "research_committee_member", "recommend", **SAID)
        place.done(address, "research_committee_chair", "decide", **SAID)
        assert place.move(address, OFFICER, "release").status_code == 409
        assert place.move(address, "research_committee_chair", "release").status_code == 409
        place.done(address, "research_committee_chair", "release", early_reason="حالة عاجلة")
        assert "released_early" in verbs(place, address)
        assert "حالة عاجلة" in place.desk(OFFICER).get(address).text

    def test_a_later_change_of_the_data_voids_the_signature_and_asks_again(self, place: Any, address: str) -> None:
        _revision, definition = place.type()
        place.done(address, OFFICER, "find_complete")
        place.done(address, OFFICER, "attest", method="drawn", signed_by="نورة", signature=place.DRAWN)
        field = next(one for one in definition.fields if one.kind in ("text", "long_text", "number"))
        sent = {"seen": place.version(address), field.key: "16"}
        answer = place.desk(OFFICER).post(f"{address}/provide", data=sent)
        assert answer.status_code in (302, 409), answer.text
        if answer.status_code == 302:
            assert "attestation_voided" in verbs(place, address)
            assert f"{address}/moves/attest" in place.desk(OFFICER).get(address).text


class TestTwoAtOnce:
    def test_the_second_is_told_what_changed_and_keeps_what_was_typed(self, place: Any, address: str) -> None:
        seen = place.version(address)
        place.done(address, OFFICER, "note", body="اتصلت به اليوم")
        answer = place.move(address, OFFICER, "withdraw", seen=seen, reason="طلب مقدم الطلب سحبه")
        assert answer.status_code == 409
        assert "طلب مقدم الطلب سحبه" in answer.text
        assert f'name="seen" value="{place.version(address)}"' in answer.text
        assert place.state(address) == "received"
        place.done(address, OFFICER, "withdraw", reason="طلب مقدم الطلب سحبه")
        assert place.state(address) == "withdrawn"

    def test_what_is_no_longer_possible_still_shows_what_was_typed(self, place: Any, address: str) -> None:
        seen = place.version(address)
        place.done(address, OFFICER, "withdraw", reason="سحبه صاحبه")
        answer = place.move(address, OFFICER, "ask_for", seen=seen, items=["document:id"], remark="نرجو إرسال الهوية")
        assert answer.status_code == 409
        assert "نرجو إرسال الهوية" in answer.text
        assert 'method="post" class="stack card"' not in answer.text

    def test_looking_at_a_sensitive_field_disturbs_nobody(self, place: Any, address: str) -> None:
        seen = place.version(address)
        assert place.desk(OFFICER).post(f"{address}/reveal").status_code == 200
        assert place.move(address, OFFICER, "note", seen=seen, body="ملاحظة").status_code == 302


class TestSensitiveFields:
    def test_are_masked_until_somebody_who_may_asks_and_that_is_recorded(self, place: Any, address: str) -> None:
        desk = place.desk(OFFICER)
        assert "+96655120021" not in desk.get(address).text
        assert "looked" not in verbs(place, address)
        assert "+966551200021" in desk.post(f"{address}/reveal").text
        assert "looked" in verbs(place, address)
        with place.serve():
            entry = db.session.scalars(
                select(TimelineEntry).where(
                    TimelineEntry.case_id == place.case(address).id, TimelineEntry.verb == "looked"
                )
            ).one()
            assert entry.private
            assert timeline.verify(place.case(address)) == []

    def test_are_not_opened_for_who_may_not(self, place: Any, address: str) -> None:
        assert place.desk("management").post(f"{address}/reveal").status_code == 403
        assert "looked" not in verbs(place, address)


class TestWords:
    def test_a_message_and_a_note_stand_in_the_story_and_only_one_is_the_applicants(
        self, place: Any, address: str
    ) -> None:
        place.done(address, OFFICER, "message", body="نرجو الحضور يوم الأحد")
        place.done(address, OFFICER, "note", body="يبدو مستعجلًا")
        page = place.desk(OFFICER).get(address).text
        assert "نرجو الحضور يوم الأحد" in page
        assert "يبدو مستعجلًا" in page
        with place.serve():
            rows = db.session.scalars(select(CaseMessage).where(CaseMessage.case_id == place.case(address).id))
            assert {row.direction for row in rows} == {"out", "note"}

    def test_what_is_typed_is_shown_as_text(self, place: Any, address: str) -> None:
        place.done(address, OFFICER, "note", body="<script>alert(1)</script>")
        assert "<script>alert(1)" not in place.desk(OFFICER).get(address).text


class TestReferrals:
    def asked(self, place: Any, address: str) -> str:
        place.done(address, OFFICER, "refer", to_role="social_research_officer", question="هل تنطبق الشروط؟")
        with place.serve():
            case = place.case(address).id
            found = db.session.scalars(select(Referral).where(Referral.case_id == case, Referral.ended_at.is_(None)))
            return f"{address}/referrals/{found.one().id}"

    def end(self, place: Any, address: str, role: str, referral: str, how: str, **data: str) -> Any:
        sent = {"seen": place.version(address), **data}
        return place.desk(role).post(f"{referral}/{how}", data=sent)

    def test_are_answered_by_the_role_that_was_asked(self, place: Any, address: str) -> None:
        referral, researcher = self.asked(place, address), "social_research_officer"
        assert "هل تنطبق الشروط؟" in place.desk(researcher).get(f"{referral}/answer").text
        assert place.desk(researcher).get("/desk/cases?view=referred").text.count(address) == 1
        assert self.end(place, address, "management", referral, "answer", text="لا").status_code == 403
        assert self.end(place, address, researcher, referral, "answer", text="نعم تنطبق").status_code == 302
        assert "نعم تنطبق" in place.desk(OFFICER).get(address).text
        assert self.end(place, address, researcher, referral, "answer", text="ثانية").status_code == 409

    def test_are_given_back_or_called_back(self, place: Any, address: str) -> None:
        referral = self.asked(place, address)
        sent = self.end(place, address, "social_research_officer", referral, "give_back", reason="ليست من اختصاصي")
        assert sent.status_code == 302
        again = self.asked(place, address)
        assert self.end(place, address, OFFICER, again, "call_back").status_code == 302

    def test_belong_to_their_case(self, place: Any, address: str) -> None:
        referral = self.asked(place, address)
        other = place.record(23)
        wrong = f"{other}/referrals/{referral.rsplit('/', 1)[1]}"
        assert place.desk("social_research_officer").get(f"{wrong}/answer").status_code == 404


class TestAssignment:
    def test_somebody_takes_a_case_and_another_is_given_it(self, place: Any, address: str) -> None:
        place.done(address, OFFICER, "take")
        assert address in place.desk(OFFICER).get("/desk/cases?view=mine").text
        assert place.move(address, "management", "take").status_code == 409
        place.done(address, OFFICER, "put_back")
        assert address not in place.desk(OFFICER).get("/desk/cases?view=mine").text
        page = place.desk(OFFICER).get(f"{address}/moves/assign").text
        assert "منسوب management" in page


class TestReopening:
    def test_takes_a_reason_and_a_permission(self, place: Any, address: str) -> None:
        place.done(address, OFFICER, "withdraw", reason="سحبه")
        assert place.move(address, OFFICER, "reopen", reason="عاد").status_code == 403
        assert place.move(address, "management", "reopen", reason="").status_code == 422
        place.done(address, "management", "reopen", reason="عاد مقدم الطلب")
        assert place.state(address) == "received"

    def test_the_page_of_a_case_costs_a_fixed_number_of_statements(self, place: Any, queries: Any) -> None:
        few, many_ = place.record(24), place.record(25)
        for number in range(6):
            place.done(many_, OFFICER, "note", body=f"ملاحظة {number}")
        place.done(few, OFFICER, "note", body="ملاحظة")
        counted = []
        for address in (few, many_):
            with queries() as sent:
                place.desk(OFFICER).get(address)
            counted.append(len(sent))
        assert counted[0] == counted[1] < 31


class TestStories:
    def test_one_that_is_not_as_it_was_written_says_so(self, place: Any, address: str) -> None:
        words = "ليس كما كُتب"
        assert words not in place.desk(OFFICER).get(f"{address}?lang=ar").text
        with place.serve():
            case = place.case(address)
            case.head_seq -= 1
            db.session.commit()
        assert words in place.desk(OFFICER).get(address).text
