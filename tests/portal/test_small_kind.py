"""A kind of case that is only registered: recorded at the desk, followed, written about and taken back."""

import re

import pytest
from sqlalchemy import select

from silah.cases import kinds, timeline, workflow
from silah.cases.models import Case
from silah.cases.states import State
from silah.desk import presenters, recording_registry
from silah.portal import tracking_registry
from tenants.database import db
from tests.complaints.test_portal import followed
from tests.portal.volunteers import KEY, VOLUNTEERS

PERSON = {"relation": "self", "name": "سلمان الفيفي", "mobile": "0550000099", "reply_channel": "email", "branch": "",
          "email": "salman@example.com", "locale": "ar", "identity": "none", "identity_paper": ""}  # fmt: skip


@pytest.fixture(autouse=True)
def _registered():
    """The feature is known while a test lasts."""
    registries = (
        kinds._known,
        tracking_registry._registered,
        recording_registry._registered,
        presenters._registered,
        workflow._registered,
        workflow._complete,
    )
    before = [dict(known) for known in registries]
    VOLUNTEERS.register()
    yield
    for known, kept in zip(registries, before, strict=True):
        known.clear()
        known.update(kept)


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="samtah-cooperative")


def recorded(officer):
    """The reference and code of an offer that was recorded at the desk."""
    answer = officer.post(f"/desk/record/{KEY}", data={**PERSON, "channel": "fax", "text": "أتطوع يوم الخميس"})
    assert (answer.status_code, answer.location) == (302, "/desk/record/received")
    return re.findall(r'class="ref" dir="ltr">([A-Z0-9-]+)<', officer.get(answer.location).text)[:2]


def make(browser, case_id, key, **data):
    """Make a transition from its page, as the page showed the case."""
    page = browser.get(f"/desk/cases/{case_id}/moves/{key}")
    seen = re.search(r'name="seen" value="(\d+)"', page.text)
    assert seen, page.status_code
    return browser.post(f"/desk/cases/{case_id}/moves/{key}", data={"seen": seen[1], **data})


def test_is_recorded_confirmed_followed_and_taken_back(seat, client, home, serve):
    officer = seat("relations_officer")
    assert "Record an offer" in officer.get(f"/desk/record/{KEY}").text
    assert officer.post(f"/desk/record/{KEY}", data=PERSON).status_code == 422
    reference, code = recorded(officer)
    assert reference.startswith("V-")
    browser = client(home)
    where = followed(browser, reference, code)
    page = browser.get(where).text
    assert all(words in page for words in ("An offer to help", reference, "استلمناها"))
    assert browser.get(f"{where}/receipt.pdf").data.startswith(b"%PDF")
    assert browser.post(f"{where}/messages", data={"body": "أو يوم الجمعة"}).status_code == 302
    assert "أو يوم الجمعة" in browser.get(where).text
    assert browser.post(f"{where}/confirm").status_code == 404, "what requests add is theirs alone"
    assert browser.post(f"{where}/withdraw").location == where
    after = browser.get(where).text
    assert "Thank you all the same." in after
    assert f'action="{where}/messages"' not in after
    with serve(home):
        assert db.session.scalar(select(Case.state).where(Case.reference == reference)) is State.WITHDRAWN


def test_goes_its_way_at_the_desk_to_its_end(seat, client, home, serve):
    officer, stranger = seat("relations_officer"), seat("volunteer")
    reference, _code = recorded(officer)
    with serve(home):
        case = db.session.scalars(select(Case).where(Case.reference == reference)).one()
        case_id = case.id
    address = f"/desk/cases/{case_id}"
    assert stranger.get(f"{address}/moves/thank").status_code in (403, 404)
    shown = officer.get(address).text
    assert f"{address}/moves/thank" in shown
    assert f"{address}/moves/close" not in shown, "nothing was answered yet"
    assert make(officer, case_id, "thank").status_code == 422
    assert make(officer, case_id, "thank", body="نرحب بكم يوم الخميس").location == address
    assert officer.get(f"{address}/moves/thank").status_code == 409
    assert make(officer, case_id, "close").location == address
    with serve(home):
        case = db.session.get_one(Case, case_id)
        assert (case.state, bool(case.replied_at), bool(case.closed_at)) == (State.CLOSED, True, True)
        verbs = [line.verb for line in timeline.entries(case, for_applicant=False)]
        assert verbs[:2] == ["closed", "answered"]
        assert verbs[-1] == "received"
        assert timeline.verify(case) == []
