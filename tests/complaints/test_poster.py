"""The poster: one page, both languages, the short address and its code."""

from io import BytesIO

import pikepdf
import pytest

from silah.complaints import poster, rules
from silah.documents import pdf


@pytest.fixture
def drawn(monkeypatch):
    """What the template is given."""
    given = []
    true = pdf.render
    monkeypatch.setattr(pdf, "render", lambda name, data, locale: given.append(data) or true(name, data, locale))
    return given


class TestThePoster:
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_is_one_page_of_a4_in_both_languages(self, office, drawn, language):
        made = poster.paper(language)
        with pikepdf.open(BytesIO(made)) as opened:
            assert len(opened.pages) == 1
            assert [round(float(side)) for side in opened.pages[0].mediabox] == [0, 0, 595, 842]
        (data,) = drawn
        assert {half["locale"] for half in data["halves"]} == {"ar", "en"}
        assert data["halves"][0]["locale"] == language
        assert data["halves"][0]["question"] != data["halves"][1]["question"]

    def test_shows_the_short_address_and_its_code(self, office, drawn):
        poster.paper("ar")
        (data,) = drawn
        assert data["shown"] == f"{office.tenant.slug}.silah.test/c"
        assert data["qr"] == pdf.qr(f"http://{office.tenant.slug}.silah.test/c")

    def test_promises_no_namelessness_where_there_is_none(self, office, drawn):
        rules.save(rules.ComplaintRules(anonymous=False))
        poster.paper("en")
        rules.save(rules.ComplaintRules())
        poster.paper("en")
        without, with_ = ([point for half in data["halves"] for point in half["points"]] for data in drawn)
        assert len(with_) == len(without) + 2

    def test_of_the_longest_address_stays_one_page(self, office, monkeypatch):
        monkeypatch.setattr(poster, "association_address", lambda path: f"https://{'a' * 63}.{'b' * 30}.org.sa{path}")
        with pikepdf.open(BytesIO(poster.paper("ar"))) as opened:
            assert len(opened.pages) == 1

    def test_is_everybodys_and_linked_where_it_is_needed(self, client, signed_in, town):
        answer = client(town).get("/complaints/poster.pdf?lang=en")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        for role, page in (("administrator", "/admin/complaints"), ("senior_management", "/desk/complaints")):
            assert "/complaints/poster.pdf" in signed_in(town, role).get(page).text
