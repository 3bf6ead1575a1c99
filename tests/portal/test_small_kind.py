"""A kind of case that is only registered: recorded at the desk, followed, written about and taken back."""

import re

import pytest
from sqlalchemy import select

from silah.cases import creation, kinds, receipts, timeline
from silah.cases.kinds import Kind
from silah.cases.models import Case
from silah.cases.receipts import ReceivedCase
from silah.cases.states import State
from silah.desk import presenters, recording_registry
from silah.desk.action_forms import long_text
from silah.desk.presenters import CasePresenter
from silah.desk.recording_forms import CameForm
from silah.desk.recording_registry import RecordingPage
from silah.feature import Feature
from silah.portal import tracking_registry
from silah.portal.tracking_registry import TrackingPage, Withdrawal
from silah.web.access import Permission
from tenants import versions
from tenants.database import db
from tests.complaints.test_portal import followed

KEY = "volunteer"
PERSON = {"relation": "self", "name": "سلمان الفيفي", "mobile": "0550000099", "reply_channel": "email", "branch": "",
          "email": "salman@example.com", "locale": "ar", "identity": "none", "identity_paper": ""}  # fmt: skip


class OfferForm(CameForm):
    text = long_text("Offer", "Write what is offered.")


def receive(form, person, by):
    code = receipts.new_code()
    came = creation.Received(
        titles=("عرض متطوع", "An offer to help"),
        channel=form.channel.data,
        version=versions.in_force(form.came_on.data),
        person=person.answers(),
        by=by,
    )
    case = creation.opened(KEY, code, came)
    creation.record_received(case, came, {"channel": came.channel})
    return ReceivedCase(case, code)


def withdraw(case, reason):
    timeline.hold(case)
    case.state = State.WITHDRAWN
    timeline.record(case, "withdrawn", note=reason or None)


VOLUNTEERS = Feature(
    name="volunteers",
    case_kinds=(Kind(KEY, "V", "An offer to help", lambda case: case.policy_version.policy.reply_period),),
    tracking={KEY: TrackingPage(Withdrawal(withdraw, "Nobody answers it.", "Thank you all the same."))},
    recording=(RecordingPage(KEY, "Record an offer", (Permission.RECEIVE_REQUESTS,), OfferForm, receive),),
)
PRESENTER = CasePresenter(
    template="complaints/desk/inquiry.html",
    moves=(),
    deeds=(),
    onward=frozenset(),
    legal=lambda case, member: [],
    facts=lambda case, member, in_full: {},
    labels=lambda case: str,
    explain=lambda case: lambda line: "",
)


@pytest.fixture(autouse=True)
def _registered():
    """The feature is known while a test lasts."""
    registries = (
        kinds._known,
        tracking_registry._registered,
        recording_registry._registered,
        presenters._registered,
        presenters._complete,
    )
    before = [dict(known) for known in registries]
    VOLUNTEERS.register()
    presenters.register(KEY, PRESENTER)
    yield
    for known, kept in zip(registries, before, strict=True):
        known.clear()
        known.update(kept)


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="samtah-cooperative")


def test_is_recorded_confirmed_followed_and_taken_back(seat, client, home, serve):
    officer = seat("relations_officer")
    assert "Record an offer" in officer.get(f"/desk/record/{KEY}").text
    assert officer.post(f"/desk/record/{KEY}", data=PERSON).status_code == 422
    answer = officer.post(f"/desk/record/{KEY}", data={**PERSON, "channel": "fax", "text": "أتطوع يوم الخميس"})
    assert (answer.status_code, answer.location) == (302, "/desk/record/received")
    shown = officer.get(answer.location).text
    reference, code = re.findall(r'class="ref" dir="ltr">([A-Z0-9-]+)<', shown)[:2]
    assert reference.startswith("V-")
    browser = client(home)
    where = followed(browser, reference, code)
    page = browser.get(where).text
    assert all(words in page for words in ("An offer to help", reference, "استلمناها"))
    assert browser.get(f"{where}/receipt.pdf").data.startswith(b"%PDF")
    assert browser.post(f"{where}/messages", data={"body": "أو يوم الجمعة"}).status_code == 302
    assert "أو يوم الجمعة" in browser.get(where).text
    assert browser.post(f"{where}/confirm").status_code == 404, "what requests add is theirs alone"
    assert browser.post(f"{where}/withdraw", data={"reason": "سافرت"}).location == where
    after = browser.get(where).text
    assert "Thank you all the same." in after
    assert f'action="{where}/messages"' not in after
    with serve(home):
        assert db.session.scalar(select(Case.state).where(Case.reference == reference)) is State.WITHDRAWN
