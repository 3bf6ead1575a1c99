"""PDFs: our fonts only, both directions, and a warning is a failure."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silah.documents import glyphs, pdf
from tests import paper_text

HEAD = {"name": "جمعية", "other_name": "Association", "accent": "#0f6b5c", "logo": None, "lines": [], "contact": ["x"]}

RESIDENTS = (
    "মোহাম্মদ রহিম",
    "राम कुमार श्रीवास्तव",
    "አበበ ቢቂላ",
    "李小明 龍",
    "さくら",
    "김철수",
    "முத்துக்குமார்",
    "සුනිල් පෙරේරා",
    "สมชาย ใจดี",
    "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "മുഹമ്മദ്",
    "မောင်မောင်",
    "Nguyễn Văn Đạt",
    "Ёлка Їжак",
    "😀",
)
MIXED = (
    "aعক़்क়ิ\u064b\u0301\u20e3\u0336\u200d\u200f\ufe0f漢하ᄒ\u1161\u11ab👩🏽🇸🇦 \u0600\u06dd\u0780\u07a8\ufff9\U000e0041"
)


def missing(title: str, fact: str = "b") -> dict[str, object]:
    labels = {"opening": "…", "number": "No.", "item": "What", "why": "Why", "brought": "Brought"}
    items = [("1", "صورة الهوية", "لم ترفق"), ("2", "Lease", "Expired")]
    return {"title": title, "facts": [("a", fact)], "items": items, "closing": [], "labels": labels, "letterhead": HEAD}


class TestRender:
    @pytest.mark.parametrize("locale", ["ar", "en"])
    def test_makes_a_pdf_in_both_languages(self, locale):
        assert pdf.render("missing_list", missing("قائمة"), locale).startswith(b"%PDF-")

    def test_uses_the_packages_and_no_other_font(self):
        known = set(pdf.fonts().families())
        assert {"Amiri", "IBM Plex Sans Arabic"} < known
        assert all(one.startswith("Noto ") for one in known - {"Amiri", "IBM Plex Sans Arabic"})

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


class TestGlyphs:
    @pytest.mark.parametrize("locale", ["ar", "en"])
    @pytest.mark.parametrize("name", RESIDENTS, ids=lambda name: unicodedata.name(name[0]).split()[0].casefold())
    def test_a_resident_s_name_is_printed_as_they_write_it(self, name, locale):
        told = paper_text.words(pdf.render("missing_list", missing("Title", name), locale)).splitlines()
        printed = told[told.index("a") + 1 : told.index("…")]
        assert sorted("".join(printed).replace(" ", "")) == sorted(name.replace(" ", ""))

    @pytest.mark.parametrize(
        ("name", "printed"),
        [
            ("\u078b\u07a8\u0788\u07ac\u0780\u07a8 \u0782\u07a8", "[dhivehi ni]"),
            ("Ali \u2d30\u2d35", "Ali [adj]"),
            ("\ue000", "[U+E000]"),
        ],
    )
    def test_a_name_that_no_font_has_is_printed_in_latin_letters(self, name, printed):
        assert printed in paper_text.words(pdf.render("missing_list", missing("Title", name), "en"))

    def test_only_what_is_no_letter_goes(self):
        assert glyphs.make_showable("a\u0080b e\u0301\u0336 \u0301\ud800") == "ab é\u0336 "

    @settings(max_examples=60, deadline=None)
    @given(st.text(min_size=1, max_size=40))
    def test_no_text_whatever_fails_a_paper(self, text):
        assert pdf.render("missing_list", missing("Title", text), "ar").startswith(b"%PDF-")

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.sampled_from(MIXED), min_size=2, max_size=30).map("".join))
    def test_marks_of_one_script_on_the_letters_of_another_fail_none_either(self, text):
        assert pdf.render("missing_list", missing("Title", text), "ar").startswith(b"%PDF-")

    def test_what_can_be_shown_stays_as_it_is(self):
        text = "طلبٌ رقم «١٢» – Noura, 3,000 ر.س"
        assert glyphs.make_showable(text) == text
        assert glyphs.make_showable({"a": ["😀", 1, None]}) == {"a": ["😀", 1, None]}
