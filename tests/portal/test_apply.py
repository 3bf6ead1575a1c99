"""A request from the first page to the confirmation, in each association and both languages."""

import base64
import re
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from sqlalchemy import func, select

from silah.cases.models import Case
from silah.intake import draft_session
from tenants.database import db
from tests.portal.applicant import NAMES, SIGNATURE, photo, shown

TAKES_INCOMPLETE = [name for name in NAMES if name != "samtah-cooperative"]


class TestTheWholeWay:
    @pytest.mark.parametrize("lang", ["ar", "en"])
    @pytest.mark.parametrize("name", NAMES)
    def test_ends_with_a_reference_and_a_receipt_code(self, applicant, name, lang):
        reference, code = applicant(name, lang).apply()
        assert reference.startswith("R-14")
        assert len(code.replace("-", "")) == 12

    @pytest.mark.parametrize("name", NAMES)
    def test_the_attestation_is_a_page_only_where_the_policy_has_it(self, applicant, associations, serve, name):
        person = applicant(name)
        person.start()
        person.who()
        person.fill()
        review = person.get(f"{person.draft}/review").text
        assert (f"{person.draft}/attest" in review) == (name != "tamkeen-qassim")
        assert person.get(f"{person.draft}/attest").status_code == (404 if name == "tamkeen-qassim" else 200)

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("madinah-centers", "لا تحدد السياسة آخر موعد"),
            ("tamkeen-qassim", "الإدارة"),
            ("samtah-cooperative", "في موعد أقصاه"),
        ],
    )
    def test_what_happens_next_suits_a_floor_or_a_ceiling(self, applicant, name, words):
        person = applicant(name)
        person.apply()
        assert words in person.get("/follow/sent").text

    def test_a_guardian_is_asked_for_proof(self, applicant):
        person = applicant()
        person.start()
        person.who(relation="guardian")
        person.fill()
        assert person.pages.count("document-proof_of_authority") == 1


class TestMembers:
    def test_a_membership_number_is_asked_only_where_the_policy_is_for_members(self, applicant):
        for name, asked in (("samtah-cooperative", True), ("hayat-arar", False)):
            person = applicant(name)
            person.start()
            person.post(f"{person.draft}/who", relation="self")
            assert ('name="member_number"' in person.get(f"{person.draft}/you").text) is asked


class TestIncomplete:
    @pytest.mark.parametrize("name", TAKES_INCOMPLETE)
    def test_may_be_sent_and_completed_later(self, applicant, name):
        person = applicant(name)
        person.start()
        person.who()
        person.fill(documents=False)
        assert "/send" in person.get(f"{person.draft}/review").text
        person.expect(person.send())
        assert "asked" in person.get("/follow/sent").text

    def test_is_not_received_by_a_strict_association(self, applicant):
        person = applicant("samtah-cooperative")
        person.start()
        person.who()
        person.expect(person.post(f"{person.draft}/service", membership="17", service="certificate"))
        person.expect(person.post(f"{person.draft}/document-identity_copy", later="1"), 422)
        review = person.get(f"{person.draft}/review").text
        assert f"{person.draft}/send" not in review
        assert person.send().headers["Location"].endswith("/review")
        paper = person.get(f"{person.draft}/missing.pdf")
        assert (paper.status_code, paper.mimetype) == (200, "application/pdf")


class TestMending:
    def test_nothing_typed_is_lost_and_the_errors_lead_to_their_fields(self, applicant):
        person = applicant()
        person.start()
        page = person.expect(person.post(f"{person.draft}/you", name="نورة", national_id="123"), 422).text
        assert 'value="نورة"' in page
        assert 'value="123"' in page
        assert 'href="#national_id"' in page
        assert page.count('class="error"') == 1

    def test_the_means_of_reply_needs_its_address(self, applicant):
        person = applicant()
        person.start()
        data = {"mobile": "0501234567", "reply_channel": "email", "locale": "ar"}
        page = person.expect(person.post(f"{person.draft}/contact", **data), 422).text
        assert 'href="#email"' in page

    @pytest.mark.parametrize("content", [b"<script>alert(1)</script>", b"", b"%PDF-1.7 cut"])
    def test_a_file_that_is_not_taken_is_refused_with_a_reason(self, applicant, content):
        person = applicant("madinah-centers")
        person.start("course_enrolment")
        sent = {"file": (BytesIO(content), "a.pdf"), "valid_until": "1/1/1460"}
        page = person.expect(person.post(f"{person.draft}/document-{document(person)}", **sent), 422).text
        assert 'id="file-error"' in page

    def test_an_expired_document_is_refused_at_once(self, applicant):
        person = applicant("madinah-centers")
        person.start("course_enrolment")
        sent = {"file": photo(), "valid_until": "1/1/1440"}
        page = person.expect(person.post(f"{person.draft}/document-{document(person)}", **sent), 422).text
        assert 'id="valid_until-error"' in page


def document(person) -> str:
    return next(one.key for one in person.forms[person.key].documents if one.dated)


class TestDraft:
    def test_is_kept_and_offered_again(self, applicant):
        person = applicant()
        person.start()
        person.post(f"{person.draft}/who", relation="self")
        assert f"{person.draft}/you" in person.get("/requests/new").text

    def test_its_secret_lies_in_a_cookie_that_scripts_cannot_read(self, applicant):
        person = applicant()
        response = person.post(f"/requests/types/{next(iter(person.forms))}")
        cookie = next(one for one in response.headers.getlist("Set-Cookie") if one.startswith(draft_session.COOKIE))
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Domain" not in cookie

    def test_another_browser_does_not_find_it(self, applicant):
        person, other = applicant(), applicant()
        person.start()
        assert other.get(f"{person.draft}/who").status_code == 404

    def test_can_be_thrown_away(self, applicant):
        person = applicant()
        person.start()
        person.post("/requests/new/discard")
        assert person.get(f"{person.draft}/who").status_code == 404

    def test_its_files_open_for_its_writer_only(self, applicant):
        person, other = applicant("madinah-centers"), applicant("madinah-centers")
        person.start("course_enrolment")
        person.who()
        person.fill()
        address = f"{person.draft}/files/{document(person)}"
        assert person.get(address).headers["X-Content-Type-Options"] == "nosniff"
        assert other.get(address).status_code == 404


class TestConfirmation:
    def test_the_code_is_shown_once(self, applicant):
        person = applicant()
        _reference, code = person.apply()
        again = person.get("/follow/sent").text
        assert code not in again
        assert "receipt-code" not in again

    def test_the_code_is_not_readable_in_the_session_cookie(self, applicant):
        person = applicant()
        person.start()
        person.who()
        person.fill()
        person.expect(person.send(method="drawn", signed_by="نورة", signature=SIGNATURE))
        raw = person.browser.get_cookie("silah", domain=person.browser.base_url.split("//")[1]).value
        body = raw.lstrip(".").split(".")[0]
        plain = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        plain = zlib.decompress(plain) if raw.startswith(".") else plain
        code = person.get("/follow/sent").text.split('id="receipt-code"><bdi class="ref" dir="ltr">')[1][:14]
        assert code.encode() not in plain

    def test_the_receipt_carries_the_code_while_the_page_shows_it(self, applicant):
        person = applicant()
        person.start()
        person.who()
        person.fill()
        person.expect(person.send(method="drawn", signed_by="نورة", signature=SIGNATURE))
        page = person.get("/follow/sent").text
        sealed = re.search(r'name="sealed" value="([^"]+)"', page)[1]
        paper = person.post("/follow/sent/receipt.pdf", sealed=sealed)
        assert paper.data.startswith(b"%PDF-")
        assert person.post("/follow/sent/receipt.pdf", sealed="x" * 40).status_code == 200

    def test_a_second_click_whose_first_answer_was_lost_leads_to_the_confirmation(self, applicant):
        person = applicant("tamkeen-qassim")
        person.start()
        person.who()
        person.fill()
        secret = person.browser.get_cookie(draft_session.COOKIE, domain=host(person), path=draft_session.PATH).value
        person.expect(person.send())
        first = person.get("/follow/sent").text
        person.browser.set_cookie(draft_session.COOKIE, secret, domain=host(person), path=draft_session.PATH)
        person.browser.delete_cookie("silah", domain=host(person))
        person.expect(person.send())
        second = person.get("/follow/sent").text
        assert shown(first, "reference") == shown(second, "reference")
        assert shown(first, "receipt-code") != shown(second, "receipt-code")

    def test_of_two_clicks_at_once_one_is_received_and_both_are_confirmed(self, applicant, client, associations, serve):
        person = applicant("tamkeen-qassim")
        person.start()
        person.who()
        person.fill()
        secret = person.browser.get_cookie(draft_session.COOKIE, domain=host(person), path=draft_session.PATH).value
        tenant = associations["tamkeen-qassim"]
        with serve(tenant):
            before = db.session.scalar(select(func.count(Case.id)))

        def click(_number):
            browser = client(tenant)
            browser.set_cookie(draft_session.COOKIE, secret, domain=host(person), path=draft_session.PATH)
            return browser.post(f"{person.draft}/send").headers["Location"]

        with ThreadPoolExecutor(2) as pool:
            assert list(pool.map(click, range(2))) == ["/follow/sent"] * 2
        with serve(tenant):
            assert db.session.scalar(select(func.count(Case.id))) == before + 1

    def test_a_signature_that_is_refused_sends_nothing(self, applicant, associations, serve):
        person = applicant()
        person.start()
        person.who()
        person.fill()
        with serve(associations["hayat-arar"]):
            before = db.session.scalar(select(func.count(Case.id)))
        refused = person.send(method="drawn", signed_by="نورة", signature="data:image/png;base64,AAAA")
        assert "signature-error" in person.expect(refused, 422).text
        assert person.get(f"{person.draft}/review").status_code == 200
        with serve(associations["hayat-arar"]):
            assert db.session.scalar(select(func.count(Case.id))) == before
        person.expect(person.send(method="drawn", signed_by="نورة", signature=SIGNATURE))

    def test_it_is_nobody_else_s(self, applicant):
        applicant().apply()
        assert applicant().get("/follow/sent").status_code == 404


def host(person) -> str:
    return person.browser.base_url.split("//")[1]


class TestReview:
    def test_names_everything_unanswered_once_and_where_to_answer_it(self, applicant):
        person = applicant("samtah-cooperative")
        person.start()
        person.post(f"{person.draft}/who", relation="guardian")
        page = person.get(f"{person.draft}/review").text
        missing = page.split('class="notice bad"')[1].split("</ul>")[0]
        stops = re.findall(r'href="[^"]+/([a-z_-]+)\?change=1"', missing)
        assert stops.count("you") == 4
        assert stops.count("contact") == 2
        assert "document-proof_of_authority" in stops

    def test_a_change_leads_back_to_it(self, applicant):
        person = applicant("samtah-cooperative")
        person.start()
        answer = person.expect(person.post(f"{person.draft}/who?change=1", relation="agent"))
        assert answer.headers["Location"].endswith("/review")

    def test_the_step_of_identities_is_not_one_of_the_form(self, applicant):
        person = applicant()
        person.start()
        assert person.get(f"{person.draft}/person").status_code == 404
