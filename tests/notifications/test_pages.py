"""The administrators' pages of the messages, and the staff's page of what is carried by hand."""

import pytest
from sqlalchemy import select

from silah.notifications import service
from silah.notifications.message_templates import LOCALES, TEMPLATES
from silah.notifications.models import MessageTemplate
from tenants.database import db
from tests.cases.conftest import bare_case

ADDRESS = "/admin/messages/code/ar"


@pytest.fixture
def administrator(signed_in, home):
    return signed_in(home, "administrator")


class TestRewording:
    def test_every_message_can_be_opened_in_both_languages(self, administrator):
        page = administrator.get("/admin/messages").text
        for key in TEMPLATES:
            for language in LOCALES:
                assert f"/admin/messages/{key}/{language}" in page
        assert administrator.get("/admin/messages/nothing/ar").status_code == 404
        assert administrator.get("/admin/messages/code/fr").status_code == 404

    def test_a_rewording_is_kept_used_and_restored(self, administrator, serve, home):
        data = {"subject": "رمزك {{code}}", "body": "رمزك {{code}}"}
        assert administrator.post(ADDRESS, data=data).status_code == 302
        with serve(home):
            assert service.worded(TEMPLATES["code"], "ar").subject == "رمزك {{code}}"
            assert service.worded(TEMPLATES["code"], "en") == TEMPLATES["code"].wording("en")
            assert db.session.scalars(select(MessageTemplate)).one().changed_by is not None
        assert administrator.post(f"{ADDRESS}/restore").status_code == 302
        with serve(home):
            assert service.worded(TEMPLATES["code"], "ar") == TEMPLATES["code"].wording("ar")

    def test_a_preview_keeps_nothing(self, administrator, serve, home):
        data = {"subject": "<b>{{code}}", "body": "{{code}} <script>", "preview": "1"}
        page = administrator.post(ADDRESS, data=data).text
        assert "<script>" not in page.split("preview-title")[1]
        assert "482913" in page
        with serve(home):
            assert db.session.scalar(select(MessageTemplate)) is None

    def test_what_cannot_be_taken_comes_back_with_the_reason(self, administrator):
        data = {"subject": "x {{ 7*7 }}", "body": "no code"}
        answer = administrator.post(ADDRESS, data=data)
        assert answer.status_code == 422
        assert "x {{ 7*7 }}" in answer.text
        assert 'href="#body"' in answer.text

    def test_others_may_not(self, signed_in, home):
        assert signed_in(home, "relations_officer").get("/admin/messages").status_code == 403


class TestLetters:
    def test_are_listed_printed_and_handed_over(self, signed_in, serve, home):
        with serve(home):
            sent = service.tell_applicant("closed", bare_case(reply_channel="phone", reply_address=None))
            where, subject = f"/desk/letters/{sent.id}", sent.subject
            db.session.commit()
        officer = signed_in(home, "relations_officer")
        assert subject in officer.get("/desk/letters").text
        assert officer.get(where).status_code == 200
        assert officer.post(f"{where}/attempts", data={"outcome": "reached"}).status_code == 302
        assert where not in officer.get("/desk/letters").text
