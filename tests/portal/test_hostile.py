"""What nobody means well: broken, huge and foreign input is refused or taken as text, and never breaks a page."""

import re

import pytest

from tests.portal.applicant import SIGNATURE, national_id, photo

ODD = [
    "a\x00b",
    "\x00",
    "x" * 100_000,
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    '\'; drop table "case"; --',
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "‮rtl override",
    "٠" * 50,
    "😀" * 30,
    "../../etc/passwd",
    "00000000-0000-0000-0000-000000000000",
]


@pytest.fixture
def person(applicant):
    person = applicant("samtah-cooperative")
    person.start()
    return person


def answered(response) -> None:
    assert response.status_code in (200, 302, 404, 409, 422), response.status_code
    assert b"<script>alert(1)</script>" not in response.data


class TestOddAnswers:
    @pytest.mark.parametrize("odd", ODD)
    def test_every_page_of_the_person_stands(self, person, odd):
        for page, names in {
            "who": ["relation"],
            "you": ["name", "national_id", "member_number"],
            "contact": ["mobile", "email", "reply_channel", "reply_address", "branch", "locale"],
        }.items():
            sound = {"name": "نورة", "national_id": national_id(), "mobile": "0501234567", "reply_channel": "phone"}
            for name in names:
                answered(person.post(f"{person.draft}/{page}", **{**sound, "relation": "self", name: odd}))
        answered(person.get(f"{person.draft}/review"))

    @pytest.mark.parametrize("odd", ODD)
    def test_every_step_of_the_form_stands(self, person, odd):
        for step in person.forms[person.key].steps:
            answered(person.post(f"{person.draft}/{step.key}", **{field.key: odd for field in step.fields}))
        answered(person.get(f"{person.draft}/review"))
        answered(person.get(f"{person.draft}/missing.pdf"))

    @pytest.mark.parametrize("odd", ODD)
    def test_opening_a_case_stands(self, person, odd):
        answered(person.post("/follow", reference=odd, code=odd))
        answered(person.post("/follow/code", reference=odd))
        answered(person.post("/follow/code/enter", code=odd))
        answered(person.browser.get("/follow", query_string={"reference": odd}))

    @pytest.mark.parametrize("odd", ODD)
    def test_a_whole_request_with_an_odd_name_is_sent_followed_and_printed(self, applicant, odd):
        person = applicant("hayat-arar")
        person.start()
        person.who(name=f"نورة {odd}")
        person.fill()
        answered(person.send(method=odd, signed_by="x", signature=odd))
        answered(person.send(method="drawn", signed_by=odd, signature=SIGNATURE))
        person.send(method="drawn", signed_by="نورة", signature=SIGNATURE)
        page = person.expect(person.get("/follow/sent"), 200).text
        where = re.search(r'href="(/follow/[0-9a-f-]{36})"', page)[1]
        person.expect(person.post(f"{where}/messages", body=f"سؤال {odd[:4000]}"))
        for paper in ("", "/receipt.pdf", "/attestation.pdf"):
            answered(person.expect(person.get(where + paper), 200))
        person.expect(person.post(f"{where}/withdraw", reason=odd[:400]))

    def test_a_file_with_an_odd_name_is_kept_under_a_plain_one(self, person):
        for odd in ODD:
            sent = {"file": (photo()[0], odd + ".jpg"), "valid_until": "1/1/1460"}
            answered(person.post(f"{person.draft}/document-identity_copy", **sent))
        answered(person.get(f"{person.draft}/files/identity_copy"))


class TestOddAddresses:
    @pytest.mark.parametrize(
        "path",
        [
            "/requests/types/..%2f..",
            "/requests/types/%00",
            "/requests/new/not-a-uuid/who",
            "/follow/not-a-uuid",
            "/documents/not-a-uuid",
            "/?lang=xx",
            "/policy.pdf?lang=%00",
        ],
    )
    def test_are_answered(self, person, path):
        answered(person.get(path))


class TestForgery:
    def test_nothing_is_taken_without_the_page_s_own_token(self, app, person, monkeypatch):
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
        for path in (f"/requests/types/{person.key}", f"{person.draft}/who", f"{person.draft}/send", "/follow"):
            assert person.post(path, relation="self").status_code == 400
