"""A reply is looked at before it is sent: the very words, language, means and papers that its reader gets."""

from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from silah.cases.models import Case
from silah.notifications.models import OutboxMessage
from tenants.database import db

OFFICER, CHAIR = "relations_officer", "research_committee_chair"
WHY = "دخل الأسرة يتجاوز الحد المقرر"


@pytest.fixture
def place(office: Any, monday: Any) -> Any:
    return office("madinah-centers")


@pytest.fixture
def address(place: Any) -> str:
    return str(place.record(21))


@pytest.fixture
def decided(place: Any, address: str) -> str:
    place.done(address, OFFICER, "find_complete")
    place.done(address, OFFICER, "attest", method="drawn", signed_by="نورة", signature=place.DRAWN)
    place.done(address, OFFICER, "send")
    place.done(address, "research_committee_member", "recommend", outcome="rejected", reasons=WHY)
    place.done(address, CHAIR, "decide", outcome="rejected", reasons=WHY)
    return address


def message(place: Any, address: str) -> tuple[str, str]:
    with place.serve():
        rows = select(OutboxMessage).where(OutboxMessage.template == "replied")
        found = db.session.scalars(rows.where(OutboxMessage.case_id == address.rsplit("/", 1)[-1])).one()
        return found.subject, found.body


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_what_is_previewed_is_what_is_sent(place: Any, decided: str, lang: str) -> None:
    with place.serve():
        db.session.get_one(Case, decided.rsplit("/", 1)[-1]).locale = lang
        db.session.commit()
    page = unescape(place.desk(CHAIR).get(f"{decided}/moves/release?lang={lang}").text)
    assert f"{decided}/letter.pdf" in page
    paper = place.desk(CHAIR).get(f"{decided}/letter.pdf")
    assert (paper.status_code, paper.data[:4]) == (200, b"%PDF")
    place.done(decided, CHAIR, "release", early_reason="حالة عاجلة")
    subject, body = message(place, decided)
    assert subject in page
    assert body in page
    assert WHY in body
    assert place.desk(CHAIR).get(f"{decided}/letter.pdf").status_code == 404, "what was sent is kept as a document"


def test_the_letter_is_for_those_who_send_it(place: Any, decided: str) -> None:
    assert place.desk("social_research_officer").get(f"{decided}/letter.pdf").status_code == 403


def test_before_its_day_scheduling_is_one_press_and_so_is_cancelling(place: Any, decided: str) -> None:
    page = place.desk(OFFICER).get(decided).text
    assert f"{decided}/moves/schedule" in page
    assert f'{decided}/moves/release"' not in page
    assert WHY in place.desk(OFFICER).get(f"{decided}/moves/schedule").text
    place.done(decided, OFFICER, "schedule")
    page = place.desk(OFFICER).get(f"{decided}?lang=en").text
    assert "The reply will be sent automatically on" in page
    assert f"{decided}/moves/unschedule" in page
    place.done(decided, OFFICER, "unschedule")
    assert "The reply will be sent automatically on" not in place.desk(OFFICER).get(f"{decided}?lang=en").text


def test_who_decides_alone_reads_what_pressing_does_and_the_recommendation(place: Any, address: str) -> None:
    place.done(address, OFFICER, "find_complete")
    place.done(address, OFFICER, "attest", method="drawn", signed_by="نورة", signature=place.DRAWN)
    place.done(address, OFFICER, "send")
    place.done(address, "research_committee_member", "recommend", outcome="rejected", reasons=WHY)
    page = unescape(place.desk(CHAIR).get(f"{address}/moves/decide?lang=en").text)
    assert WHY in page
    assert "as recommended: the applicant reads" in page
    answer = place.move(address, CHAIR, "decide", outcome="accepted", reasons=WHY)
    assert answer.status_code == 422
    assert 'id="reasons-error"' in answer.text
    place.done(address, CHAIR, "decide", outcome="accepted", reasons="زارت اللجنة الأسرة ورأت حاجتها")
