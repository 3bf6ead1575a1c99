"""The day on which paper came is entered wherever staff record something: requests, complaints, inquiries, claims."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.cases.models import Case
from tenants.database import db

OFFICER = "relations_officer"
FORMS = {
    "complaint": {"about": "data", "text": "رسالة", "how": "named"},
    "inquiry": {"kind": "inquiry", "text": "سؤال"},
    "dispute": {"text": "خلاف"},
    "compensation": {"text": "ضرر", "claimed": "100"},
}


@pytest.fixture
def place(office: Any, monday: Any) -> Any:
    return office("samtah-cooperative")


def received(place: Any, reference: str) -> Any:
    with place.serve():
        found = db.session.scalars(select(Case).where(Case.reference == reference)).one()
        return time.day_of(found.received_at)


def test_of_a_request_is_entered_and_said_on_its_page(place: Any) -> None:
    day = time.today() - timedelta(days=4)
    address = place.record(61, came_on=day.isoformat())
    with place.serve():
        assert time.day_of(place.case(address).received_at) == day
    assert "It came on" in place.desk(OFFICER).get(f"{address}?lang=en").text
    assert "وردت بتاريخ" in place.desk(OFFICER).get(f"{address}?lang=ar").text


def test_of_a_request_that_is_to_come_is_refused_and_kept_in_the_form(place: Any) -> None:
    day = (time.today() + timedelta(days=1)).isoformat()
    draft, before = place.draft(), place.count()
    sent = {**place.person(62), **place.answers(), "channel": place.channel, "deed": "send", "came_on": day}
    answer = place.desk(OFFICER).post(draft, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert 'id="came_on-error"' in answer.text
    assert day in answer.text
    assert place.count() == before


def test_stays_with_a_draft_that_is_kept(place: Any) -> None:
    day = (time.today() - timedelta(days=2)).isoformat()
    sent = {**place.person(63), "channel": place.channel, "deed": "keep", "came_on": day}
    answer = place.desk(OFFICER).post(
        place.draft(), data=sent, content_type="multipart/form-data", follow_redirects=True
    )
    assert f'value="{day}"' in answer.text


@pytest.mark.parametrize("kind", FORMS)
def test_of_every_other_kind_starts_its_clock(place: Any, kind: str) -> None:
    page = place.desk(OFFICER).get(f"/desk/record/{kind}")
    if page.status_code == 404:
        pytest.fail(f"{kind} is not recorded here")
    assert f'value="{time.today().isoformat()}"' in page.text
    day = time.today() - timedelta(days=5)
    sent = {**place.person(64), **FORMS[kind], "channel": place.channel}
    refused = place.desk(OFFICER).post(f"/desk/record/{kind}", data={**sent, "came_on": "2099-01-01"})
    assert refused.status_code == 422
    assert 'id="came_on-error"' in refused.text
    answer = place.desk(OFFICER).post(
        f"/desk/record/{kind}", data={**sent, "came_on": day.isoformat()}, follow_redirects=True
    )
    assert answer.status_code == 200, answer.text
    reference = re.search(r'class="ref" dir="ltr">([A-Z0-9-]+)<', answer.text)
    assert reference
    assert received(place, reference[1]) == day


def test_of_a_complaint_without_a_name_is_its_day_alone(place: Any) -> None:
    day = time.today() - timedelta(days=5)
    sent = {
        "about": "data",
        "text": "بلا اسم",
        "how": "anonymous",
        "channel": place.channel,
        "came_on": day.isoformat(),
    }
    answer = place.desk(OFFICER).post("/desk/record/complaint", data=sent, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    reference = re.search(r'class="ref" dir="ltr">([A-Z0-9-]+)<', answer.text)
    assert reference
    with place.serve():
        found = db.session.scalars(select(Case).where(Case.reference == reference[1])).one()
        at = found.received_at.astimezone(time.RIYADH)
    assert (at.date(), at.time().isoformat()) == (day, "00:00:00")
