"""The language of a page: asked for, remembered, else Arabic; digits and money follow it."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from silah.language.localization import alternate_language_url, direction, locale, money, number
from silah.shell import appearance


class TestChoice:
    def test_arabic_is_the_default(self, face: Flask) -> None:
        with face.test_request_context("/"):
            assert (locale(), direction()) == ("ar", "rtl")

    def test_the_address_decides_over_the_cookie(self, face: Flask) -> None:
        with face.test_request_context("/?lang=en", headers={"Cookie": "lang=ar"}):
            assert (locale(), direction()) == ("en", "ltr")

    def test_the_cookie_is_remembered(self, face: Flask) -> None:
        browser = face.test_client()
        browser.get("/parts?lang=en")
        assert 'lang="en" dir="ltr"' in browser.get("/parts").text

    def test_the_cookie_is_secure_wherever_that_of_the_session_is(self, face: Flask, monkeypatch: Any) -> None:
        monkeypatch.setitem(face.config, "SESSION_COOKIE_SECURE", True)
        answer = face.test_client().get("/parts?lang=en")
        assert "; Secure;" in next(
            one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-lang=")
        )

    def test_a_language_that_does_not_exist_is_ignored(self, face: Flask) -> None:
        answer = face.test_client().get("/parts?lang=xx")
        assert 'lang="ar" dir="rtl"' in answer.text
        assert not any(cookie.startswith("lang=") for cookie in answer.headers.getlist("Set-Cookie"))

    def test_the_other_language_keeps_the_rest_of_the_address(self, face: Flask) -> None:
        with face.test_request_context("/desk/?q=%D8%A3&state=late&state=new&lang=ar"):
            assert alternate_language_url() == "/desk/?q=%D8%A3&state=late&state=new&lang=en"


class TestNumbers:
    def test_money_shows_halalas_only_where_there_are_any(self, face: Flask) -> None:
        with face.test_request_context("/?lang=en"):
            assert money(Decimal("30000.00")) == "SAR 30,000"
            assert money(980.5) == "SAR 980.50"
            assert money(None) == number(None) == ""

    def test_arabic_indic_digits_where_the_association_chose_them(
        self, face: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(appearance, "PLATFORM_LOOK", appearance.Look(digits="arabic"))
        with face.test_request_context("/"):
            assert number(1250.5) == "١٬٢٥٠٫٥"
            assert number("1000+") == "١٠٠٠+"
        with face.test_request_context("/?lang=en"):
            assert number(1250) == "1,250"

    def test_a_literal_in_a_template_follows_the_page(self, render: Any) -> None:
        assert render("{{ 5|money }}", lang="ar") != render("{{ 5|money }}", lang="en") == "SAR 5"
