"""What is owed is sent: at least once, as text and HTML, under a Message-ID that does not change."""

import os
from datetime import UTC, datetime
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases import contact_tasks, timeline
from silah.cases.models import Case
from silah.documents import service as documents
from silah.errors import NotFound
from silah.jobs import handlers, runner
from silah.notifications import jobs, service
from silah.notifications.models import OutboxMessage
from silah.notifications.service import Recipient
from silah.web.access import Member
from tenants.database import db
from tenants.registry import DueWork
from tests.cases.conftest import bare_case, member

NOURA = Recipient("email", "noura@example.org", "نورة سالم")
CARRIER = Member(uuid4(), uuid4(), "حامل الرسائل")
PDF = b"%PDF-1.7\nx\n%%EOF\n"


@pytest.fixture(autouse=True)
def _loaded():
    handlers.load()


def owed(serve, home, *, to=NOURA, locale="ar") -> str:
    with serve(home):
        values = {"days": 7, "link": "https://a.example/i/x"}
        message = service.send("invitation", to, locale, values)
        db.session.commit()
        return str(message.id)


def state(serve, home, key) -> str:
    with serve(home):
        return db.session.scalars(select(OutboxMessage).where(OutboxMessage.id == key)).one().state


def work(app, home, key) -> bool:
    with app.app_context():
        return runner.work(home.role, "message.awaited", key)


def mail(envelope):
    return message_from_bytes(envelope.content, policy=policy.default)


class TestMail:
    def test_goes_as_text_and_html_in_its_language_from_the_association(self, app, serve, home, postbox):
        assert work(app, home, owed(serve, home))
        sent = mail(postbox.accepted[0])
        assert "جمعية البر" in sent["From"]
        assert "جمعية البر" in sent["Subject"]
        assert "نورة سالم" in sent.get_body(("plain",)).get_content()
        html = sent.get_body(("html",)).get_content()
        assert '<html lang="ar" dir="rtl">' in html
        assert '<a href="https://a.example/i/x">' in html

    def test_in_english_reads_from_left_to_right(self, app, serve, home, postbox):
        work(app, home, owed(serve, home, locale="en"))
        assert '<html lang="en" dir="ltr">' in mail(postbox.accepted[0]).get_body(("html",)).get_content()

    def test_carries_its_attachments_opened(self, app, serve, home, postbox):
        with serve(home):
            stored = documents.keep_made(PDF, "خطاب.pdf", purpose="letter")
            key = str(service.send("invitation", NOURA, "ar", {}, attachments=[stored]).id)
            db.session.commit()
        work(app, home, key)
        (attached,) = mail(postbox.accepted[0]).iter_attachments()
        assert (attached.get_filename(), attached.get_content()) == ("خطاب.pdf", PDF)

    def test_what_was_sent_is_not_sent_again(self, app, serve, home, postbox):
        key = owed(serve, home)
        assert work(app, home, key)
        assert not work(app, home, key)
        with serve(home):
            jobs.message(key, {})
        assert len(postbox.accepted) == 1

    def test_a_refusal_for_good_fails_and_is_not_tried_again(self, app, serve, home, postbox):
        postbox.refusing[NOURA.address] = ["550 no such user"]
        key = owed(serve, home)
        assert work(app, home, key)
        assert state(serve, home, key) == "failed"

    @pytest.mark.parametrize("address", ["a b", "x\r\nBcc: y@z.example"])
    def test_an_address_that_cannot_be_written_to_fails_and_is_shown(self, app, serve, home, postbox, address):
        with serve(home):
            case = bare_case()
            message = service.send("message", Recipient("email", address), "ar", {"text": "نص"}, case)
            db.session.commit()
            key, reference = str(message.id), case.reference
        with app.app_context():
            runner.work(home.role, "message", key)
        assert state(serve, home, key) == "failed"
        with serve(home):
            (kept,) = db.session.scalars(select(Case).where(Case.reference == reference)).all()
            assert "message_failed" in [line.verb for line in timeline.entries(kept, for_applicant=False)]
            assert "message_failed" not in [line.verb for line in timeline.entries(kept, for_applicant=True)]

    def test_what_nobody_takes_for_two_days_fails_and_is_shown_to_administrators(
        self, app, serve, home, postbox, signed_in
    ):
        postbox.refusing["late@example.org"] = ["451 busy"]
        key = owed(serve, home, to=Recipient("email", "late@example.org"))
        assert not work(app, home, key)
        assert state(serve, home, key) == "owed"
        with clock.at(clock.now() + jobs.TRIED_FOR):
            work(app, home, key)
        assert state(serve, home, key) == "failed"
        postbox.refusing.clear()
        page = signed_in(home, "administrator").get("/admin/messages").text
        assert 'id="failed"' in page
        assert "late@example.org" not in page

    def test_a_refusal_that_passes_is_tried_again_under_the_same_id(self, app, serve, home, postbox):
        postbox.refusing[NOURA.address] = ["451 busy", "250 OK"]
        key = owed(serve, home)
        assert not work(app, home, key)
        assert state(serve, home, key) == "owed"
        postbox.refusing.clear()
        with clock.at(datetime(2099, 1, 1, tzinfo=UTC)):
            assert work(app, home, key)
        assert len(postbox.accepted) == 1

    def test_nothing_is_owed_where_its_cause_was_rolled_back(self, serve, home):
        with serve(home):
            key = str(service.send("invitation", NOURA, "ar", {}).id)
            db.session.rollback()
            assert db.session.scalar(select(DueWork).where(DueWork.key == key)) is None

    def test_a_kill_between_acceptance_and_commit_repeats_it_under_the_same_id(self, app, serve, home, postbox):
        key = owed(serve, home)
        child = os.fork()
        if not child:
            with app.app_context():
                db.engine.dispose(close=False)
                db.session.commit = lambda: os._exit(9)
                runner.work(home.role, "message.awaited", key)
            os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        assert state(serve, home, key) == "owed"
        assert work(app, home, key)
        first, second = (mail(envelope) for envelope in postbox.accepted)
        assert first["Message-ID"] == second["Message-ID"]
        assert first["Date"] == second["Date"]


class TestSms:
    def test_says_only_the_subject_and_the_address(self, app, serve, home, settings, monkeypatch):
        said = []
        monkeypatch.setattr(jobs.transport, "sms", lambda number, text: said.append((number, text)))
        work(app, home, owed(serve, home, to=Recipient("sms", "+966500000000", "نورة")))
        ((number, text),) = said
        assert number == "+966500000000"
        assert text.startswith("جمعية البر: ")
        assert text.endswith("https://a.example/i/x")


class TestByHand:
    def test_waits_for_somebody_who_sees_the_case_to_carry_it(self, serve, home):
        with serve(home):
            officer = member("relations_officer")
            sent = service.tell_applicant("closed", bare_case(reply_channel="phone", reply_address=None))
            assert sent.means == "call"
            assert db.session.scalar(select(DueWork).where(DueWork.key == str(sent.id))) is None
            assert sent in [one.message for one in contact_tasks.list_owed(officer)]
            contact_tasks.record_attempt(contact_tasks.get(sent.id, officer).message, "reached", by=officer.id)
            assert sent not in [one.message for one in contact_tasks.list_owed(officer)]
            db.session.rollback()

    def test_what_goes_by_mail_is_nobody_s_to_read_at_the_desk(self, serve, home):
        with serve(home):
            sent = service.tell_applicant("code", bare_case(), {"code": "123456", "minutes": "10"})
            with pytest.raises(NotFound):
                contact_tasks.get(sent.id, member("relations_officer"))
            db.session.rollback()


class TestAtRest:
    def test_address_and_text_are_sealed(self, serve, home):
        key = owed(serve, home)
        with serve(home):
            columns = "address, subject, body"
            raw = db.session.connection().exec_driver_sql(f"select {columns} from outbox_message where id = %s", (key,))  # noqa: S608  # fixed text
            assert all(b"noura" not in bytes(value) for value in raw.one())
