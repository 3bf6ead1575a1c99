"""Pages on people, changes and settings in a real browser: both languages, wide and narrow, nothing for axe."""

from typing import Any

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Page

from silah.staff import second_factor, service
from tests.browsing import faults

SCREENS = (("ar", 390), ("en", 1280))


@pytest.fixture
def colleague(app: Flask, staff: Any, association: Any, member_id: Any) -> str:
    """The page of a colleague who signs in with a code."""
    email, _password = staff(association, "relations_officer")
    with app.app_context():
        secret = second_factor.fresh_secret()
        second_factor.set_up(service.find(email).id, secret, pyotp.TOTP(secret).now())
    return f"/admin/staff/{member_id(association, email)}"


@pytest.fixture
def pages(seated: Any, association: Any, signed_in: Any) -> list[tuple[str, Page]]:
    """A page for each screen, at which an administrator has signed in."""
    client = signed_in(association, "administrator")
    return [(lang, seated(association, client, width).new_page()) for lang, width in SCREENS]


def test_a_lost_telephone_is_helped_and_stands_on_record(pages: Any, colleague: str) -> None:
    (_arabic, phone), (_english, desk) = pages
    phone.goto(f"{colleague}?lang=ar")
    assert faults(phone, "colleague") == []
    desk.goto(f"{colleague}?lang=en")
    desk.get_by_text("Reset the code", exact=True).first.click()
    assert faults(desk, "reset") == []
    desk.locator("form[action$='/reset-code'] button[type=submit]").click()
    desk.wait_for_load_state()
    assert "Not set up" in desk.locator("main").inner_text()
    for (lang, page), words in zip(
        pages, ("ألغى مدير النظام رمز الهاتف", "was reset by an administrator"), strict=True
    ):
        page.goto(f"/admin/changes?lang={lang}")
        assert words in page.locator("main").inner_text()
        assert faults(page, f"changes {lang}") == []


@pytest.mark.parametrize(
    "path", ["/admin/settings", "/admin/policy/blueprint/house", "/admin/notices", "/admin/library"]
)
def test_nothing_is_wrong_with(pages: Any, path: str) -> None:
    for lang, page in pages:
        page.goto(f"{path}?lang={lang}")
        assert page.locator("h1").count() == 1
        assert faults(page, f"{path} {lang}") == []
