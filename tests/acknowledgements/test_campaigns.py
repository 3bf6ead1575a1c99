"""Reading and signing: who is asked, when it starts and ends, what counts, and what human resources see."""

import base64
import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from silah import clock as time
from silah.acknowledgements import audience, coverage, notices, reminders, service
from silah.acknowledgements.models import Acknowledgement, AwarenessActivity, Campaign, PublicNotice
from silah.jobs import handlers, runner
from silah.notifications.models import OutboxMessage
from silah.organisation import departments
from silah.organisation.models import Membership
from tenants import versions
from tenants.database import db
from tenants.registry import DueWork
from tenants.versions import PolicyVersion
from tests.small_files import small_pdf

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DRAWN = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
START = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def samtah(make_association):
    """An association whose policy asks for signature."""
    return make_association("samtah-cooperative")


@pytest.fixture
def officer(client, staff, samtah):
    """Somebody who works there: a browser in which they have signed in, and their password."""
    email, password = staff(samtah, "relations_officer")
    browser = client(samtah)
    assert browser.post("/sign-in", data={"email": email, "password": password}).status_code == 302
    return browser, email, password


@pytest.fixture
def hr(signed_in, samtah):
    return signed_in(samtah, "human_resources")


def campaign_of(serve, tenant) -> Campaign:
    with serve(tenant):
        return db.session.scalars(select(Campaign).where(Campaign.ended_at.is_(None))).one()


def another_version(serve, tenant, **changed) -> None:
    """Put a version into force in which the responsibilities differ so."""
    with serve(tenant):
        policy = versions.in_force(time.today()).policy
        policy = policy.model_copy(update={"responsibilities": policy.responsibilities.model_copy(update=changed)})
        made = PolicyVersion.of(policy, at=time.now())
        made.number = "02"
        made.approve(time.today())
        versions.bring_into_force(made, time.today())
        service.begin(made)
        service.begin(made)  # done again it changes nothing
        db.session.commit()


class TestWhenItStarts:
    def test_with_the_first_version_where_the_policy_asks_for_signature(self, serve, samtah):
        assert campaign_of(serve, samtah).mode == "signature"

    def test_not_at_all_where_it_asks_for_none(self, serve, association, signed_in):
        with serve(association):
            assert db.session.scalars(select(Campaign)).all() == []
            assert db.session.scalars(select(PublicNotice)).all() == []
        assert signed_in(association, "relations_officer").get("/desk/").status_code == 200

    def test_anew_with_each_version(self, serve, samtah):
        first = campaign_of(serve, samtah)
        another_version(serve, samtah)
        second = campaign_of(serve, samtah)
        assert second.id != first.id
        assert second.digest == first.digest or second.policy_version_id != first.policy_version_id
        with serve(samtah):
            assert db.session.get(Campaign, first.id).ended_at is not None

    def test_circulation_where_the_changed_policy_is_circulated(self, serve, association):
        another_version(serve, association)
        assert campaign_of(serve, association).mode == "circulation"

    def test_a_change_issues_one_dated_notice_on_the_portal(self, serve, association, client):
        another_version(serve, association)
        browser = client(association)
        assert "/notices" in browser.get("/?lang=ar").text
        assert "السياسة" in browser.get("/notices").text
        with serve(association):
            assert len(notices.listing()) == 1


class TestSigning:
    def test_is_asked_gently_on_the_way_to_the_desk(self, serve, samtah, officer):
        browser = officer[0]
        one = campaign_of(serve, samtah)
        assert browser.get("/desk/").location == f"/desk/acknowledgements/{one.id}"
        assert browser.get("/desk/cases").status_code == 200  # work is not locked
        assert browser.post("/desk/acknowledgements/later").location == "/desk/"
        page = browser.get("/desk/")
        assert page.status_code == 200
        assert "/desk/acknowledgements" in page.text

    def test_by_drawing(self, serve, samtah, officer):
        browser, email, _ = officer
        one = campaign_of(serve, samtah)
        sent = {"signed_as": "سارة", "method": "drawn", "signature": DRAWN}
        assert browser.post(f"/desk/acknowledgements/{one.id}", data=sent).location == "/desk/"
        assert browser.get("/desk/").status_code == 200
        with serve(samtah):
            mine = db.session.scalars(select(Membership.id).where(Membership.email == email)).one()
            row = db.session.get(Acknowledgement, (one.id, mine))
            assert (row.method, row.signed_as, row.digest) == ("drawn", "سارة", one.digest)
            assert row.signature_id

    def test_by_name_only_with_the_password(self, serve, samtah, officer):
        browser, _, password = officer
        path = f"/desk/acknowledgements/{campaign_of(serve, samtah).id}"
        sent = {"signed_as": "سارة", "method": "typed"}
        for wrong in ("", "not it"):
            assert browser.post(path, data={**sent, "password": wrong}).status_code == 422
        assert browser.post(path, data={**sent, "password": password}).status_code == 302
        assert browser.post(path, data={**sent, "password": password}).status_code == 409  # once

    @pytest.mark.parametrize("drawn", ["", "data:image/png;base64,AAAA", "<svg>"])
    def test_not_by_what_is_no_picture(self, serve, samtah, officer, drawn):
        path = f"/desk/acknowledgements/{campaign_of(serve, samtah).id}"
        sent = {"signed_as": "سارة", "method": "drawn", "signature": drawn}
        assert officer[0].post(path, data=sent).status_code == 422

    def test_not_once_a_later_version_is_in_force(self, serve, samtah, officer):
        path = f"/desk/acknowledgements/{campaign_of(serve, samtah).id}"
        another_version(serve, samtah)
        sent = {"signed_as": "سارة", "method": "drawn", "signature": DRAWN}
        assert officer[0].post(path, data=sent).status_code == 409

    def test_nobody_is_asked_who_has_a_policy_of_their_own(self, serve, samtah, officer):
        browser, email, _ = officer
        with serve(samtah):
            db.session.scalars(select(Membership).where(Membership.email == email)).one().exempt = True
            db.session.commit()
        assert browser.get("/desk/").status_code == 200
        sent = {"signed_as": "سارة", "method": "drawn", "signature": DRAWN}
        assert browser.post(f"/desk/acknowledgements/{campaign_of(serve, samtah).id}", data=sent).status_code == 403

    def test_volunteers_are_asked_only_where_the_policy_binds_them(self, serve, samtah, officer):
        with serve(samtah):
            someone = db.session.scalars(select(Membership).where(Membership.email == officer[1])).one()
            someone.engagement = "volunteers"
            policy = versions.in_force(time.today()).policy
            assert audience.is_asked(someone) == ("volunteers" in policy.scope.binds)
            assert {"staff", "contracted"} == audience.ALWAYS


class TestCirculation:
    def test_opening_is_the_receipt(self, serve, association, signed_in):
        another_version(serve, association)
        one = campaign_of(serve, association)
        browser = signed_in(association, "relations_officer")
        page = browser.get("/desk/")
        assert page.status_code == 200  # no interstitial
        assert "/desk/acknowledgements" in page.text
        assert browser.get(f"/desk/acknowledgements/{one.id}").status_code == 200
        with serve(association):
            receipts = select(func.count()).select_from(Acknowledgement).where(Acknowledgement.opened_at.is_not(None))
            assert db.session.scalar(receipts) == 1
            assert db.session.scalars(select(Acknowledgement.signed_at)).one() is None


class TestHumanResources:
    def test_see_coverage_by_department(self, serve, samtah, officer, hr):
        browser, email, password = officer
        one = campaign_of(serve, samtah)
        with serve(samtah):
            mine = db.session.scalars(select(Membership.id).where(Membership.email == email)).one()
            departments.create({"name_ar": "العلاقات", "name_en": "Relations", "email": ""}, [mine])
            db.session.commit()
        sent = {"signed_as": "x", "method": "typed", "password": password}
        browser.post(f"/desk/acknowledgements/{one.id}", data=sent)
        with serve(samtah):
            found = coverage.parts(coverage.lines(service.get(one.id)))
            assert [(part.done, part.asked) for part in found] == [(1, 1), (0, 1)]
            assert coverage.totals([one]) == {one.id: (1, 2)}
        for path in ("", "/new", "/activities/new", f"/{one.id}"):
            assert hr.get(f"/admin/acknowledgements{path}").status_code == 200

    def test_others_do_not(self, samtah, officer, serve):
        for path in ("", "/new", f"/{campaign_of(serve, samtah).id}", f"/{campaign_of(serve, samtah).id}/table.csv"):
            assert officer[0].get(f"/admin/acknowledgements{path}").status_code == 403

    def test_remind_within_limits(self, serve, samtah, officer, clock):
        clock(START)
        with serve(samtah):
            one = db.session.scalars(select(Campaign)).one()
            assert reminders.remind(one) == 1  # who was invited only is not asked yet
            assert reminders.remind(one) == 0
            for week in range(1, 8):
                clock(START + timedelta(days=7 * week))
                reminders.remind(one)
            assert db.session.scalars(select(Acknowledgement.reminders)).all() == [reminders.MOST]
            assert not reminders.still_owed(one)
            sent = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.template == "to_sign")
            assert db.session.scalar(sent) == reminders.MOST

    def test_export_what_no_spreadsheet_runs(self, serve, samtah, hr, client):
        one = campaign_of(serve, samtah)
        with serve(samtah):
            found = db.session.scalars(select(Membership).where(Membership.state == "active")).first()
            found.name = '=HYPERLINK("http://evil.example")'
            db.session.commit()
        answer = hr.get(f"/admin/acknowledgements/{one.id}/table.csv")
        assert answer.data.startswith(b"\xef\xbb\xbf")
        cells = [cell for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))) for cell in row]
        assert any(cell.startswith("'=HYPERLINK") for cell in cells)
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)

    def test_put_the_code_of_ethics_before_the_staff(self, serve, association, signed_in):
        boss, worker = signed_in(association, "human_resources"), signed_in(association, "relations_officer")
        said = {"kind": "ethics", "title_ar": "الميثاق", "title_en": "Code", "mode": "signature"}
        sent = boss.post("/admin/acknowledgements/new", data={**said, "file": (io.BytesIO(small_pdf()), "code.pdf")})
        assert sent.status_code == 302, sent.text
        one = campaign_of(serve, association)
        assert worker.get("/desk/").location == f"/desk/acknowledgements/{one.id}"
        assert worker.get(f"/desk/acknowledgements/{one.id}/document").mimetype == "application/pdf"
        with serve(association):
            assert db.session.get(Campaign, one.id).kind == "ethics"

    def test_nothing_but_a_pdf(self, serve, association, signed_in):
        boss = signed_in(association, "human_resources")
        said = {"kind": "ethics", "title_ar": "الميثاق", "title_en": "Code", "mode": "signature"}
        for name, data in (("code.pdf", b"MZ not a pdf"), ("code.png", PNG)):
            sent = boss.post("/admin/acknowledgements/new", data={**said, "file": (io.BytesIO(data), name)})
            assert sent.status_code == 422

    def test_circulate_the_policy_in_force_when_they_wish(self, serve, association, signed_in):
        boss = signed_in(association, "human_resources")
        assert boss.post("/admin/acknowledgements/circulate").status_code == 302
        assert boss.post("/admin/acknowledgements/circulate").status_code == 302
        assert campaign_of(serve, association).mode == "circulation"
        assert boss.post(f"/admin/acknowledgements/{campaign_of(serve, association).id}/remind").status_code == 302

    def test_record_activities(self, serve, association, signed_in):
        boss = signed_in(association, "human_resources")
        said = {"held_on": "2026-09-01", "title": "دورة", "about": "", "attended": "12"}
        assert boss.post("/admin/acknowledgements/activities/new", data=said).status_code == 302
        with serve(association):
            assert db.session.scalars(select(AwarenessActivity)).one().attended == 12

    def test_issue_notices_and_say_by_what_channels(self, serve, association, signed_in, client):
        boss = signed_in(association, "human_resources")
        said = {"title_ar": "تغيير", "title_en": "Change", "body_ar": "نص <b>", "body_en": "Text"}
        place = boss.post("/admin/notices/new", data=said).location
        assert "نص &lt;b&gt;" in client(association).get("/notices?lang=ar").text
        with serve(association):
            key = versions.in_force(time.today()).policy.public_channels[0].key
        assert boss.post(place, data={"channels": [key]}).status_code == 302
        assert boss.get("/admin/notices").status_code == 200
        assert boss.post(f"{place}/withdraw").status_code == 302
        assert "نص" not in client(association).get("/notices?lang=ar").text


class TestOwedWork:
    def do(self, app, serve, tenant, kind) -> int:
        handlers.load()
        with serve():
            here = (DueWork.tenant == tenant.role, DueWork.kind == kind, DueWork.done_at.is_(None))
            keys = db.session.scalars(select(DueWork.key).where(*here, DueWork.due_at <= time.now())).all()
        with app.app_context():
            return sum(runner.work(tenant.role, kind, key) for key in keys)

    def test_everybody_is_told_and_departments_get_copies(self, app, serve, samtah, officer):
        with serve(samtah):
            departments.create({"name_ar": "الأبحاث", "name_en": "R", "email": "research@silah.test"})
            db.session.commit()
        another_version(serve, samtah)
        assert self.do(app, serve, samtah, service.TELL) == 1
        with serve(samtah):
            letters = db.session.scalars(select(OutboxMessage.template)).all()
            assert letters.count("to_sign") == 1
            copy = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "copy")).one()
            assert (copy.address, len(copy.attachments)) == ("research@silah.test", 1)
            reminders.tell(db.session.scalars(select(Campaign).where(Campaign.ended_at.is_(None))).one())
            assert len(db.session.scalars(select(OutboxMessage.template)).all()) == len(letters)  # once

    def test_reminders_come_by_themselves_once_a_week(self, app, serve, samtah, officer, clock):
        begun = campaign_of(serve, samtah).begun_at
        assert self.do(app, serve, samtah, service.REMIND) == 0
        clock(begun + timedelta(days=8))
        assert self.do(app, serve, samtah, service.REMIND) == 1
        clock(begun + timedelta(days=16))
        assert self.do(app, serve, samtah, service.REMIND) == 1
