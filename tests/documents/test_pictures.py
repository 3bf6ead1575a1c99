"""A picture that is drawn anew is the same to look at, in every colour mode and depth; else it is refused."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat, PngImagePlugin

from silah.documents import content, errors, pictures

MOST = content.MOST_PIXELS
WIDTH, HEIGHT = 48, 32
NEAR = 4
"""How far pixels may be on the whole from what they were where a format only comes near: of 255 steps."""


def sample(mode: str) -> Image.Image:
    """A picture in which every corner differs, with see-through parts where the mode has them."""
    colours = Image.merge(
        "RGB", [Image.linear_gradient("L").rotate(turn).resize((WIDTH, HEIGHT)) for turn in (0, 90, 180)]
    )
    draw = ImageDraw.Draw(colours)
    draw.rectangle((2, 2, 12, 9), fill="red")
    draw.ellipse((30, 18, 44, 30), fill=(12, 200, 99))
    alpha = Image.linear_gradient("L").resize((WIDTH, HEIGHT))
    if mode == "I;16":
        deep = Image.new("I;16", (WIDTH, HEIGHT))
        for x in range(WIDTH):
            for y in range(HEIGHT):
                deep.putpixel((x, y), x * 1365 + y * 7)
        return deep
    if mode in ("RGBA", "LA"):
        colours.putalpha(alpha)
        return colours.convert(mode)
    if mode == "PA":
        indexed = colours.quantize(16).convert("PA")
        indexed.putalpha(alpha)
        return indexed
    return colours.quantize(16) if mode == "P" else colours.convert(mode)


def written(image: Image.Image, image_format: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, image_format, **options)
    return out.getvalue()


def seen(data: bytes) -> Image.Image:
    """What a viewer shows, in colour with its see-through parts; a deep grey as it is."""
    image = Image.open(BytesIO(data))
    image.load()
    return image if image.mode.startswith("I") else image.convert("RGBA")


def apart(one: Image.Image, other: Image.Image) -> int:
    """How far the two are from each other at the worst pixel, of 255 steps."""
    assert one.size == other.size
    if one.mode.startswith("I"):
        assert one.mode == other.mode
        pairs = zip(one.get_flattened_data(), other.get_flattened_data(), strict=True)
        return max(abs(a - b) for a, b in pairs)
    return max(high for _low, high in ImageChops.difference(one, other).getextrema())


def beside(one: Image.Image, other: Image.Image) -> float:
    """How far the two are from each other on the whole: the root of the mean square, of the worst channel."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one, other)).rms)


def redrawn(data: bytes) -> bytes:
    kept, _kind = content.cleaned(data)
    return kept


class TestPng:
    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_is_the_same_picture_in_every_mode(self, mode):
        data = written(sample(mode), "PNG")
        kept = redrawn(data)
        assert Image.open(BytesIO(kept)).mode == Image.open(BytesIO(data)).mode
        assert apart(seen(data), seen(kept)) == 0

    def test_with_a_see_through_palette_is_the_same(self):
        indexed = sample("P")
        for clear in (3, bytes(range(0, 160, 10))):
            data = written(indexed, "PNG", transparency=clear)
            assert seen(data).getextrema()[3][0] < 255
            assert apart(seen(data), seen(redrawn(data))) == 0

    @pytest.mark.parametrize(("mode", "clear"), [("RGB", (255, 0, 0)), ("L", 76)])
    def test_with_a_see_through_colour_is_the_same(self, mode, clear):
        data = written(sample(mode), "PNG", transparency=clear)
        assert seen(data).getextrema()[3][0] == 0
        assert apart(seen(data), seen(redrawn(data))) == 0

    @pytest.mark.parametrize("bits", [1, 2, 4])
    def test_of_few_colours_is_the_same(self, bits):
        data = written(sample("RGB").quantize(2**bits), "PNG", bits=bits)
        assert apart(seen(data), seen(redrawn(data))) == 0

    @pytest.mark.parametrize("colour", [2, 4, 6])
    def test_in_sixteen_bits_of_colour_is_refused_in_true_words(self, colour):
        with pytest.raises(errors.TooDeep):
            content.cleaned(deep_png(colour))

    def test_keeps_its_gamma_and_loses_its_words(self):
        words = PngImagePlugin.PngInfo()
        words.add(b"gAMA", struct.pack(">I", 100_000))
        words.add_text("Author", "Layla")
        data = written(sample("RGB"), "PNG", pnginfo=words)
        kept = Image.open(BytesIO(redrawn(data)))
        assert kept.info == {"gamma": 1.0}
        assert b"Layla" not in redrawn(data)

    def test_that_moves_is_refused(self):
        data = written(sample("RGB"), "PNG", save_all=True, append_images=[sample("L").convert("RGB")])
        with pytest.raises(errors.Moving):
            content.cleaned(data)


class TestJpeg:
    @pytest.mark.parametrize("mode", ["L", "RGB", "CMYK", "YCbCr", "1"])
    @pytest.mark.parametrize("quality", [30, 75, 98])
    def test_is_the_same_picture(self, mode, quality):
        data = written(sample(mode), "JPEG", quality=quality)
        kept = redrawn(data)
        assert Image.open(BytesIO(kept)).mode == Image.open(BytesIO(data)).mode
        assert apart(seen(data), seen(kept)) == 0

    @pytest.mark.parametrize(
        "options", [{"progressive": True}, {"subsampling": 2}, {"keep_rgb": True}, {"optimize": True}]
    )
    def test_is_so_however_it_was_written(self, options):
        data = written(sample("RGB"), "JPEG", quality=90, **options)
        assert apart(seen(data), seen(redrawn(data))) == 0

    @pytest.mark.parametrize("turn", range(1, 9))
    def test_stands_upright_however_the_camera_was_held(self, turn):
        held, exif = sample("RGB"), Image.Exif()
        exif[0x0112] = turn
        data = written(held, "JPEG", quality=98, subsampling=0, exif=exif)
        shown = Image.open(BytesIO(data))
        upright = shown.transpose(pictures.TURNED[turn]) if turn > 1 else shown
        assert beside(upright.convert("RGBA"), seen(redrawn(data))) < NEAR

    def test_with_notes_that_cannot_be_read_is_kept(self):
        data = written(sample("RGB"), "JPEG", exif=b"Exif\0\0MM\0*\0\0\xff\xff broken")
        assert redrawn(data)

    @pytest.mark.parametrize("mark", [b"\xff\xc3", b"\xff\xc9"])
    def test_in_an_unusual_coding_is_refused_in_true_words(self, mark):
        data = written(sample("RGB"), "JPEG").replace(b"\xff\xc0", mark, 1)
        with pytest.raises(errors.Unusual):
            content.cleaned(data)

    def test_of_twelve_bits_is_refused_in_true_words(self):
        data = written(sample("RGB"), "JPEG")
        at = data.index(b"\xff\xc0") + 4
        with pytest.raises(errors.Unusual):
            content.cleaned(data[:at] + b"\x0c" + data[at + 1 :])

    def test_with_a_smaller_picture_behind_it_is_kept_as_the_photograph_that_it_is(self):
        data = written(sample("RGB"), "MPO", save_all=True, append_images=[sample("L").convert("RGB")])
        assert apart(seen(data), seen(redrawn(data))) == 0


class TestWebp:
    @pytest.mark.parametrize("mode", ["RGB", "RGBA"])
    def test_without_loss_is_the_same_picture(self, mode):
        data = written(sample(mode), "WEBP", lossless=True, exact=True)
        assert apart(seen(data), seen(redrawn(data))) == 0

    @pytest.mark.parametrize("mode", ["RGB", "RGBA"])
    def test_with_loss_is_the_same_picture(self, mode):
        data = written(sample(mode), "WEBP", quality=80)
        assert apart(seen(data), seen(redrawn(data))) == 0

    def test_that_moves_is_refused(self):
        data = written(sample("RGB"), "WEBP", save_all=True, append_images=[sample("L").convert("RGB")])
        with pytest.raises(errors.Moving):
            content.cleaned(data)


class TestColourProfiles:
    @pytest.fixture
    def swapped(self) -> bytes:
        """A profile in which what is called red is green to the eye, so that nobody can pass it over unseen."""
        profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
        count = int.from_bytes(profile[128:132], "big")
        tags = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
        red, green = tags[b"rXYZ"], tags[b"gXYZ"]
        profile[red + 4 : red + 12], profile[green + 4 : green + 12] = (
            profile[green + 4 : green + 12],
            profile[red + 4 : red + 12],
        )
        whole = bytes(profile)
        return whole.replace("sRGB".encode("utf-16-be"), "Odd!".encode("utf-16-be")).replace(b"sRGB", b"Odd!")

    @pytest.mark.parametrize(("image_format", "options", "near"), [
        ("PNG", {}, 1), ("JPEG", {"quality": 98, "subsampling": 0}, NEAR), ("WEBP", {"lossless": True}, 1),
    ])  # fmt: skip
    def test_are_turned_into_what_they_mean(self, swapped, image_format, options, near):
        drawn = sample("RGB")
        data = written(drawn, image_format, icc_profile=swapped, **options)
        meant = ImageCms.profileToProfile(
            Image.open(BytesIO(data)).convert("RGB"),
            ImageCms.ImageCmsProfile(BytesIO(swapped)),
            ImageCms.createProfile("sRGB"),
        )
        kept = redrawn(data)
        assert "icc_profile" not in Image.open(BytesIO(kept)).info
        assert beside(meant.convert("RGBA"), seen(kept)) <= near
        assert apart(seen(data), seen(kept)) > 100

    def test_keep_what_is_see_through(self, swapped):
        data = written(sample("RGBA"), "PNG", icc_profile=swapped)
        kept = seen(redrawn(data))
        assert apart(seen(data).getchannel("A").convert("RGBA"), kept.getchannel("A").convert("RGBA")) == 0

    def test_that_nobody_can_read_are_passed_over(self):
        data = written(sample("RGB"), "PNG", icc_profile=b"no profile")
        assert apart(seen(data), seen(redrawn(data))) == 0


class TestBehindThePicture:
    @pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP"])
    def test_what_readers_do_not_look_at_stands_in_nobodys_way(self, image_format):
        data = written(sample("RGB"), image_format)
        assert redrawn(data + b"\0" * 500 + b"a trailer of some program") == redrawn(data)


class TestOtherKinds:
    @pytest.mark.parametrize(("mode", "image_format"), [
        ("F", "TIFF"), ("LAB", "TIFF"), ("I", "TIFF"), ("P", "GIF"), ("RGB", "BMP"), ("HSV", "none"),
        ("RGB", "JPEG2000"), ("RGB", "AVIF"),
    ])  # fmt: skip
    def test_are_refused_by_their_name(self, mode, image_format):
        if image_format == "none":
            with pytest.raises(OSError, match="HSV"):
                written(sample("RGB").convert("HSV"), "PNG")
            return
        image = sample("RGB")
        image = ImageCms.profileToProfile(
            image, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
        ) if mode == "LAB" else image.convert("L").convert(mode) if mode in "FI" else image.convert(mode)  # fmt: skip
        with pytest.raises(errors.NotAllowed):
            content.cleaned(written(image, image_format))


def deep_png(colour: int) -> bytes:
    """A PNG of 16 bits a channel: RGB (2), grey with alpha (4) or RGB with alpha (6)."""
    channels = {2: 3, 4: 2, 6: 4}[colour]

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    row = b"\0" + bytes(range(channels * 2)) * 4
    head = (4).to_bytes(4, "big") * 2 + bytes([16, colour, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * 4)) + chunk(b"IEND", b"")
