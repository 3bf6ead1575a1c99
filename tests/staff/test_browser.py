"""Pages on people, changes and settings in a real browser: both languages, wide and narrow, nothing for axe."""

import os
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from silah.staff import second_factor, service

CHROMIUM = os.environ.get("SILAH_CHROMIUM", "/usr/bin/chromium")
SCREENS = (("ar", 390), ("en", 1280))


@pytest.fixture
def base(app: Flask, association: Any) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{association.slug}.silah.test:{server.server_port}"
    server.shutdown()


@pytest.fixture
def colleague(app: Flask, staff: Any, association: Any, member_id: Any) -> str:
    """The page of a colleague who signs in with a code."""
    email, _password = staff(association, "relations_officer")
    with app.app_context():
        secret = second_factor.fresh_secret()
        second_factor.set_up(service.find(email).id, secret, pyotp.TOTP(secret).now())
    return f"/admin/staff/{member_id(association, email)}"


@pytest.fixture
def pages(base: str, association: Any, signed_in: Any) -> Iterator[list[tuple[str, Page]]]:
    """A page for each screen, at which an administrator has signed in."""
    cookie = signed_in(association, "administrator").get_cookie("silah", domain=f"{association.slug}.silah.test")
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--host-resolver-rules=MAP *.silah.test 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        made = []
        for lang, width in SCREENS:
            context = browser.new_context(base_url=base, viewport={"width": width, "height": 900})
            context.add_cookies([{"name": "silah", "value": cookie.value, "url": base}])
            made.append((lang, context.new_page()))
        yield made
        browser.close()


def faults(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return ["wider than the screen"] * wide + [one["id"] for one in Axe().run(page).response["violations"]]


def test_a_lost_telephone_is_helped_and_stands_on_record(pages: Any, colleague: str) -> None:
    (_arabic, phone), (_english, desk) = pages
    phone.goto(f"{colleague}?lang=ar")
    assert faults(phone) == []
    desk.goto(f"{colleague}?lang=en")
    desk.get_by_text("Reset the code", exact=True).first.click()
    assert faults(desk) == []
    desk.locator("form[action$='/reset-code'] button[type=submit]").click()
    desk.wait_for_load_state()
    assert "Not set up" in desk.locator("main").inner_text()
    for (lang, page), words in zip(
        pages, ("ألغى مدير النظام رمز الهاتف", "was reset by an administrator"), strict=True
    ):
        page.goto(f"/admin/changes?lang={lang}")
        assert words in page.locator("main").inner_text()
        assert faults(page) == []


@pytest.mark.parametrize(
    "path", ["/admin/settings", "/admin/policy/blueprint/house", "/admin/notices", "/admin/library"]
)
def test_nothing_is_wrong_with(pages: Any, path: str) -> None:
    for lang, page in pages:
        page.goto(f"{path}?lang={lang}")
        assert page.locator("h1").count() == 1
        assert faults(page) == [], (path, lang)
