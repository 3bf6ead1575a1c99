"""A telephone number is read in one way, however it is written: on intake, in a search, and as a link to call."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wtforms import Form, StringField

from silah.desk import search
from silah.forms import parsers
from silah.language.digits import arabic_indic
from silah.staff.forms import callable_number
from tenants.phone_numbers import dial_link, is_phone, read_phone, read_saudi_mobile

KEPT = "+966501234567"
WAYS = [
    "0501234567",
    "501234567",
    "966501234567",
    "+966501234567",
    "00966501234567",
    "050 123 4567",
    "050-123-4567",
    "050–123–4567",
    "050.123.4567",
    "050/123/4567",
    "050_123_4567",
    "050,123,4567",
    "050،123،4567",
    "050·123·4567",
    "050\\123\\4567",
    "050\u00a0123\u202f4567",
    "050\t123\t4567",
    "(050) 123 4567",
    "(050)123-4567",
    "+966 (0)50 123 4567",
    "+966 (0) 50-123-4567",
    "+966-50-123-4567",
    "+966 050 123 4567",
    "+9660501234567",
    "9660501234567",
    "00966 050 1234567",
    "00 966 50 123 4567",
    "+ 966 50 123 4567",
    "++966501234567",
    "+00966501234567",
    "(+966)501234567",
    "[+966] 50 1234567",
    "966501234567+",
    "5 0123 4567",
    "0501234567.",
    "'0501234567",
    '="0501234567"',
    "tel:+966501234567",
    "tel:+966-50-123-4567",
    "TEL: 050 123 4567",
    "tel:0501234567;phone-context=+966",
    "sms:+966501234567",
    "https://wa.me/966501234567",
    "جوال: ٠٥٠١٢٣٤٥٦٧",
    "٠٥٠١٢٣٤٥٦٧",
    "٠٥٠.١٢٣.٤٥٦٧",
    "٠٥٠ ١٢٣ ٤٥٦٧",
    "+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧",
    "٠٠٩٦٦٥٠١٢٣٤٥٦٧",
    "۰۵۰۱۲۳۴۵۶۷",
    "०५०१२३४५६७",
    "০৫০১২৩৪৫৬৭",
    "０５０１２３４５６７",
    "＋９６６ ５０ １２３ ４５６７",
    "\u200f0501234567\u200f",
    "\u202a+966 50 123 4567\u202c",
    "\u2066+966501234567\u2069",
    "050\u200f123\u200e4567",
    "\ufeff0501234567",
]
NONE = [
    "",
    "+",
    "أ",
    "05",
    "050123456",
    "05012345678",
    "+9665012345678",
    "0112345678",
    "+966112345678",
    "920001234",
    "+201001234567",
    "00201001234567",
    "+971501234567",
    "05O1234567",
    "0501234567 / 0551112222",
    "0501234567, 0551112222",
    "0501234567;0551112222",
    "0501234567 ext 12",
    "0501234567 0551112222",
    "1000000008",
    "R-1448-000123",
    "٠" * 30,
    "0501234567" * 20,
]


class TestAMobile:
    @pytest.mark.parametrize("typed", WAYS)
    def test_is_kept_in_one_way_however_it_is_written(self, typed: str) -> None:
        assert parsers.mobile(typed) == KEPT

    @pytest.mark.parametrize("typed", WAYS)
    def test_is_searched_as_it_is_kept(self, app: Any, typed: str) -> None:
        sought = search.understand(typed)
        assert (sought.number, sought.words) == (KEPT, ())

    @pytest.mark.parametrize("typed", NONE)
    def test_is_refused_in_words_where_it_is_none_or_two(self, app: Any, typed: str) -> None:
        with app.test_request_context(), pytest.raises(parsers.BadAnswer, match="05"):
            parsers.mobile(typed)
        assert not search.understand(typed).number.startswith("+9665")

    @given(st.integers(0, 10**8 - 1), st.sampled_from(["+966 ", "00966", "0", "", "966-", "+966 (0)"]), st.data())
    def test_is_read_with_any_prefix_between_any_signs(self, number: int, prefix: str, data: st.DataObject) -> None:
        digits = f"5{number:08d}"
        signs = [data.draw(st.sampled_from(["", "", " ", "-", ".", "/", "\u200f", "\u00a0"])) for _ in digits[1:]]
        typed = prefix + digits[0] + "".join(sign + digit for sign, digit in zip(signs, digits[1:], strict=True))
        for one in (typed, arabic_indic(typed)):
            assert read_saudi_mobile(one) == f"+966{digits}"

    @given(st.text(max_size=60))
    def test_is_read_again_as_it_is_kept_and_nothing_typed_is_an_error(self, typed: str) -> None:
        kept = read_phone(typed)
        assert read_phone(kept) == kept
        dial_link(typed)
        is_phone(typed)


class TestASearch:
    @pytest.mark.parametrize("typed", ["1000000008", "١٠٠٠٠٠٠٠٠٨", "1-000-000-008", "1.000.000.008", "100 000 0008"])
    def test_takes_an_identity_number_as_intake_does(self, app: Any, typed: str) -> None:
        assert search.understand(typed).number == parsers.national_id(typed) == "1000000008"

    @pytest.mark.parametrize("typed", ["R-1448-000123", "r 1448 000123"])
    def test_takes_a_reference_for_no_number(self, app: Any, typed: str) -> None:
        sought = search.understand(typed)
        assert (sought.number, sought.references) == ("", ("R-1448-000123",))


class TestALinkToCall:
    @pytest.mark.parametrize(
        ("typed", "link"),
        [
            *((way, f"tel:{KEPT}") for way in WAYS),
            ("011 456 7890", "tel:+966114567890"),
            ("+966 (0)11 456 7890", "tel:+966114567890"),
            ("٠١١٤٥٦٧٨٩٠", "tel:+966114567890"),
            ("0114567890 تحويلة 12", "tel:+966114567890"),
            ("0114567890 ext. 12", "tel:+966114567890"),
            ("0501234567 / 0551112222", f"tel:{KEPT}"),
            ("+966 11 000 0000", "tel:+966110000000"),
            ("+20 100 123 4567", "tel:+201001234567"),
            ("9200 01234", "tel:920001234"),
            ("٩٢٠٠٠١٢٣٤", "tel:920001234"),
            ("8001240000", "tel:8001240000"),
            ("1966", "tel:1966"),
            ("١٩٦٦", "tel:1966"),
            ("", ""),
            ("الاستقبال", ""),
        ],
    )
    def test_holds_digits_that_a_telephone_dials(self, typed: str, link: str) -> None:
        assert dial_link(typed) == link


class Office(Form):  # type: ignore[misc]  # wtforms has no types
    """The telephone of an office."""

    phone = StringField(validators=[callable_number])


class TestATelephoneOfAnOffice:
    @pytest.mark.parametrize("typed", [*WAYS, "011 456 7890", "٠١١ ٤٥٦ ٧٨٩٠", "920001234", "1966", "0114567890 ext 12"])
    def test_is_taken_as_people_write_it(self, app: Any, typed: str) -> None:
        with app.test_request_context():
            assert Office(data={"phone": typed}).validate()

    @pytest.mark.parametrize("typed", ["الاستقبال", "12", "0" * 30, "call me"])
    def test_is_refused_where_nobody_can_call_it(self, app: Any, typed: str) -> None:
        with app.test_request_context():
            form = Office(data={"phone": typed})
            assert not form.validate()
            assert form.errors["phone"]
