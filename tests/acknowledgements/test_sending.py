"""Notices sent on to applicants with an open case: once to each person, by the means agreed, in batches."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.acknowledgements import notice_sending, notices
from silah.acknowledgements.models import PublicNotice
from silah.cases import parties
from silah.cases.states import State
from silah.jobs import handlers, runner
from silah.notifications.models import OutboxMessage
from silah.organisation.models import BranchOffice
from tenants.database import db
from tenants.registry import DueWork
from tests.calendars.conftest import bare_case

START = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def here(make_association, clock):
    clock(START)
    return make_association("hayat-arar")


@pytest.fixture
def person(serve, here):
    """`person(3)` has one open case, by e-mail; further words change the case."""

    def made(number, **fields):
        with serve(here):
            party = parties.make("beneficiary", {"name": f"سعاد {number}", "mobile": f"+96655000{number:04d}"})
            said = {"reply_address": f"p{number}@example.com", "beneficiary": party, **fields}
            case = bare_case(**said)
            db.session.commit()
            return case.id

    return made


@pytest.fixture
def issue(serve, here):
    def issued(**said):
        with serve(here):
            made = notices.issue("ساعات", "Hours", "من العاشرة", "From ten", **{"send_on": True, **said})
            db.session.commit()
            return made.id

    return issued


@pytest.fixture
def work(app, serve, here, clock):
    """Do what is owed, one piece at a time, and say how many pieces there were."""
    handlers.load()

    def done(most=50):
        for step in range(most):
            with serve():
                owed = (DueWork.tenant == here.role, DueWork.kind == notice_sending.SEND, DueWork.done_at.is_(None))
                keys = db.session.scalars(select(DueWork.key).where(*owed)).all()
            if not keys:
                return step
            with app.app_context():
                assert runner.work(here.role, notice_sending.SEND, keys[0])
        return most

    return done


@pytest.fixture
def told(serve, here):
    def letters():
        with serve(here):
            found = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "public_notice")).all()
            return sorted(
                (one.means, bytes(one.address).decode() if isinstance(one.address, memoryview) else one.address)
                for one in found
            )

    return letters


def standing(serve, tenant, notice_id):
    with serve(tenant):
        return db.session.get_one(PublicNotice, notice_id).sending


class TestANotice:
    def test_goes_once_to_each_person_by_the_means_agreed(self, serve, here, person, issue, work, told):
        person(1)
        person(1)
        person(2, locale="en")
        notice = issue()
        assert standing(serve, here, notice) == {"total": 2, "looked": 0, "sent": 0, "done": False}
        work()
        assert told() == [("email", "p1@example.com"), ("email", "p2@example.com")]
        assert standing(serve, here, notice) == {"total": 2, "looked": 2, "sent": 2, "done": True}

    def test_is_written_in_the_readers_language_with_the_address_of_the_list(self, serve, here, person, issue, work):
        person(1, locale="en")
        issue()
        work()
        with serve(here):
            letter = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "public_notice")).one()
            assert letter.subject.startswith("Hours")
            assert "From ten" in letter.body
            assert "/notices" in letter.body

    def test_is_not_sent_to_the_nameless_the_ended_those_who_come_later_or_by_hand(self, person, issue, work, told):
        person(1, anonymous=True, beneficiary=None, reply_address=None)
        person(2, state=State.CLOSED)
        person(3, reply_channel="letters", reply_address="ص.ب 1")
        notice_comes = issue()
        person(4, received_at=time.now() + timedelta(hours=1))
        work()
        assert notice_comes
        assert told() == []

    def test_goes_in_batches_that_are_done_once(self, app, serve, here, person, issue, work, told, monkeypatch):
        monkeypatch.setattr(notice_sending, "BATCH", 2)
        for number in range(5):
            person(number)
        notice = issue()
        assert work() == 3
        assert len(told()) == 5
        with app.app_context():
            assert not runner.work(here.role, notice_sending.SEND, f"{notice}.first")
        assert len(told()) == 5
        assert standing(serve, here, notice)["sent"] == 5

    def test_that_breaks_off_in_the_middle_is_sent_again_whole(
        self, app, here, serve, person, issue, told, monkeypatch
    ):
        for number in range(3):
            person(number)
        notice, real, tries = issue(), notice_sending.send, []

        def breaks(*args, **said):
            tries.append(1)
            if len(tries) == 2:
                raise RuntimeError("the worker is gone")
            return real(*args, **said)

        monkeypatch.setattr(notice_sending, "send", breaks)
        with app.app_context():
            assert not runner.work(here.role, notice_sending.SEND, f"{notice}.first")
        assert told() == []
        monkeypatch.setattr(notice_sending, "send", real)
        with time.at(START + timedelta(minutes=5)), app.app_context():
            assert runner.work(here.role, notice_sending.SEND, f"{notice}.first")
        assert len(told()) == 3

    def test_that_is_withdrawn_goes_no_further(self, serve, here, person, issue, work, told):
        person(1)
        notice = issue()
        with serve(here):
            notices.withdraw(db.session.get_one(PublicNotice, notice))
            db.session.commit()
        work()
        assert told() == []
        assert standing(serve, here, notice)["done"]

    def test_costs_a_batch_the_same_queries_for_each_person(self, person, issue, work, queries):
        def asked(numbers):
            for number in numbers:
                person(number)
            issue()
            with queries() as sent:
                work()
            return len([one for one in sent if one.lstrip().startswith("SELECT")])

        few = asked(range(2))
        assert asked(range(2, 4)) - few <= 2 * 4  # the wording and nothing else is looked up anew


class TestTheAssociation:
    def test_turns_it_off_and_says_so_on_record(self, serve, here, person, signed_in, work, told):
        person(1)
        boss = signed_in(here, "administrator")
        assert boss.post("/admin/notices/sending", data={}).status_code == 302
        said = {"title_ar": "إعلان", "title_en": "Notice", "body_ar": "نص", "body_en": "Text"}
        boss.post("/admin/notices/new", data=said)
        work()
        assert told() == []
        with serve(here):
            assert not notice_sending.is_on()
        assert "Applicants with an open case get each notice" in boss.get("/admin/changes?lang=en").text

    @pytest.mark.parametrize("lang", ["ar", "en"])
    def test_sees_how_far_it_is(self, here, person, signed_in, work, lang):
        person(1)
        boss = signed_in(here, "administrator")
        assert 'name="send_on"' in boss.get("/admin/notices/new").text
        said = {"title_ar": "إعلان", "title_en": "Notice", "body_ar": "نص", "body_en": "Text", "send_on": "y"}
        place = boss.post("/admin/notices/new", data=said).location
        assert "<progress" in boss.get(f"{place}?lang={lang}").text
        work()
        assert 'value="1" max="1"' in boss.get(f"{place}?lang={lang}").text

    def test_sends_a_change_of_the_policy_on_too(self, serve, here, person, work, told):
        from tenants import versions

        person(1)
        with serve(here):
            notices.of_change(versions.in_force(time.today()))
            db.session.commit()
        work()
        assert told() == [("email", "p1@example.com")]


class TestABeginning:
    def test_is_written_from_what_changed_in_both_languages(self, serve, here, signed_in):
        boss = signed_in(here, "administrator")
        with serve(here):
            office = db.session.scalars(select(BranchOffice)).first()
            office.hours_ar, office.hours_en = "٨ إلى ٢", "8 to 2"
            db.session.commit()
            id = office.id
        link = f"/admin/notices/new?about=branch:{id}"
        assert link in boss.get(f"/admin/branches/{id}").text
        page = boss.get(link).text
        assert "8 to 2" in page
        assert "٨ إلى ٢" in page
        day = {"name_ar": "يوم الجمعية", "name_en": "Our day", "first": "2026-09-22", "kind": "own", "works": "off"}
        report = boss.post("/admin/calendar/add", data={**day, "deed": "confirm", "seen": 0}).location
        link = re.search(r'href="(/admin/notices/new[^"]+)"', boss.get(report).text)
        assert link
        page = boss.get(link[1].replace("&amp;", "&")).text
        assert "Our day" in page
        assert "يوم الجمعية" in page

    @pytest.mark.parametrize("word", ["branch:x", "nothing:1", f"calendar:{UUID(int=1)}", "::"])
    def test_is_empty_for_what_there_is_not(self, here, signed_in, word):
        assert (
            signed_in(here, "administrator").get("/admin/notices/new", query_string={"about": word}).status_code == 200
        )
