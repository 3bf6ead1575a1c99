"""A photo in the field is kept on the phone like the answers and sent with them; what is kept can be corrected."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select

from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.surveys import field_work, rounds
from silah.surveys.definition import Definition, Section, When
from silah.surveys.models import SurveyResponse
from tenants.database import db
from tests.surveys.conftest import opened, question, text
from tests.surveys.fielding import bring, given, kept
from tests.surveys.phone import (
    DUMP,
    arrived,
    die,
    field,
    host,
    mast,
    names,
    send,
    served,
    stored,
    take,
    taken_along,
    waiting,
)

__all__ = ["field", "given", "host", "mast", "served"]

SAD = When(question="happy", any_of=("1",))
PHOTO = Definition(
    title=text("With a photo"),
    sections=(
        Section(key="s1", questions=(question("happy", required=True),)),
        Section(key="s2", questions=(question("roof", "file", required=True, when=SAD), question("why", "short"))),
    ),
)


def picture(width=3000, height=20):
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Secret Phone"
    Image.new("RGB", (width, height), "green").save(made, "JPEG", exif=exif)
    return made.getvalue()


class TestAPhotoThatComesIn:
    def test_is_kept_with_the_answer_and_one_that_is_missing_or_none_is_refused_whole(self, given, seat, serve, home):
        id_, phone = given(definition=PHOTO), seat("delegate")
        with serve(home):
            before = len(db.session.scalars(select(StoredFile.id)).all())
        for sent in ({}, {"roof": (io.BytesIO(b"MZ"), "photo.jpg")}):
            refused = bring(phone, id_, happy="1", **sent)
            assert refused.status_code == 422
            assert set(refused.json["fields"]) == {"roof"}
        assert bring(phone, id_, happy="1", roof=(io.BytesIO(picture()), "photo.jpg")).json == {"taken": True}
        assert bring(phone, id_, happy="5").json == {"taken": True}, "what is not asked is not wanted"
        with serve(home):
            assert len(db.session.scalars(select(StoredFile.id)).all()) == before + 1
        assert sorted("roof" in one.answers for one in kept(serve, home, id_)) == [False, True]


def test_on_the_web_a_file_that_a_condition_hides_stands_in_nobodys_way(client, home, serve):
    with serve(home):
        found = opened(PHOTO, anonymous=False)
        db.session.commit()
        path = f"/s/{found.code}"
    sent = {"page": "s2", "go": "send", "happy": "5"}
    assert client(home).post(path, data=sent).status_code == 200
    wrong = client(home).post(f"{path}?lang=en", data=sent | {"happy": "1"})
    assert wrong.status_code == 422
    assert "choose it again" in wrong.text


class TestOnThePhone:
    @pytest.fixture
    def camera(self, field):
        """The phone carries a round that asks for a photo, and no other."""
        with field.serve(field.home):
            team = rounds.get(field.id).team
            rounds.close(rounds.get(field.id))
            found = opened(PHOTO, anonymous=False)
            field_work.assign(found, team)
            db.session.commit()
            field.id = found.id
        return field

    def test_a_photo_outlives_the_battery_and_arrives_small_and_bare(self, camera):
        page = taken_along(camera)
        camera.context.set_offline(True)
        page.locator("[data-begin]").click()
        page.locator('label[for="happy-0"]').click()
        page.locator("[data-next]").click()
        page.locator("[data-last]").click()
        expect(page.locator("#roof-error")).to_be_visible()
        page.set_input_files("#roof", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"})
        expect(page.locator("#roof-error")).to_contain_text("لا يمكن فتح هذه الصورة")
        page.set_input_files("#roof", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": picture()})
        expect(page.locator("[data-photo] img")).to_be_visible()
        stored(page)
        held = page.evaluate(DUMP)["answers"]
        assert len(held) == 1
        assert "base64" not in held[0]
        die(camera)
        page = camera.context.new_page()
        page.goto("/desk/field/")
        page.locator("[data-open]").click()
        expect(page.locator("[data-photo] img")).to_be_visible()
        page.locator("[data-last]").click()
        waiting(page, 1)
        camera.context.set_offline(False)
        send(page)
        waiting(page, 0)
        with camera.serve(camera.home):
            one = db.session.scalars(select(SurveyResponse).where(SurveyResponse.round_id == camera.id)).one()
            data = documents.open(db.session.get(StoredFile, one.answers["roof"]))
        seen = Image.open(io.BytesIO(data))
        assert (seen.width, seen.format) == (1600, "JPEG")
        assert b"Secret Phone" not in data

    def test_a_photo_can_be_taken_out_again(self, camera):
        page = taken_along(camera)
        camera.context.set_offline(True)
        page.locator("[data-begin]").click()
        page.locator('label[for="happy-0"]').click()
        page.locator("[data-next]").click()
        page.set_input_files("#roof", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": picture()})
        page.locator("[data-unphoto]").click()
        expect(page.locator("[data-photo]")).to_be_hidden()
        page.locator("[data-last]").click()
        expect(page.locator("#roof-error")).to_be_visible()


class TestCorrecting:
    def test_what_is_kept_is_opened_and_corrected_until_it_is_sent(self, field):
        page = taken_along(field)
        field.context.set_offline(True)
        take(page, "خطأ")
        page.locator("[data-open]").click()
        page.locator("[data-later]").click()
        expect(page.locator("[data-state]")).to_have_text("تنتظر الإرسال")
        page.locator("[data-open]").click()
        field.context.set_offline(False)
        page.locator("[data-next]").click()
        page.fill("#name", "صواب")
        assert arrived(field) == [], "what is being corrected is not sent"
        page.locator("[data-last]").click()
        waiting(page, 0)
        assert names(field) == ["صواب"]

    def test_what_was_on_its_way_is_not_changed_any_more(self, field, mast, monkeypatch):
        page = taken_along(field)
        monkeypatch.setattr(mast, "broken", True)
        take(page, "وصل")
        expect(page.locator("[data-off]")).to_be_visible()
        expect(page.locator("[data-away]")).to_be_visible()
        expect(page.locator("[data-open]")).to_be_hidden()
        monkeypatch.setattr(mast, "broken", False)
        send(page)
        waiting(page, 0)
        assert names(field) == ["وصل"]
