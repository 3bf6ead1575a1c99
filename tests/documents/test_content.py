"""What a file is, told by its content."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from silah.documents import content, errors
from tests import paper_text
from tests.small_files import small_pdf

PDF = small_pdf()


def photo(image_format: str, **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (32, 16), "teal").save(out, image_format, **options)
    return out.getvalue()


def with_place() -> bytes:
    """A photograph that says where and with what it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    return photo("JPEG", exif=exif, comment=b"a hidden remark")


class TestCleaned:
    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (PDF, content.PDF),
            (photo("JPEG"), content.JPEG),
            (photo("PNG"), content.PNG),
            (photo("WEBP"), content.WEBP),
        ],
    )
    def test_takes_the_types_that_are_allowed(self, data, kind):
        assert content.cleaned(data)[1] is kind

    @pytest.mark.parametrize(
        "data",
        [
            b"<!doctype html><script>alert(1)</script>",
            b"MZ\x90\x00" + b"\0" * 60,
            b"PK\x03\x04" + b"\0" * 60,
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"GIF89a" + b"\0" * 30,
            "نص عادي".encode(),
        ],
    )
    def test_refuses_everything_else(self, data):
        with pytest.raises(errors.NotAllowed):
            content.cleaned(data)

    def test_refuses_what_is_empty(self):
        with pytest.raises(errors.Empty):
            content.cleaned(b"")

    def test_refuses_what_only_begins_like_an_image(self):
        with pytest.raises(errors.Damaged):
            content.cleaned(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x01" * 200)

    def test_refuses_what_only_begins_like_a_pdf(self):
        with pytest.raises(errors.Damaged):
            content.cleaned(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Encrypt 2 0 R>>\n%%EOF\n")

    def test_strips_what_the_camera_wrote_and_keeps_the_photo_upright(self):
        clean, _ = content.cleaned(with_place())
        assert b"Secret Camera" not in clean
        assert b"hidden remark" not in clean
        with Image.open(BytesIO(clean)) as image:
            assert not dict(image.getexif())
            assert image.size == (16, 32)

    def test_drops_what_is_hidden_behind_an_image(self):
        clean, _ = content.cleaned(photo("PNG") + b"<script>alert(1)</script>")
        assert b"script" not in clean

    def test_does_not_unpack_a_bomb(self, monkeypatch):
        monkeypatch.setattr(content, "MOST_PIXELS", 100)
        with pytest.raises(errors.TooManyPixels):
            content.cleaned(photo("PNG"))


def protected(**passwords: str) -> bytes:
    """A PDF that is encrypted with these passwords."""
    out = BytesIO()
    with pikepdf.open(BytesIO(small_pdf())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(**{"user": "", "owner": "", **passwords}))
    return out.getvalue()


class TestPdf:
    @pytest.mark.parametrize("strength", [2, 3, 4, 6])
    def test_that_opens_without_a_password_is_taken_as_it_came(self, strength):
        out = BytesIO()
        weak = {} if strength > 3 else {"aes": False, "metadata": False}
        with pikepdf.open(BytesIO(small_pdf())) as pdf:
            pdf.save(out, encryption=pikepdf.Encryption(user="", owner="of the office", R=strength, **weak))
        data = out.getvalue()
        assert b"/Encrypt" in data
        assert content.cleaned(data) == (data, content.PDF)
        bare, _kind = content.cleaned(data, unsigned=True)
        assert b"/Encrypt" not in bare
        with pikepdf.open(BytesIO(bare)) as pdf:
            assert len(pdf.pages) == 1

    @pytest.mark.parametrize("unsigned", [False, True])
    def test_that_wants_a_password_is_refused_for_that(self, unsigned):
        with pytest.raises(errors.Locked):
            content.cleaned(protected(user="secret", owner="of the office"), unsigned=unsigned)

    @pytest.mark.parametrize("unsigned", [False, True])
    def test_that_speaks_of_encryption_is_taken(self, unsigned):
        kept, _kind = content.cleaned(small_pdf(b"/Encrypt /Password %PDF-9"), unsigned=unsigned)
        assert paper_text.unpacked(kept).count(b"/Encrypt /Password") == 1

    @pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b"From: a scanner\n" * 60])
    @pytest.mark.parametrize("after", [b"", b"\0" * 5000, b"\r\n-- a trailer of the post --\r\n" * 200])
    def test_with_what_readers_tolerate_around_it_is_taken_as_it_came(self, before, after):
        data = before + small_pdf() + after
        assert content.cleaned(data) == (data, content.PDF)
        with pikepdf.open(BytesIO(content.cleaned(data, unsigned=True)[0])) as pdf:
            assert len(pdf.pages) == 1

    def test_that_begins_too_late_is_none(self):
        with pytest.raises(errors.NotAllowed):
            content.cleaned(b" " * 2000 + small_pdf())

    def test_without_its_end_is_taken_where_its_pages_can_be_read(self):
        assert content.cleaned(small_pdf().replace(b"%%EOF", b""))

    def test_that_is_cut_off_is_damaged(self):
        with pytest.raises(errors.Damaged):
            content.cleaned(small_pdf()[:60])


class TestSafeName:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\noura\\هوية.PDF", "هوية.pdf"),
            ("invoice.pdf.exe", "invoice.pdf.pdf"),
            ("", "file.pdf"),
            ("a\r\nb.pdf", "ab.pdf"),
            ("‮fdp.exe", "fdp.pdf"),
        ],
    )
    def test_leaves_no_folder_control_mark_or_false_ending(self, given, kept):
        assert content.safe_name(given, content.PDF) == kept

    def test_is_short_enough_to_show(self):
        assert len(content.safe_name("ا" * 500 + ".pdf", content.PDF)) <= content.LONGEST_NAME


class TestPhotosOfApple:
    @pytest.mark.parametrize("brand", [b"heic", b"mif1", b"heix"])
    def test_are_refused_with_what_to_do(self, brand):
        with pytest.raises(errors.AppleFormat):
            content.cleaned(b"\0\0\0\x18ftyp" + brand + bytes(64))

    def test_a_film_is_merely_not_taken(self):
        with pytest.raises(errors.NotAllowed) as refused:
            content.cleaned(b"\0\0\0\x18ftypisom" + bytes(64))
        assert not isinstance(refused.value, errors.AppleFormat)
