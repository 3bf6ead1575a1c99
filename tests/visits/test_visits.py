"""Supervisory visits: planned, made by a checklist, over once and for all, and followed up."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PIL import Image
from sqlalchemy import select

from silah import clock
from silah.corrective.models import CorrectiveAction
from silah.jobs import handlers
from silah.notifications.models import OutboxMessage
from silah.organisation.models import BranchOffice, Membership
from silah.visits.checklists import score
from silah.visits.models import Visit, VisitChecklist, VisitPhoto
from tenants.database import db
from tenants.registry import DueWork

ADMIN, VISITOR, STRANGER = "administrator", "delegate", "volunteer"


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="hayat-arar")


@pytest.fixture
def listed(seat, serve, home):
    """The id of the ready checklist, taken once."""
    with serve(home):
        known = db.session.scalars(select(VisitChecklist.id)).first()
    if known is None:
        assert seat(ADMIN).post("/admin/visits/ready").status_code == 302
        with serve(home):
            known = db.session.scalars(select(VisitChecklist.id)).first()
    return known


@pytest.fixture
def plan(seat, serve, home, listed):
    """Plans a visit by its page; gives its id."""

    def plan(on: date | None = None, follows=None):
        seat(VISITOR)
        with serve(home):
            visitor = db.session.scalars(
                select(Membership.id).where(Membership.roles.any(key=VISITOR), Membership.state == "active")
            ).first()
            office = db.session.scalars(select(BranchOffice.id)).first()
            before = set(db.session.scalars(select(Visit.id)))
        sent = {
            "branch": office,
            "checklist": listed,
            "visitor": visitor,
            "on": (on or clock.today()).isoformat(),
        }
        where = "/desk/visits/new" + (f"?follows={follows}" if follows else "")
        answer = seat(ADMIN).post(where, data=sent)
        assert answer.status_code == 302, answer.text
        with serve(home):
            (made,) = set(db.session.scalars(select(Visit.id))) - before
        return made

    return plan


def picture():
    out = io.BytesIO()
    image = Image.new("RGB", (30, 20), "white")
    exif = image.getexif()
    exif[0x010F] = "A maker of phones"
    image.save(out, "JPEG", exif=exif)
    return io.BytesIO(out.getvalue()), "صورة.jpg"


class TestScore:
    @pytest.mark.parametrize(
        ("marks", "expected"),
        [([5, 5], "100.00"), ([1], "0.00"), ([3, None], "50.00"), ([5, 4, 4], "83.33"), ([None], None), ([], None)],
    )
    def test_is_the_share_of_what_could_be_had(self, marks, expected):
        assert score(marks) == (Decimal(expected) if expected else None)


class TestAVisit:
    def test_goes_from_the_plan_to_what_is_put_right(self, seat, serve, home, plan):
        visit, visitor = plan(), seat(VISITOR)
        at = f"/desk/visits/{visit}"
        with serve(home):
            mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "visit_planned")).all()
            assert str(visit) in mail[-1].body
        assert at in visitor.get("/desk/visits").text

        sent = {"mark-courtesy": "5", "mark-time": "3", "remark-time": "ازدحام عند الظهر", "remarks": "يوم مزدحم"}
        assert visitor.post(f"{at}/record", data=sent).status_code == 302
        assert "ازدحام عند الظهر" in visitor.get(f"{at}/record").text
        assert visitor.post(f"{at}/finding", data={"grade": "weakness", "what": "لا لوحة عند الباب"}).status_code == 302
        assert visitor.post(f"{at}/photo", data={"photo": picture(), "item": "time"}).status_code == 302
        assert visitor.post(f"{at}/over").status_code == 302

        page = seat(ADMIN).get(f"{at}?lang=en").text
        assert "75 of 100" in page
        assert "لا لوحة عند الباب" in page
        assert visitor.get(f"{at}/report.pdf").data.startswith(b"%PDF")
        with serve(home):
            owner = db.session.scalars(select(Membership.id).where(Membership.roles.any(key=VISITOR))).first()
        asked = {"what": "تعليق اللوحة", "owner": owner, "due_on": clock.today().isoformat()}
        assert seat(ADMIN).post(f"{at}/action", data=asked).status_code == 302
        assert "/desk/actions/" in seat(ADMIN).get(at).text.split("<main")[1]
        with serve(home):
            action = db.session.scalars(select(CorrectiveAction).where(CorrectiveAction.visit_id == visit)).one().id
        assert "تعليق اللوحة" in visitor.get("/desk/actions").text
        assert visitor.post(f"/desk/actions/{action}", data={"remark": "عُلّقت"}).status_code == 302
        assert "عُلّقت" in seat(ADMIN).get(at).text
        again = plan(clock.today() + timedelta(days=7), follows=visit)
        assert at in seat(ADMIN).get(f"/desk/visits/{again}").text

    def test_what_does_not_belong_there_is_taken_out_until_it_is_over(self, seat, plan, serve, home):
        visit, visitor = plan(), seat(VISITOR)
        at = f"/desk/visits/{visit}"
        visitor.post(f"{at}/record", data={"mark-courtesy": "4"})
        for what in ("الأولى", "الثانية"):
            visitor.post(f"{at}/finding", data={"grade": "weakness", "what": what})
            visitor.post(f"{at}/photo", data={"photo": picture(), "item": ""})
        with serve(home):
            photos = db.session.scalars(select(VisitPhoto.file_id).where(VisitPhoto.visit_id == visit)).all()
        ways = (f"{at}/take-out/finding/0", f"{at}/take-out/photo/{photos[0]}")
        assert all(f'action="{way}"' in visitor.get(at).text for way in ways)
        assert {seat(STRANGER).post(way).status_code for way in ways} == {404}
        assert {visitor.post(way).status_code for way in ways} == {302}
        page = visitor.get(at).text
        assert "الأولى" not in page
        assert "الثانية" in page
        assert visitor.get(f"/desk/visits/photos/{photos[0]}").status_code == 404
        assert visitor.get(f"/desk/visits/photos/{photos[1]}").status_code == 200
        visitor.post(f"{at}/over")
        assert visitor.post(f"{at}/take-out/finding/0").status_code == 409
        assert "take-out" not in visitor.get(at).text

    def test_is_never_changed_once_it_is_over(self, seat, plan):
        visit, visitor = plan(), seat(VISITOR)
        at = f"/desk/visits/{visit}"
        visitor.post(f"{at}/record", data={"mark-courtesy": "4"})
        assert visitor.post(f"{at}/over").status_code == 302
        assert visitor.post(f"{at}/record", data={"mark-courtesy": "1"}).status_code == 409
        assert visitor.post(f"{at}/finding", data={"grade": "strength", "what": "x"}).status_code == 409
        assert visitor.post(f"{at}/over").status_code == 409
        assert seat(ADMIN).post(f"{at}/cancel", data={"reason": "x"}).status_code == 409

    def test_without_a_mark_is_not_over(self, seat, plan, serve, home):
        visit = plan()
        assert seat(VISITOR).post(f"/desk/visits/{visit}/over").status_code == 302
        with serve(home):
            assert db.session.get(Visit, visit).state == "planned"

    def test_is_not_over_before_its_day(self, seat, plan):
        visit = plan(clock.today() + timedelta(days=3))
        seat(VISITOR).post(f"/desk/visits/{visit}/record", data={"mark-courtesy": "4"})
        assert seat(VISITOR).post(f"/desk/visits/{visit}/over").status_code == 409

    def test_is_moved_and_cancelled_on_record(self, seat, plan, serve, home):
        visit, later = plan(), clock.today() + timedelta(days=5)
        at = f"/desk/visits/{visit}"
        assert seat(ADMIN).post(f"{at}/move", data={"on": later.isoformat()}).status_code == 302
        assert seat(ADMIN).post(f"{at}/cancel", data={"reason": ""}).status_code == 422
        assert seat(ADMIN).post(f"{at}/cancel", data={"reason": "المكتب مغلق"}).status_code == 302
        assert "المكتب مغلق" in seat(ADMIN).get(at).text
        with serve(home):
            assert db.session.get(Visit, visit).planned_for == later

    def test_is_nobody_elses(self, seat, plan):
        visit, stranger = plan(), seat(STRANGER)
        assert stranger.get(f"/desk/visits/{visit}").status_code == 404
        assert stranger.post(f"/desk/visits/{visit}/record", data={"mark-time": "1"}).status_code == 404
        assert str(visit) not in stranger.get("/desk/visits").text
        assert stranger.get("/desk/visits/new").status_code == 403

    def test_visitor_neither_moves_nor_cancels_it(self, seat, plan):
        visit = plan()
        answer = seat(VISITOR).post(f"/desk/visits/{visit}/cancel", data={"reason": "لا وقت"})
        assert answer.status_code == 403

    def test_photo_tells_nothing_of_the_phone_and_nothing_but_a_picture_is_taken(self, seat, plan, serve, home):
        visit = plan()
        at = f"/desk/visits/{visit}"
        assert seat(VISITOR).post(f"{at}/photo", data={"photo": picture(), "item": ""}).status_code == 302
        with serve(home):
            file = db.session.scalars(select(VisitPhoto.file_id).where(VisitPhoto.visit_id == visit)).one()
        shown = seat(VISITOR).get(f"/desk/visits/photos/{file}")
        assert shown.status_code == 200
        assert b"maker of phones" not in shown.data
        assert seat(STRANGER).get(f"/desk/visits/photos/{file}").status_code == 404
        bad = {"photo": (io.BytesIO(b"%PDF-1.4 no picture"), "a.pdf")}
        assert seat(VISITOR).post(f"{at}/photo", data=bad).status_code == 422
        assert seat(VISITOR).post(f"{at}/photo", data={}).status_code == 422


class TestReminders:
    def test_come_on_the_day_and_weekly_until_it_is_made(self, seat, plan, serve, home):
        handlers.load()
        visit = plan(clock.today() + timedelta(days=2))

        def told():
            return len([one for one in db.session.scalars(select(OutboxMessage)) if str(visit) in one.body])

        with serve(home):
            row = db.session.scalars(select(DueWork).where(DueWork.key == str(visit))).one()
            assert row.due_at.astimezone(clock.RIYADH).date() == clock.today() + timedelta(days=2)
            before = told()
            with clock.at(row.due_at):
                handlers.handler_of("visit.due")(str(visit), {})
                db.session.flush()
                assert told() == before + 1
                again = db.session.scalars(select(DueWork).where(DueWork.key == str(visit))).one()
                db.session.refresh(again)
                assert again.due_at == clock.now() + timedelta(days=7)
            db.session.commit()
        seat(ADMIN).post(f"/desk/visits/{visit}/cancel", data={"reason": "أُلغيت"})
        with serve(home):
            before = told()
            handlers.handler_of("visit.due")(str(visit), {})
            db.session.flush()
            assert told() == before


class TestPlanning:
    @pytest.mark.parametrize("changed", [{"branch": ""}, {"visitor": ""}, {"on": "2020-01-01"}, {"on": "x"}])
    def test_bad_input_is_said_at_its_field(self, seat, listed, serve, home, changed):
        with serve(home):
            office = db.session.scalars(select(BranchOffice.id)).first()
            someone = db.session.scalars(select(Membership.id).where(Membership.state == "active")).first()
        sent = {"branch": office, "checklist": listed, "visitor": someone, "on": clock.today().isoformat()} | changed
        answer = seat(ADMIN).post("/desk/visits/new", data=sent)
        assert answer.status_code == 422
        assert f'id="{next(iter(changed))}-error"' in answer.text


class TestChecklists:
    def test_are_changed_without_touching_visits(self, seat, plan, serve, home, listed):
        visit = plan()
        with serve(home):
            items = db.session.get(VisitChecklist, listed).items
        sent = {"name_ar": "قائمة", "name_en": "List"}
        for index, item in enumerate([{"ar": "", "en": ""}, *items[1:]]):
            sent |= {f"items-{index}-ar": item["ar"], f"items-{index}-en": item["en"]}
        assert seat(ADMIN).post(f"/admin/visits/{listed}", data=sent).status_code == 302
        with serve(home):
            assert len(db.session.get(VisitChecklist, listed).items) == len(items) - 1
            assert len(db.session.get(Visit, visit).items) == len(items)

    def test_need_both_languages(self, seat):
        sent = {"name_ar": "قائمة", "name_en": "List", "items-0-ar": "بند", "items-0-en": ""}
        answer = seat(ADMIN).post("/admin/visits/new", data=sent)
        assert answer.status_code == 422
        assert "بند" in answer.text
        assert seat(ADMIN).post("/admin/visits/new", data={"name_ar": "ق", "name_en": "L"}).status_code == 422

    def test_are_for_who_may_edit(self, seat):
        assert seat(VISITOR).get("/admin/visits").status_code == 403


def test_the_list_takes_the_same_queries_however_many_visits(seat, plan, queries):
    plan()
    admin = seat(ADMIN)
    admin.get("/desk/visits")
    with queries() as few:
        assert admin.get("/desk/visits").status_code == 200
    for _ in range(4):
        plan(clock.today() + timedelta(days=1))
    with queries() as many:
        assert admin.get("/desk/visits").status_code == 200
    assert len(few) == len(many)
