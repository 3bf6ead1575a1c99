"""The meeting room in a real browser: nothing for axe to find, nothing wider than a telephone, a signature drawn."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from silah import clock as time
from silah.committees.models import MinutesSignature
from tenants.database import db
from tests.browsing import faults, picture
from tests.committees.conftest import BODY, DRAWN
from tests.committees.test_pages import ADMIN, AT, House, held

__all__ = ["held"]

SECRETARY, ADMINISTRATOR = f"{BODY}_secretary", "administrator"


@pytest.fixture
def house(association: Any, serve: Any, signed_in: Any) -> House:
    """The server's threads know no time but the real one, so the house lives in it too."""
    return House(association, serve, signed_in)


class Eyes:
    """Looks at pages as one person, in one language, on one screen."""

    def __init__(self, house: House, seated: Callable[..., BrowserContext]) -> None:
        self.house, self.seated = house, seated
        self.pages: dict[tuple[str, int], Page] = {}
        self.found: list[str] = []

    def page(self, role: str, width: int, **options: Any) -> Page:
        return self.seated(self.house.tenant, self.house(role), width, **options).new_page()

    def look(self, role: str, name: str, address: str, *, every: bool = False) -> None:
        """See a page wide in Arabic and narrow in English; with ``every``, also the other way round."""
        for width, lang in ((1280, "ar"), (390, "en"), *(((1280, "en"), (390, "ar")) if every else ())):
            page = self.pages.get((role, width)) or self.page(role, width)
            self.pages[role, width] = page
            answer = page.goto(f"{address}?lang={lang}")
            assert answer
            assert answer.status == 200, (name, answer.status)
            picture(page, f"committees/{name}-{lang}-{width}")
            self.found += faults(page, f"{name}-{lang}-{width}")


@pytest.fixture
def eyes(house: House, seated: Callable[..., BrowserContext]) -> Iterator[Eyes]:
    made = Eyes(house, seated)
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
    house.vote(first, chair="against", member="for")
    eyes.look(SECRETARY, "item-voted", first)
    assert house.conclude(first).status_code == 302
    eyes.look(SECRETARY, "item-fallen", first, every=True)
    assert house.put(first, "rejected", "لا تنطبق الشروط على مقدمة الطلب.").status_code == 302
    house.vote(first, chair="for", member="against")
    assert house.conclude(first).status_code == 302
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
    page = eyes.page(SECRETARY, 390, java_script_enabled=False)
    page.goto(f"{AT}?lang=en")
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


def test_ending_a_meeting_is_asked_about_and_can_be_left_by_the_keyboard(eyes: Eyes, held: Any) -> None:
    _house, at = held
    page = eyes.page(SECRETARY, 1280)
    page.goto(f"{at}?lang=en")
    page.locator("summary", has_text="End the meeting").press("Enter")
    asked = page.get_by_role("heading", name="End the meeting?")
    expect(asked).to_be_visible()
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    assert "In session" in page.locator("main").inner_text()


def draw(eyes: Eyes, address: str) -> None:
    """Sign the minutes with the mouse."""
    page = eyes.page(SECRETARY, 1280)
    page.goto(f"{address}?lang=en")
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
