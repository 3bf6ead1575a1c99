"""PDFs that tell nothing of who made them."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from silah.documents import formats, jpeg2000, metadata_removal, picture_parts

SAID = (
    b"Secret Author", b"Secret Creator", b"Author of the picture", b"a hidden remark", b"Remark Author", b"20260907",
    b"embedded identity", b"A scanner of mine",
)  # fmt: skip


def picture() -> bytes:
    exif = Image.Exif()
    exif[0x013B], exif[0x0132] = "Author of the picture", "2026:09:07 12:34:56"
    out = BytesIO()
    Image.new("RGB", (32, 32), "red").save(out, "JPEG", exif=exif, comment=b"a hidden remark")
    return out.getvalue()


def box(kind: bytes, said: bytes) -> bytes:
    return (8 + len(said)).to_bytes(4, "big") + kind + said


def scanned(*, raw: bool = False, said: bytes = b"Author of the picture") -> bytes:
    """A picture in JPEG 2000 that says who made it: in remarks of its code, in XML, and in a box of its own."""
    out = BytesIO()
    Image.new("RGB", (32, 32), "red").save(out, "JPEG2000", no_jp2=raw, comment=b"a hidden remark", irreversible=False)
    data = out.getvalue()
    tile = data.index(b"\xff\x90")
    assert data.index(b"a hidden remark") < tile
    if raw:
        return data
    head = data.index(b"jp2h") - 4
    wide = (1).to_bytes(4, "big") + b"uuid" + (16 + len(said)).to_bytes(8, "big") + said
    return data[:head] + box(b"xml ", said) + wide + data[head:]


def telling(*, packed: bool = False, deflated: bool = False, jpeg2000: bool = False) -> bytes:
    """A PDF that says everywhere who made it, when and with what."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    taken = scanned() if jpeg2000 else picture()
    image = Stream(pdf, zlib.compress(taken) if deflated else taken)
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 32, 32
    image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceRGB, 8, Array([Name.DCTDecode])
    if jpeg2000:
        image.Filter = Array([Name.JPXDecode])
    if deflated:
        image.Filter = Array([Name.FlateDecode, *image.Filter])
    page = pdf.pages[0].obj
    page.Resources = Dictionary(XObject=Dictionary(I=pdf.make_indirect(image)))
    page.Contents = Stream(pdf, b"q 100 0 0 100 0 0 cm /I Do Q")
    page.PieceInfo = Dictionary(Scanner=Dictionary(LastModified=String("A scanner of mine")))
    remark = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=String("x"))
    remark.T, remark.M = String("Remark Author"), String("D:20260907123456")
    page.Annots = Array([pdf.make_indirect(remark)])
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:creator"] = ["Secret Creator"]
    pdf.docinfo["/Author"], pdf.docinfo["/CreationDate"] = "Secret Author", "D:20260907123456"
    pdf.attachments["note.txt"] = b"embedded identity"
    out = BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def unpacked(data: bytes) -> bytes:
    """The PDF with nothing compressed, so that it can be searched."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(
            out,
            qdf=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


class TestPdf:
    @pytest.mark.parametrize("how", [{}, {"packed": True}, {"jpeg2000": True}])
    def test_loses_author_dates_programs_files_and_what_a_camera_wrote(self, how):
        before = unpacked(telling(**how))
        assert [said for said in SAID if said not in before] == []
        after = unpacked(metadata_removal.pdf(telling(**how)))
        assert [said for said in SAID if said in after] == []

    @pytest.mark.parametrize("how", [{"jpeg2000": False}, {"jpeg2000": True}])
    def test_looks_into_pictures_that_are_deflated_once_more(self, how):
        after = unpacked(metadata_removal.pdf(telling(deflated=True, **how)))
        assert (b"jP  " if how["jpeg2000"] else b"\xff\xd8\xff") in after
        assert b"Author of the picture" not in after

    def test_with_a_picture_that_is_wrapped_otherwise_is_refused(self):
        with pikepdf.open(BytesIO(telling())) as pdf:
            (image,) = pdf.pages[0].get_images().values()
            image.write(picture().hex().encode(), filter=Array([Name.ASCIIHexDecode, Name.DCTDecode]))
            pdf.save(out := BytesIO())
        with pytest.raises(formats.Refused, match=formats.WRAPPED):
            metadata_removal.pdf(out.getvalue())

    def test_keeps_its_pages_and_their_pictures(self):
        with pikepdf.open(BytesIO(metadata_removal.pdf(telling()))) as pdf:
            (image,) = pdf.pages[0].get_images().values()
            assert pikepdf.PdfImage(image).as_pil_image().getpixel((3, 3))[0] > 250

    def test_says_the_same_of_the_same_file(self):
        assert metadata_removal.pdf(telling()) == metadata_removal.pdf(telling())

    def test_what_cannot_be_read_is_refused(self):
        with pytest.raises(formats.Refused, match=formats.DAMAGED):
            metadata_removal.pdf(b"%PDF-1.7\nnothing\n%%EOF\n")

    def test_what_is_locked_is_refused(self):
        out = BytesIO()
        with pikepdf.open(BytesIO(telling())) as pdf:
            pdf.save(out, encryption=pikepdf.Encryption(user="a", owner="b"))
        with pytest.raises(formats.Refused, match=formats.LOCKED):
            metadata_removal.pdf(out.getvalue())


class TestPhoto:
    def test_is_the_same_picture(self):
        with Image.open(BytesIO(picture_parts.strip_jpeg(picture()))) as after:
            assert (after.size, dict(after.getexif())) == ((32, 32), {})

    @pytest.mark.parametrize("cut", [0, 2, 3, 5, 20, 40])
    def test_cut_short_is_no_error(self, cut):
        assert picture_parts.strip_jpeg(picture()[:cut])[:2] == picture()[:cut][:2]

    def test_loses_what_stands_between_its_scans_and_behind_its_end(self):
        out = BytesIO()
        Image.radial_gradient("L").convert("RGB").save(out, "JPEG", progressive=True)
        data = out.getvalue()
        second = data.index(b"\xff\xda", data.index(b"\xff\xda") + 2)
        told = data[:second] + b"\xff\xfe\x00\x09Said it" + data[second:] + b"Said it"
        after = picture_parts.strip_jpeg(told)
        assert b"Said it" not in after
        with Image.open(BytesIO(after)) as shown, Image.open(BytesIO(data)) as before:
            assert shown.tobytes() == before.tobytes()

    def test_of_another_kind_is_left(self):
        assert picture_parts.strip_jpeg(b"\x89PNG....") == b"\x89PNG...."


class TestJpeg2000:
    @pytest.mark.parametrize("raw", [False, True])
    def test_is_the_same_picture_and_says_nothing(self, raw):
        data = scanned(raw=raw)
        after = jpeg2000.bare(data)
        assert (len(after), b"remark" in after, b"Author" in after) == (len(data), False, False)
        with Image.open(BytesIO(after)) as shown:
            assert (shown.size, shown.getpixel((3, 3))) == ((32, 32), (255, 0, 0))

    def test_loses_the_remarks_of_its_tiles(self):
        data = scanned(raw=True)
        tile, remark = data.index(b"\xff\x90"), b"\xff\x64\x00\x0a\x00\x01said it"[:12]
        grown = (int.from_bytes(data[tile + 6 : tile + 10], "big") + len(remark)).to_bytes(4, "big")
        told = data[: tile + 6] + grown + data[tile + 10 : tile + 12] + remark + data[tile + 12 :]
        after = jpeg2000.bare(told)
        assert b"said" in told
        assert b"said" not in after
        with Image.open(BytesIO(after)) as shown:
            assert shown.getpixel((3, 3)) == (255, 0, 0)

    @pytest.mark.parametrize("cut", [0, 1, 9, 14, 60, 120])
    def test_cut_short_is_refused(self, cut):
        with pytest.raises(ValueError, match="picture"):
            jpeg2000.bare(scanned()[:cut])
