"""The parts in a real browser: nothing for axe to find, nothing wider than the screen, and the script's few deeds."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browsing import found_by_axe, listening


@pytest.fixture(scope="module")
def address(face: Flask) -> Iterator[str]:
    with listening(face) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


@pytest.mark.parametrize("lang", ["ar", "en"])
class TestPage:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing(self, page: Page, address: str, lang: str, scheme: str) -> None:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto(f"{address}/parts?lang={lang}")
        assert found_by_axe(page, f"parts {lang} {scheme}") == []

    @pytest.mark.parametrize("width", [320, 390, 768, 1280])
    def test_nothing_is_wider_than_the_screen(self, page: Page, address: str, lang: str, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{address}/parts?lang={lang}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


class TestScript:
    def test_a_field_is_shown_when_another_holds_its_value(self, page: Page, address: str) -> None:
        page.goto(f"{address}/parts")
        other = page.locator("#a-other_need")
        assert other.is_hidden()
        assert other.is_disabled()
        page.check("#a-need-2")
        assert other.is_visible()
        assert other.is_enabled()

    def test_a_drawn_signature_is_sent_as_a_picture_and_can_be_cleared(self, page: Page, address: str) -> None:
        page.goto(f"{address}/parts")
        pad = page.locator("canvas")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        assert box
        page.mouse.move(box["x"] + 30, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + 150, box["y"] + 80, steps=8)
        page.mouse.up()
        assert page.input_value("#signature").startswith("data:image/png;base64,")
        page.click("[data-clear]")
        assert page.input_value("#signature") == ""

    def test_a_confirmation_opens_as_a_dialog_with_cancel_in_focus(self, page: Page, address: str) -> None:
        page.goto(f"{address}/parts?lang=en")
        page.click("summary:has-text('Withdraw the request')")
        page.wait_for_selector("dialog[open]")
        assert page.evaluate("document.activeElement.textContent") == "Cancel"
        page.keyboard.press("Escape")
        assert page.locator("dialog[open]").count() == 0

    def test_files_are_sent_once_and_the_answer_is_shown(self, page: Page, address: str) -> None:
        page.goto(f"{address}/parts")
        page.locator("#form form").evaluate("form => form.setAttribute('action', '/receive')")
        page.set_input_files("#a-proof", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"0" * 300_000})
        page.click("#form button[type=submit]")
        page.wait_for_selector("#said")
        assert page.inner_text("#said") == "1 [300000]"
        assert page.url.endswith("/receive")
        page.go_back()
        page.wait_for_selector("#a-proof")
        assert page.url.endswith("/parts")


def test_without_script_everything_is_there_and_the_pad_says_what_it_needs(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/parts?lang=en")
    assert page.locator("#a-other_need").is_visible()
    assert page.locator(".rail a").first.is_visible()
    assert "needs JavaScript" in page.inner_text("[data-signature]")
    page.click("summary:has-text('Close the case')")
    assert page.locator(".confirm[open] button[type=submit]").is_visible()
    context.close()
