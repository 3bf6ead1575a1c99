"""The meeting room in a real browser: nothing for axe to find, nothing wider than a telephone, a signature drawn."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from silah import clock as time
from silah.committees.models import MinutesSignature
from tenants.database import db
from tests.committees.conftest import BODY, DRAWN
from tests.committees.test_pages import ADMIN, AT, House, held

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

    def context(self, role: str, width: int, *, scripts: bool = True) -> BrowserContext:
        made = self.chromium.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce", java_script_enabled=scripts
        )
        cookie = self.house(role).get_cookie("silah", domain=f"{self.house.tenant.slug}.silah.test")
        made.add_cookies([{"name": "silah", "value": cookie.value, "url": self.base}])
        return made

    def look(self, role: str, name: str, address: str, *, every: bool = False) -> None:
        """See a page wide in Arabic and narrow in English; with ``every``, also the other way round."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        for width, lang in ((1280, "ar"), (390, "en"), *(((1280, "en"), (390, "ar")) if every else ())):
            context = self.context(role, width)
            page = context.new_page()
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
    eyes.look(SECRETARY, "meeting", at, every=True)
    eyes.look(SECRETARY, "item", first, every=True)
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
    declined = {"deed": "decline", "member": house.id(f"{BODY}_member"), "reason": "غادرت قبل القرار"}
    assert house(f"{BODY}_member").post(f"{at}/minutes", data=declined).status_code == 302
    corrected = {"deed": "correct", "text": "الصواب: حي العزيزية"}
    assert house(SECRETARY).post(f"{at}/minutes", data=corrected).status_code == 302
    eyes.look(SECRETARY, "minutes-signed", f"{at}/minutes", every=True)
    eyes.look(SECRETARY, "meeting-planned", house.call())
    eyes.look(SECRETARY, "home", "/desk/")
    with house.serve(house.tenant):
        assert db.session.query(MinutesSignature).count() == 2


def test_a_meeting_without_a_script_or_a_mouse(eyes: Eyes, house: House) -> None:
    house.name("chair", "member", "secretary")
    context = eyes.context(SECRETARY, 390, scripts=False)
    page = context.new_page()
    page.goto(f"{eyes.base}{AT}?lang=en")
    page.fill("[name=on]", time.today().isoformat())
    page.fill("[name=time]", "23:30")
    page.locator("[name=cases]").first.check()
    page.get_by_role("button", name="Call the meeting").press("Enter")
    for one in page.locator("[name^=at-]").all():
        one.select_option("present")
    page.get_by_role("button", name="Record the attendance").press("Enter")
    page.get_by_role("button", name="Open the meeting").press("Enter")
    page.locator("summary", has_text="End the meeting").press("Enter")
    page.locator(".confirm-form button", has_text="End the meeting").press("Enter")
    page.get_by_role("link", name="Minutes and signatures").press("Enter")
    photo = {"name": "signature.png", "mimeType": "image/png", "buffer": DRAWN}
    page.locator("input[type=file]").set_input_files([photo])  # type: ignore[list-item]
    page.get_by_role("button", name="Sign the minutes").press("Enter")
    assert "Your signature is under the minutes." in page.content()
    context.close()


def test_ending_a_meeting_is_asked_about_and_can_be_left_by_the_keyboard(eyes: Eyes, held: Any) -> None:
    _house, at = held
    context = eyes.context(SECRETARY, 1280)
    page = context.new_page()
    page.goto(f"{eyes.base}{at}?lang=en")
    page.locator("summary", has_text="End the meeting").press("Enter")
    asked = page.get_by_role("heading", name="End the meeting?")
    expect(asked).to_be_visible()
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    assert "In session" in page.locator("main").inner_text()
    context.close()


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
