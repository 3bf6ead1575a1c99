"""PDFs: our fonts only, both directions, and a warning is a failure."""

import pytest

from silah.documents import glyphs, pdf
from tests import paper_text

HEAD = {"name": "جمعية", "other_name": "Association", "accent": "#0f6b5c", "logo": None, "lines": [], "contact": ["x"]}


def missing(title: str) -> dict[str, object]:
    labels = {"opening": "…", "number": "No.", "item": "What", "why": "Why", "brought": "Brought"}
    items = [("1", "صورة الهوية", "لم ترفق"), ("2", "Lease", "Expired")]
    return {"title": title, "facts": [("a", "b")], "items": items, "closing": [], "labels": labels, "letterhead": HEAD}


class TestRender:
    @pytest.mark.parametrize("locale", ["ar", "en"])
    def test_makes_a_pdf_in_both_languages(self, locale):
        assert pdf.render("missing_list", missing("قائمة"), locale).startswith(b"%PDF-")

    def test_uses_the_two_packages_and_no_other_font(self):
        assert sorted(pdf.fonts().families()) == ["Amiri", "IBM Plex Sans Arabic"]

    def test_an_unknown_font_fails_it(self, tmp_path, monkeypatch):
        (tmp_path / "odd.typ").write_text('#set document(title: "x")\n#set text(font: "Comic Sans MS")\nx', "utf-8")
        monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
        with pytest.raises(pdf.PdfFailed, match="font"):
            pdf.render("odd", {}, "ar")

    def test_what_a_person_wrote_is_never_read_as_markup(self):
        made = pdf.render("missing_list", missing('#panic("x") *bold* $math$ #{'), "en")
        assert made.startswith(b"%PDF-")

    def test_the_text_can_be_read_out_again(self):
        told = paper_text.words(pdf.render("missing_list", missing("List of items"), "en"))
        assert "List of items" in told
        assert "صورة" in told


class TestPictures:
    def test_a_qr_code_is_a_drawing(self):
        assert pdf.qr("https://a.example/follow?reference=R-1448-000001").startswith("<?xml")


class TestLettering:
    @pytest.mark.parametrize("locale", ["ar", "en"])
    def test_a_sign_that_no_font_has_fails_no_paper(self, locale):
        odd = "مرحبا 😀 ✓ 漢字 \u0080 e\u0301\u0336 \ufe0f‮ \u200d Ğ ﷺ ﷲ ٪ ۱"
        assert pdf.render("missing_list", missing(odd), locale).startswith(b"%PDF-")

    def test_what_can_be_shown_stays_as_it_is(self):
        text = "طلبٌ رقم «١٢» – Noura, 3,000 ر.س"
        assert glyphs.showable(text) == text
        assert glyphs.showable({"a": ["😀", 1, None]}) == {"a": ["?", 1, None]}
