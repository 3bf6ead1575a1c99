"""Reminders to those who must read a guide and have not: in time, within limits, until they have."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from silah.jobs import handlers, runner
from silah.library import reminding, service
from silah.library.models import LibraryTool
from silah.notifications.models import OutboxMessage
from silah.organisation.models import Membership
from tenants.database import db

START = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
TEXTS = {"text_ar": "خطوات الدراسة", "text_en": "Steps of the study", "note": "أول إصدار"}


@pytest.fixture
def home(make_association, clock):
    clock(START)
    return make_association(blueprint="hayat-arar")


@pytest.fixture
def admin(signed_in, home):
    return signed_in(home, "administrator")


@pytest.fixture
def reader(signed_in, home):
    return signed_in(home, "relations_officer")


@pytest.fixture
def tool(serve, home, admin):
    """A guide that everybody must read, with a version."""
    with serve(home):
        id = db.session.scalars(select(LibraryTool.id).where(LibraryTool.named)).first()
    assert admin.post(f"/admin/library/{id}/versions", data=TEXTS).status_code == 302
    return id


@pytest.fixture
def work(app, home, clock):
    """Let days pass, then do the reminder that is due; says whether there was one."""
    handlers.load()

    def after(days, key):
        clock(START + timedelta(days=days))
        with app.app_context():
            return runner.work(home.role, reminding.REMIND, str(key))

    return after


@pytest.fixture
def letters(serve, home):
    def read():
        with serve(home):
            return list(db.session.scalars(select(OutboxMessage.address).where(OutboxMessage.template == "to_read")))

    return read


def everybody(serve, home):
    with serve(home):
        return len(db.session.scalars(select(Membership).where(Membership.state == "active")).all())


class TestAReminder:
    def test_comes_after_three_days_to_those_who_have_not_read(self, serve, home, tool, reader, work, letters):
        reader.post(f"/desk/library/{tool}")
        assert not work(2, tool)
        assert work(3, tool)
        assert len(letters()) == everybody(serve, home) - 1

    def test_comes_weekly_four_times_and_no_more(self, serve, home, tool, reader, work, letters):
        assert [work(day, tool) for day in (3, 10, 17, 24, 31, 60)] == [True, True, True, True, False, False]
        assert len(letters()) == 4 * everybody(serve, home)

    def test_stops_once_everybody_has_read(self, serve, home, tool, reader, admin, work, letters):
        for browser in (reader, admin):
            browser.post(f"/desk/library/{tool}")
        with serve(home):
            one = service.shelf(tool)
            for member in reminding.unread(one):
                member.state = "suspended"
            db.session.commit()
        assert work(3, tool)
        assert letters() == []
        assert not work(30, tool)

    def test_of_what_is_no_longer_in_use_goes_to_nobody(self, serve, home, tool, work, letters):
        with serve(home):
            db.session.get_one(LibraryTool, tool).withdrawn = True
            db.session.commit()
        work(3, tool)
        assert letters() == []

    def test_by_hand_keeps_to_the_pause(self, admin, reader, tool, letters):
        page = admin.get(f"/admin/library/{tool}?lang=en").text
        assert "Remind who has not read it" in page
        admin.post(f"/admin/library/{tool}/remind")
        first = len(letters())
        assert first
        page = admin.post(f"/admin/library/{tool}/remind?lang=en", follow_redirects=True).text
        assert "Nobody was reminded" in page
        assert len(letters()) == first

    def test_begins_anew_with_a_new_version(self, home, signed_in, reader, tool, work, letters):
        for day in (3, 10, 17, 24):
            work(day, tool)
        before = len(letters())
        signed_in(home, "administrator").post(f"/admin/library/{tool}/versions", data=TEXTS)
        assert work(28, tool)
        assert len(letters()) > before

    def test_is_closed_to_others(self, reader, tool):
        assert reader.post(f"/admin/library/{tool}/remind").status_code == 403


class TestReading:
    def test_says_what_is_to_be_read_and_what_may_be(self, serve, home, admin, reader, tool):
        assert "You are to read it" in reader.get("/desk/library?lang=en").text
        with serve(home):
            db.session.get_one(LibraryTool, tool).readers = ["human_resources"]
            db.session.commit()
        page = reader.get("/desk/library?lang=en").text
        assert "You are to read it" not in page
        assert "Not read yet" in page

    @pytest.mark.parametrize(("lang", "words"), [("ar", "خطوات الدراسة"), ("en", "Steps of the study")])
    def test_an_older_text_stays_readable(self, serve, home, admin, reader, tool, lang, words):
        with serve(home):
            older = service.versions(db.session.get_one(LibraryTool, tool))[0].id
        admin.post(f"/admin/library/{tool}/versions", data={**TEXTS, "text_ar": "غيره", "text_en": "Another"})
        assert words not in reader.get(f"/desk/library/{tool}?lang={lang}").text
        assert words in reader.get(f"/desk/library/versions/{older}?lang={lang}").text
        assert f"/desk/library/versions/{older}" in admin.get(f"/admin/library/{tool}").text
