"""The answer to an inquiry is read before it is sent, in the very words of the message."""

from html import unescape

import pytest
from sqlalchemy import select

from silah.cases.models import Case
from silah.complaints import inquiries
from silah.notifications.models import OutboxMessage
from tenants.database import db

from .conftest import PERSON
from .test_desk import done

ANSWER = "نفتح في الثامنة <صباحًا> & نغلق ظهرًا"


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="samtah-cooperative")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_an_answer_is_looked_at_and_then_sent(seat, serve, home, lang):
    with serve(home):
        case_id = inquiries.ask("inquiry", "متى يفتح الباب؟", PERSON | {"locale": lang}, channel="website").case.id
        db.session.commit()
    officer, path = seat("liaison_officer"), f"/desk/cases/{case_id}/moves/answer"
    asked = officer.get(f"{path}?lang=en").text
    assert "Preview the message" in asked
    assert 'id="preview"' not in asked
    assert done(officer, case_id, "answer", look="1", text=" ").status_code == 422
    looked = done(officer, case_id, "answer", look="1", text=ANSWER)
    page = unescape(looked.text)
    assert looked.status_code == 200
    assert page.count(ANSWER) == 2, "in the message, and in the field in which it can be changed"
    with serve(home):
        assert db.session.get_one(Case, case_id).state == "received", "looking sends nothing"
    assert done(officer, case_id, "answer", text=ANSWER).status_code == 302
    with serve(home):
        rows = select(OutboxMessage).where(OutboxMessage.case_id == case_id)
        sent = db.session.scalars(rows.where(OutboxMessage.template == "inquiry_answered")).one()
        assert (sent.subject in page, sent.body in page, sent.locale) == (True, True, lang)
