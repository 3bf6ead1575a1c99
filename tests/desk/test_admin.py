"""The administrators' pages: request types in revisions, their order and preview, and the association's settings."""

from typing import Any

import pytest
from sqlalchemy import select

from silah.intake import request_catalogue
from silah.intake.models import RequestTypeRevision, ServiceRequest
from silah.shell.models import AssociationSetting
from tenants.database import db
from tenants.registry import Association

ADMIN = "administrator"


@pytest.fixture
def place(office: Any, monday: Any) -> Any:
    return office("nobough-talents")


def page_of(place: Any, index: int = 0) -> tuple[str, dict[str, str]]:
    """The address of a type's page, and what the page would send."""
    with place.serve():
        revision = request_catalogue.offered()[index]
        address = f"/admin/request-types/{revision.type_id}"
    return address, place.sent_by(place.desk(ADMIN).get(address).text)


class TestRequestTypes:
    def test_a_saved_form_is_a_new_revision_and_old_cases_keep_theirs(self, place: Any) -> None:
        case = place.record(71)
        address, sent = page_of(place)
        sent["title.ar"] = "طلب معدّل"
        assert place.desk(ADMIN).post(address, data={**sent, "deed": "save"}).status_code == 302
        with place.serve():
            assert request_catalogue.offered()[0].definition["title"]["ar"] == "طلب معدّل"
            kept = db.session.get(ServiceRequest, place.case(case).id)
            assert kept is not None
            assert kept.revision.number == request_catalogue.offered()[0].number - 1
            assert kept.revision.definition["title"]["ar"] != "طلب معدّل"
        assert place.desk("relations_officer").get(case).status_code == 200

    def test_an_unchanged_form_makes_no_revision(self, place: Any) -> None:
        address, sent = page_of(place)
        with place.serve():
            before = len(db.session.scalars(select(RequestTypeRevision.id)).all())
        assert place.desk(ADMIN).post(address, data={**sent, "deed": "save"}).status_code == 302
        with place.serve():
            assert len(db.session.scalars(select(RequestTypeRevision.id)).all()) == before

    def test_a_question_is_added_and_seen_in_both_languages_before_it_is_saved(self, place: Any) -> None:
        address, sent = page_of(place)
        text = place.desk(ADMIN).post(address, data={**sent, "deed": "add:steps.0.fields"}).text
        sent = place.sent_by(text)
        new = max(name for name in sent if name.startswith("steps.0.fields.") and name.endswith(".label.ar"))
        sent |= {new: "كم عمرك؟", new.replace(".ar", ".en"): "How old are you?"}
        shown = place.desk(ADMIN).post(address, data={**sent, "deed": "preview"})
        assert shown.status_code == 200
        assert "كم عمرك؟" in shown.text
        assert "How old are you?" in shown.text
        with place.serve():
            assert "How old are you?" not in str(request_catalogue.offered()[0].definition)

    def test_a_form_that_does_not_hold_together_is_not_saved_and_stays_typed(self, place: Any) -> None:
        address, sent = page_of(place)
        sent["title.en"] = ""
        answer = place.desk(ADMIN).post(address, data={**sent, "summary.ar": "نبذة جديدة", "deed": "save"})
        assert answer.status_code == 422
        assert "نبذة جديدة" in answer.text

    def test_a_new_type_is_offered_to_the_public(self, place: Any) -> None:
        sent = {
            "title.ar": "إعارة كتاب",
            "title.en": "Borrow a book",
            "steps.0.title.ar": "الكتاب",
            "steps.0.title.en": "The book",
            "steps.0.fields.0.label.ar": "العنوان",
            "steps.0.fields.0.label.en": "Title",
            "steps.0.fields.0.kind": "text",
            "steps.0.fields.0.required": "y",
            "deed": "save",
        }
        assert place.desk(ADMIN).post("/admin/request-types/new", data=sent).status_code == 302
        with place.serve():
            made = request_catalogue.offered()[-1]
            assert (made.type.key, made.number) == ("borrow_a_book", 1)
            assert request_catalogue.definition(made).field("title") is not None

    def test_types_are_retired_offered_and_moved(self, place: Any) -> None:
        with place.serve():
            first, second = (one.type_id for one in request_catalogue.offered()[:2])
        desk = place.desk(ADMIN)
        desk.post(f"/admin/request-types/{second}/up")
        with place.serve():
            assert [one.type_id for one in request_catalogue.offered()[:2]] == [second, first]
        desk.post(f"/admin/request-types/{second}/retire")
        with place.serve():
            assert second not in [one.type_id for one in request_catalogue.offered()]
        desk.post(f"/admin/request-types/{second}/offer")
        desk.post(f"/admin/request-types/{second}/down")
        with place.serve():
            assert [one.type_id for one in request_catalogue.offered()[:2]] == [first, second]

    def test_are_closed_to_whoever_may_not_edit_them(self, place: Any) -> None:
        address, sent = page_of(place)
        for path in ("/admin/request-types", address, "/admin/request-types/new", "/admin/settings", "/admin/"):
            assert place.desk("relations_officer").get(path).status_code == 403, path
        assert place.desk("relations_officer").post(address, data={**sent, "deed": "save"}).status_code == 403


class TestSettings:
    def sent(self, **changes: str) -> dict[str, str]:
        names = {"name_ar": "جمعية البر", "name_en": "Al-Bir Association", "locale": "ar"}
        return {"accent": "#ffdd00", "digits": "arabic", "city_ar": "الرياض", "deed": "save"} | names | changes

    def test_are_kept_and_the_theme_follows_in_a_tone_that_reads(self, place: Any) -> None:
        assert place.desk(ADMIN).post("/admin/settings", data=self.sent()).status_code == 302
        with place.serve():
            row = db.session.get(AssociationSetting, 1)
            assert row is not None
            assert (row.accent, row.digits, row.city_ar) == ("#ffdd00", "arabic", "الرياض")
        page = place.desk(ADMIN).get("/desk/").text
        assert "/theme.css" in page
        place.desk(ADMIN).post("/admin/settings", data=self.sent(accent="#0f6b5c", digits="western"))

    def test_the_associations_name_is_changed_everywhere_and_on_record(self, place: Any, serve: Any) -> None:
        names = {"name_ar": "جمعية الأمل", "name_en": "Hope Association", "locale": "en"}
        new = self.sent(accent="#0f6b5c", digits="western", **names)
        assert place.desk(ADMIN).post("/admin/settings", data=new).status_code == 302
        assert "Hope Association" in place.desk(ADMIN).get("/admin/settings?lang=en").text
        assert "جمعية الأمل" in place.desk(ADMIN).get("/?lang=ar").text
        with serve():
            row = db.session.get(Association, place.tenant.id)
            assert row is not None
            assert (row.name_ar, row.name_en, row.locale) == ("جمعية الأمل", "Hope Association", "en")
            assert row.slug == place.tenant.slug
        page = place.desk(ADMIN).get("/admin/changes?lang=en").text
        assert "Hope Association" in page
        place.desk(ADMIN).post("/admin/settings", data=self.sent(accent="#0f6b5c", digits="western"))

    @pytest.mark.parametrize("wrong", [{"name_ar": " "}, {"email": "nobody"}, {"name_en": "x" * 161}, {"locale": "fr"}])
    def test_what_cannot_be_a_name_or_an_address_changes_nothing(self, place: Any, serve: Any, wrong: Any) -> None:
        answer = place.desk(ADMIN).post("/admin/settings", data=self.sent(accent="#0f6b5c", digits="western", **wrong))
        assert answer.status_code == 422
        with serve():
            row = db.session.get(Association, place.tenant.id)
            assert row is not None
            assert row.name_en == "Al-Bir Association"

    def test_a_colour_is_seen_before_it_is_taken(self, place: Any) -> None:
        shown = place.desk(ADMIN).post("/admin/settings", data=self.sent(accent="#ffee00", deed="preview"))
        assert shown.status_code == 200
        assert 'fill="#' in shown.text
        with place.serve():
            row = db.session.get(AssociationSetting, 1)
            assert row is None or row.accent != "#ffee00"

    @pytest.mark.parametrize("wrong", ["red", "#12", "#12345g", "url(x)"])
    def test_what_is_no_colour_is_refused_at_its_field(self, place: Any, wrong: str) -> None:
        answer = place.desk(ADMIN).post("/admin/settings", data=self.sent(accent=wrong))
        assert answer.status_code == 422
        assert 'id="accent-error"' in answer.text

    def test_a_logo_that_is_no_picture_is_refused(self, place: Any) -> None:
        from io import BytesIO

        sent = {**self.sent(accent="#0f6b5c", digits="western"), "logo": (BytesIO(b"%PDF-1.4 x"), "logo.png")}
        answer = place.desk(ADMIN).post("/admin/settings", data=sent, content_type="multipart/form-data")
        assert answer.status_code == 422

    def test_the_first_page_warns_of_a_floor_without_a_target(self, place: Any) -> None:
        page = place.desk(ADMIN).get("/admin/?lang=en")
        assert page.status_code == 200
        assert "no case will ever be overdue" in page.text
