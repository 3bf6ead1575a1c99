"""The tools library: placeholders from the policy, versions, readers, the case's page and the public."""

import io

import pytest
from PIL import Image
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from silah import clock
from silah.library import service
from silah.library.models import LibraryTool, ToolVersion
from tenants import versions
from tenants.database import db

TEXTS = {"text_ar": "خطوات الدراسة", "text_en": "Steps of the study", "note": "أول إصدار"}


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="hayat-arar")


@pytest.fixture
def tool(serve, home):
    """The id of the first tool that the policy names."""
    with serve(home):
        return db.session.scalars(
            select(LibraryTool.id).where(LibraryTool.named).order_by(LibraryTool.position)
        ).first()


def paper():
    out = io.BytesIO()
    Image.new("RGB", (10, 10), "white").save(out, "PDF")
    return io.BytesIO(out.getvalue()), "guide.pdf"


class TestPlaceholders:
    def test_there_is_one_for_each_tool_that_the_policy_names(self, serve, home):
        with serve(home):
            policy = versions.in_force(clock.today()).policy
            held = set(db.session.scalars(select(LibraryTool.key).where(LibraryTool.named)))
            assert held == {tool.key for tool in policy.tools}
            service.bring(policy)
            assert len(db.session.scalars(select(LibraryTool)).all()) == len(held)

    def test_one_that_the_policy_names_no_longer_is_kept(self, serve, home):
        with serve(home):
            policy = versions.in_force(clock.today()).policy
            service.bring(policy.model_copy(update={"tools": policy.tools[1:]}))
            gone = db.session.scalars(select(LibraryTool).where(LibraryTool.key == policy.tools[0].key)).one()
            assert not gone.named
            db.session.rollback()


class TestVersions:
    def test_are_written_read_and_counted(self, seat, tool):
        admin, reader = seat("administrator"), seat("relations_officer")
        assert admin.post(f"/admin/library/{tool}/versions", data=TEXTS).status_code == 302
        assert "مطلوب منك قراءته" in reader.get("/desk/library").text
        assert "خطوات الدراسة" in reader.get(f"/desk/library/{tool}?lang=ar").text
        assert reader.post(f"/desk/library/{tool}").status_code == 302
        assert reader.post(f"/desk/library/{tool}").status_code == 302
        table = admin.get(f"/admin/library/{tool}/readers.csv").data.decode("utf-8-sig")
        assert table.count(f"{clock.today():%Y-%m-%d}") == 1
        assert admin.post(f"/admin/library/{tool}/versions", data=TEXTS | {"note": "ثانٍ"}).status_code == 302
        assert f"{clock.today():%Y-%m-%d}" not in admin.get(f"/admin/library/{tool}/readers.csv").data.decode(
            "utf-8-sig"
        )

    def test_as_a_file_for_staff_alone_until_it_is_public(self, seat, tool, client, home):
        admin, visitor = seat("administrator"), client(home)
        sent = admin.post(f"/admin/library/{tool}/versions", data={"file": paper(), "note": ""})
        assert sent.status_code == 302, sent.text
        assert admin.post(f"/admin/library/{tool}/edit", data={"readers": "*"}).status_code == 302
        assert visitor.get(f"/library/{tool}").status_code == 404
        assert admin.post(f"/admin/library/{tool}/edit", data={"public": "y", "readers": "*"}).status_code == 302
        answer = visitor.get(f"/library/{tool}")
        assert answer.data.startswith(b"%PDF")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert str(tool) in visitor.get("/library").text
        assert admin.post(f"/admin/library/{tool}/edit", data={"readers": "*"}).status_code == 302
        assert visitor.get(f"/library/{tool}").status_code == 404

    @pytest.mark.parametrize(
        "sent", [{}, {"text_ar": "نص", "note": "ملاحظة محفوظة"}, {"file": (io.BytesIO(b"MZ"), "x.exe")}]
    )
    def test_bad_input_is_said_and_nothing_typed_is_lost(self, seat, tool, sent):
        answer = seat("administrator").post(f"/admin/library/{tool}/versions", data=sent)
        assert answer.status_code == 422
        assert sent.get("note", "") in answer.text

    def test_are_never_changed(self, seat, serve, home, tool):
        seat("administrator").post(f"/admin/library/{tool}/versions", data=TEXTS)
        for statement in ("UPDATE tool_version SET note = 'x'", "DELETE FROM tool_version", "DELETE FROM tool_reading"):
            with serve(home), pytest.raises(ProgrammingError):
                db.session.execute(text(statement))

    def test_two_at_once_get_two_numbers(self, seat, serve, home, tool):
        seat("administrator").post(f"/admin/library/{tool}/versions", data=TEXTS)
        with serve(home):
            numbers = db.session.scalars(select(ToolVersion.number).where(ToolVersion.tool_id == tool)).all()
            assert len(set(numbers)) == len(numbers)


class TestAdministration:
    def test_a_tool_of_ones_own(self, seat):
        admin = seat("administrator")
        assert admin.post("/admin/library/new", data={"kind": "guide", "name_ar": "دليل"}).status_code == 422
        made = admin.post(
            "/admin/library/new", data={"kind": "guide", "name_ar": "دليل الاستقبال", "name_en": "Reception"}
        )
        assert made.status_code == 302
        assert "دليل الاستقبال" in admin.get("/admin/library").text

    def test_is_closed_to_others(self, seat, tool):
        for path in ("/admin/library", f"/admin/library/{tool}", f"/admin/library/{tool}/versions"):
            assert seat("relations_officer").get(path).status_code == 403

    def test_the_list_costs_the_same_however_long(self, seat, queries):
        admin, counts = seat("administrator"), []
        for _ in range(2):
            for number in range(4):
                names = {"kind": "form", "name_ar": f"نموذج {number}", "name_en": f"Form {number}"}
                admin.post("/admin/library/new", data=names)
            admin.get("/admin/library")
            with queries() as sent:
                assert admin.get("/admin/library").status_code == 200
            counts.append(len(sent))
        assert counts[0] == counts[1] < 20
