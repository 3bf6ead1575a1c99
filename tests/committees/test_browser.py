"""The meeting room in a real browser: nothing for axe to find, nothing wider than a telephone, a signature drawn."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from silah.committees.models import MinutesSignature
from tenants.database import db
from tests.committees.test_pages import ADMIN, AT, BODY, House, held

__all__ = ["held"]

ARTEFACTS = Path(__file__).parents[2] / ".artefacts" / "committees"
CHROMIUM = os.environ.get("SILAH_CHROMIUM", "/usr/bin/chromium")
SECRETARY, ADMINISTRATOR = f"{BODY}_secretary", "administrator"


@pytest.fixture(scope="module")
def port(app: Flask) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--host-resolver-rules=MAP *.silah.test 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        yield browser
        browser.close()


@pytest.fixture
def house(association: Any, serve: Any, signed_in: Any) -> House:
    """The server's threads know no time but the real one, so the house lives in it too."""
    return House(association, serve, signed_in)


class Eyes:
    """Looks at pages as one person, in one language, on one screen."""

    def __init__(self, house: House, port: int, chromium: Browser) -> None:
        self.house, self.chromium = house, chromium
        self.base = f"http://{house.tenant.slug}.silah.test:{port}"
        self.found: list[str] = []

    def context(self, role: str, width: int) -> BrowserContext:
        made = self.chromium.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        cookie = self.house(role).get_cookie("silah", domain=f"{self.house.tenant.slug}.silah.test")
        made.add_cookies([{"name": "silah", "value": cookie.value, "url": self.base}])
        return made

    def look(self, role: str, name: str, address: str) -> None:
        """See a page in both languages, wide and narrow."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        for width in (1280, 390):
            context = self.context(role, width)
            page = context.new_page()
            for lang in ("ar", "en"):
                answer = page.goto(f"{self.base}{address}?lang={lang}")
                assert answer
                assert answer.status == 200, (name, answer.status)
                self.check(page, f"{name}-{lang}-{width}")
            context.close()

    def check(self, page: Page, name: str) -> None:
        page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.found.append(f"{name} is {wide} px wider than the screen")
        for rule in Axe().run(page).response["violations"]:
            self.found.append(f"{name}: {rule['id']} {[node['html'][:120] for node in rule['nodes']][:3]}")


@pytest.fixture
def eyes(house: House, port: int, chromium: Browser) -> Iterator[Eyes]:
    made = Eyes(house, port, chromium)
    yield made
    assert not made.found, "\n".join(made.found)


def test_every_page_from_naming_members_to_signed_minutes(eyes: Eyes, held: Any) -> None:
    house, at = held
    first, _second = house.items(at)
    eyes.look(ADMINISTRATOR, "admin-committees", "/admin/committees")
    eyes.look(ADMINISTRATOR, "admin-committee", ADMIN)
    eyes.look(SECRETARY, "mine", "/desk/committees")
    eyes.look(SECRETARY, "room", AT)
    eyes.look(SECRETARY, "meeting", at)
    eyes.look(SECRETARY, "item", first)
    eyes.look(f"{BODY}_member", "item-of-member", first)
    house.vote(first, chair="for", member="against")
    eyes.look(SECRETARY, "item-voted", first)
    sent = {**house.seen(), "deed": "conclude", "reasons": "تنطبق الشروط على مقدمة الطلب."}
    assert house(SECRETARY).post(first, data=sent).status_code == 302
    eyes.look(SECRETARY, "item-decided", first)
    eyes.look(f"{BODY}_chair", "case", f"/desk/cases/{house.cases[0]}")
    house.come(at, member="left")
    eyes.look(SECRETARY, "meeting-without-quorum", at)
    house.do(at, "close")
    eyes.look(SECRETARY, "meeting-ended", at)
    eyes.look(SECRETARY, "minutes", f"{at}/minutes")
    draw(eyes, f"{at}/minutes")
    eyes.look(SECRETARY, "minutes-signed", f"{at}/minutes")
    with house.serve(house.tenant):
        assert db.session.query(MinutesSignature).count() == 1


def draw(eyes: Eyes, address: str) -> None:
    """Sign the minutes with the mouse."""
    context = eyes.context(SECRETARY, 1280)
    page = context.new_page()
    page.goto(f"{eyes.base}{address}?lang=en")
    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 220, box["y"] + 120, steps=8)
    page.mouse.move(box["x"] + 320, box["y"] + 40, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="Sign the minutes").click()
    page.wait_for_load_state()
    assert "Your signature is under the minutes." in page.content()
    context.close()
