"""Files from strangers: believed by content alone, kept sealed, and given back in a way that runs nothing."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from silah.config import Settings
from silah.intake import draft_session, drafts, request_catalogue
from tenants.context import serving
from tenants.database import db
from tests.small_files import small_pdf
from tests.walls.conftest import Browser, Town

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>alert(1)</script>"
MARK = b"WALL-MARK-" + hashlib.sha256(b"walls").hexdigest().encode()
PDF = small_pdf(MARK)


def image(kind: str = "JPEG", **more: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", (16, 16), "teal").save(out, kind, **more)
    return out.getvalue()


def exif() -> bytes:
    tags = Image.Exif()
    tags[0x010F] = MARK.decode()
    tags[0x8825] = {1: "N", 2: (24.0, 28.0, 7.0)}
    out = BytesIO()
    Image.new("RGB", (16, 16), "teal").save(out, "JPEG", exif=tags, comment=MARK)
    return out.getvalue()


class Sender:
    """A writer of a draft at the step of a document."""

    def __init__(self, town: Town) -> None:
        self.town, self.browser = town, town.visitor()
        with town.app.app_context(), serving(town.tenant):
            revision = next(one for one in request_catalogue.offered() if request_catalogue.definition(one).documents)
            draft, secret = drafts.start(revision)
            self.document = request_catalogue.definition(revision).documents[0].key
            self.draft = draft.id
            db.session.commit()
        self.browser.set_cookie(draft_session.COOKIE, secret, domain=town.host, path=draft_session.PATH)

    def send(self, data: bytes, name: str, media_type: str = "application/pdf") -> Any:
        sent = {"file": (BytesIO(data), name, media_type), "valid_until": "1/1/2090"}
        path = f"/requests/new/{self.draft}/document-{self.document}"
        return self.browser.post(path, data=sent, content_type="multipart/form-data")

    def got(self, *, show: bool = True) -> Any:
        return self.browser.get(f"/requests/new/{self.draft}/files/{self.document}" + ("?show=1" if show else ""))


@pytest.fixture(scope="module")
def sender(a: Town) -> Sender:
    return Sender(a)


class TestWhatIsNotTaken:
    @pytest.mark.parametrize(
        "content",
        [
            SVG,
            HTML,
            b"",
            b"MZ\x90",
            b"PK\x03\x04" + HTML,
            b"GIF89a" + HTML,
            b"\xff\xd8\xff" + HTML,
            b"\x89PNG\r\n\x1a\n" + HTML,
            b"RIFF\x00\x00\x00\x00WEBP" + HTML,
            HTML + b"%PDF-1.7\n%%EOF",
            b"%PDF-1.7",
            b"#!/bin/sh\n",
            b"\x00" * 64,
            b"<?xml version='1.0'?>" + SVG,
            b"%PDF-1.7 /Encrypt\n%%EOF",
        ],
    )
    def test_whatever_it_is_called(self, sender: Sender, content: bytes) -> None:
        for name, media_type in (("x.pdf", "application/pdf"), ("x.jpg", "image/jpeg"), ("x.html", "text/html")):
            assert sender.send(content, name, media_type).status_code == 422

    def test_too_large_a_file(self, app: Flask, sender: Sender, settings: Settings) -> None:
        data = b"%PDF-1.7\n" + bytes(settings.upload_limit_mb * 1024 * 1024) + b"%%EOF"
        refused = sender.send(data, "x.pdf")
        assert refused.status_code == 422
        assert "file-error" in refused.text

    def test_a_file_far_too_large(self, app: Flask, sender: Sender, settings: Settings) -> None:
        data = bytes(8 * settings.upload_limit_mb * 1024 * 1024)
        assert sender.send(data, "x.pdf").status_code == 413

    def test_a_picture_that_unpacks_to_a_flood(self, sender: Sender) -> None:
        out = BytesIO()
        Image.new("1", (20_000, 20_000)).save(out, "PNG")
        assert sender.send(out.getvalue(), "x.png", "image/png").status_code == 422


class TestWhatIsTaken:
    def test_loses_what_the_camera_wrote(self, sender: Sender) -> None:
        assert MARK in exif()
        assert sender.send(exif(), "x.jpg", "image/jpeg").status_code == 302
        kept = sender.got().data
        assert MARK not in kept
        assert not Image.open(BytesIO(kept)).getexif()

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_loses_what_hides_behind_a_picture(self, sender: Sender, kind: str) -> None:
        assert sender.send(image(kind) + HTML + MARK, "x.html", "text/html").status_code == 302
        answer = sender.got()
        assert b"<script" not in answer.data
        assert MARK not in answer.data
        assert answer.mimetype == f"image/{kind.lower()}"

    @pytest.mark.parametrize(
        "name",
        [
            "../../../etc/passwd.pdf",
            "..\\..\\windows\\x.pdf",
            "/etc/passwd",
            'a"; filename="evil.html',
            "x.pdf.html",
            "x.svg",
            "evil\r\nSet-Cookie: a=b.pdf",
            "\u202efdp.lmth",
            "x\x00.html",
            "ملف.html",
            "a" * 5000 + ".html",
            ".htaccess",
            "con",
            "<script>.pdf",
            "%0d%0aX: y.pdf",
            "🧱\u2028.pdf",
            "' or 1=1 --.pdf",
            "...",
            " ",
        ],
    )
    def test_is_given_back_under_a_name_that_does_nothing(self, sender: Sender, name: str) -> None:
        if sender.send(PDF, name, "text/html").status_code != 302:
            return
        for show in (True, False):
            answer = sender.got(show=show)
            told = answer.headers["Content-Disposition"]
            assert answer.mimetype == "application/pdf"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert told.startswith("inline; " if show else "attachment; ")
            assert len(told) < 2000
            assert told.count('"') == 2
            assert not set("\r\n\x00\u202e") & set(told)
            assert told.split('"')[1].endswith(".pdf")
            assert "/" not in told.split('"')[1]
            assert "\\" not in told
            assert "Set-Cookie" not in answer.headers or "a=b" not in answer.headers["Set-Cookie"]

    def test_is_sealed_where_it_is_kept(self, settings: Settings, sender: Sender) -> None:
        assert sender.send(PDF, "x.pdf").status_code == 302
        assert MARK in sender.got().data
        files = [path for path in Path(settings.storage_url).rglob("*") if path.is_file()]
        assert files
        for path in files:
            held = path.read_bytes()
            assert MARK not in held
            assert b"%PDF" not in held[:16]
            assert path.stat().st_mode & 0o077 == 0

    def test_of_one_association_is_not_opened_with_the_key_of_another(self, app: Flask, a: Town, b: Town) -> None:
        from cryptography.exceptions import InvalidTag

        from silah.documents import errors, storage
        from silah.documents.sealing import seal_bytes, unseal_bytes

        with app.app_context():
            with serving(a.tenant):
                sealed, key = seal_bytes(MARK, "document"), storage.new_key()
            with serving(b.tenant):
                with pytest.raises(InvalidTag):
                    unseal_bytes(sealed, "document")
                for path in (key, f"{b.tenant.role}/../{key}"):
                    with pytest.raises(errors.Lost):
                        storage.read(path)

    def test_may_be_taken_by_its_writer_alone(self, a: Town, sender: Sender) -> None:
        stranger: Browser = a.visitor()
        assert stranger.get(f"/requests/new/{sender.draft}/files/{sender.document}").status_code == 404
