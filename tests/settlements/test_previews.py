"""What a move on a dispute or a claim sends is read before it is sent: its very words, and its papers."""

import re
from html import unescape
from io import BytesIO

import pytest
from sqlalchemy import func, select

from silah.cases.models import Case
from silah.cases.workflow import perform
from silah.notifications.models import OutboxMessage
from silah.settlements import undertakings
from silah.settlements.models import COMPENSATION, SettlementOffer, Undertaking
from tenants.database import db
from tests.complaints.test_desk import done
from tests.paper_text import words

from .conftest import CHAIR, HEAD, PDF, House, offer, soon

WHY = "لا يثبت الضرر <من الأوراق>"


@pytest.fixture
def message(serve, home):
    """Subject and body of the message of a kind that a case's applicant got."""

    def sent(case_id, template):
        with serve(home):
            rows = select(OutboxMessage).where(OutboxMessage.case_id == case_id, OutboxMessage.template == template)
            found = db.session.scalars(rows).one()
            return found.subject, found.body

    return sent


def looks_and_sends(browser, case_id, key, **typed):
    """The page with the preview that a press on the only button of the form brings, then the answer to sending."""
    first = browser.get(f"/desk/cases/{case_id}/moves/{key}?lang=en").text
    form = first[first.index('class="stack card"') :].partition("</form>")[0]
    buttons = re.findall(r"<button[^>]*>", re.sub(r"<noscript>.*?</noscript>", "", form, flags=re.DOTALL))
    assert ['name="look"' in one for one in buttons] == [True], "nothing is sent that was not looked at"
    looked = done(browser, case_id, key, look="1", **typed)
    assert looked.status_code == 200, looked.text
    assert looked.text.index('id="preview"') < looked.text.index('class="stack card"')
    return unescape(looked.text), done(browser, case_id, key, **typed)


@pytest.mark.parametrize(
    ("key", "template", "typed"),
    [
        ("offer", "offer_made", {"terms": "سلة بديلة & اعتذار", "amount": "١٢٠٠٫٥٠", "expires_on": soon(9)}),
        ("end", "settlement_ended", {"reason": WHY}),
        ("refer_out", "referred_out", {"to": "المحكمة العامة", "number": "٤٤/٧", "on": soon(0)}),
    ],
)
def test_what_is_typed_is_read_as_it_will_be_sent(seat, serve, home, begun, message, key, template, typed):
    case_id = begun()[0]
    chair = seat(CHAIR)
    before = message_count(serve, home, case_id)
    looked = done(chair, case_id, key, look="1", **typed)
    assert looked.status_code == 200
    assert message_count(serve, home, case_id) == before, "looking sends nothing"
    page, sent = looks_and_sends(chair, case_id, key, **typed)
    assert sent.status_code == 302, sent.text
    subject, body = message(case_id, template)
    assert subject in page
    assert body in page


def message_count(serve, home, case_id):
    with serve(home):
        of_case = (OutboxMessage.case_id == case_id, SettlementOffer.case_id == case_id)
        counts = [select(func.count()).where(one) for one in of_case]
        return [db.session.scalar(one) for one in counts]


def test_a_result_and_a_refusal_are_looked_at_too(seat, serve, home, begun, message):
    case_id, countered = begun()[0], begun()[0]
    chair = seat(CHAIR)
    done(chair, case_id, "refer_out", to="المحكمة العامة", number="44", on=soon(0))
    page, sent = looks_and_sends(chair, case_id, "result", words="رُدّت الدعوى", on=soon(0))
    assert sent.status_code == 302
    assert message(case_id, "result_known")[1] in page
    with serve(home):
        perform(db.session.get_one(Case, countered), "counter_offer", None, {"draft": House(home).draft()})
        db.session.commit()
    page, sent = looks_and_sends(chair, countered, "refuse", reason=WHY)
    assert sent.status_code == 302
    assert message(countered, "offer_refused")[1] in page


def test_what_is_wrong_is_said_before_anything_is_shown(seat, begun):
    answer = done(seat(CHAIR), begun()[0], "offer", look="1", **offer(terms=""))
    assert answer.status_code == 422
    assert 'id="preview"' not in answer.text


def test_the_agreement_is_read_before_it_binds(seat, serve, home, begun, message):
    case_id, reference, _code = begun()
    chair, head = seat(CHAIR), seat(HEAD)
    assert done(chair, case_id, "offer", **offer()).status_code == 302
    paper = f"/desk/cases/{case_id}/agreement.pdf"
    page = head.get(f"/desk/cases/{case_id}/moves/accept").text
    assert 'id="preview"' in page, "what asks the beneficiary to accept"
    assert paper not in page
    assert head.get(paper).status_code == 404, "nothing is agreed while the beneficiary has not accepted"
    with serve(home):
        offered = select(SettlementOffer).where(SettlementOffer.case_id == case_id)
        perform(
            db.session.get_one(Case, case_id), "accept_offer", None, {"offer_id": db.session.scalars(offered).one().id}
        )
        db.session.commit()
    page = unescape(head.get(f"/desk/cases/{case_id}/moves/accept").text)
    assert paper in page
    shown = head.get(paper)
    assert (shown.status_code, shown.mimetype) == (200, "application/pdf")
    assert reference in words(shown.data)
    assert chair.get(paper).status_code == 404, "who may not accept has no agreement to look at"
    assert done(head, case_id, "accept").status_code == 302
    assert message(case_id, "agreement_made")[1] in page
    assert head.get(paper).status_code == 404, "what was made is kept as a document"


def test_the_closing_letter_of_a_claim_is_read_before_it_is_sent(seat, serve, home, begun, message):
    case_id, reference, _code = begun(COMPENSATION, judged=True)
    with serve(home):
        house, case = House(home), db.session.get_one(Case, case_id)
        house.agreed(case, house.offered(case, "1200.50", promises=house.promised()))
        promised = db.session.scalars(select(Undertaking).where(Undertaking.case_id == case_id)).one()
        undertakings.keep(promised, by=house.head, remark="تم", proof=house.file("proof"))
        db.session.commit()
    head, paper = seat(HEAD), f"/desk/cases/{case_id}/closing.pdf"
    assert head.get(paper).status_code == 404, "it is not paid yet"
    proof = {"amount": "1200.50", "on": soon(0), "proof": (BytesIO(PDF), "proof.pdf")}
    assert done(head, case_id, "pay", **proof).status_code == 302
    page = unescape(head.get(f"/desk/cases/{case_id}/moves/close").text)
    assert paper in page
    assert reference in words(head.get(paper).data)
    assert done(head, case_id, "close").status_code == 302
    assert message(case_id, "settlement_closed")[1] in page
    assert head.get(paper).status_code == 404
