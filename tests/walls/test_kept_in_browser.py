"""In a real browser, with scripts and without: a form and its files survive the other language and a wrong field."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from silah.cases.models import CaseDocument
from tenants.database import db
from tests.browsing import DESKTOP, PHONE, faults
from tests.browsing import picture as keep_picture
from tests.complaints.test_portal import picture

WORDS = 'كتبتُ "نصف" <الشكوى> & ١٢'
NAME = "هيا بنت منصور"


@pytest.fixture(scope="module")
def home(make_association: Any) -> Any:
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def browse(chromium: Any, port: Any, home: Any) -> Any:
    contexts = []

    def make(*, scripts: bool, phone: bool) -> Page:
        context = chromium.new_context(
            base_url=f"http://{home.slug}.silah.test:{port}",
            viewport=PHONE if phone else DESKTOP,
            java_script_enabled=scripts,
            bypass_csp=True,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/complaints/new?lang=ar")
        return page

    yield make
    for context in contexts:
        context.close()


def switch_language(page: Page, *, scripts: bool) -> None:
    """Press the link in the head; without scripts it leads to a button at the end of the form, which is pressed."""
    before = page.locator("html").get_attribute("lang")
    page.locator("a.language").first.click()
    if not scripts:
        page.locator("#other-language").click()
    expect(page.locator("html")).not_to_have_attribute("lang", str(before))
    page.wait_for_load_state()


def is_as_left(page: Page, files: int) -> None:
    expect(page.locator("#text")).to_have_value(WORDS)
    expect(page.locator('input[name="name"]')).to_have_value(NAME)
    expect(page.locator('input[name="about"][value="data"]')).to_be_checked()
    expect(page.locator("ul.pending li")).to_have_count(files)


@pytest.mark.parametrize(("scripts", "phone"), [(True, False), (False, True)])
def test_a_form_survives_the_other_language_and_an_error_files_and_all(
    browse: Any, serve: Any, home: Any, scripts: bool, phone: bool
) -> None:
    page = browse(scripts=scripts, phone=phone)
    page.locator('input[name="about"][value="data"]').check()
    page.locator("#text").fill(WORDS)
    page.locator('input[name="how"][value="named"]').check()
    page.locator('input[name="name"]').fill(NAME)
    photo, name = picture()
    chosen = {"name": name, "mimeType": "image/jpeg", "buffer": photo.read()}
    page.locator('input[name="files"]').set_input_files([chosen, {**chosen, "name": "second.jpg"}])

    switch_language(page, scripts=scripts)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    is_as_left(page, files=2)
    switch_language(page, scripts=scripts)
    is_as_left(page, files=2)

    page.locator("main form .actions button.primary").last.click()  # no way to be reached was chosen
    page.locator(".error-summary").wait_for()
    is_as_left(page, files=2)
    waiting = page.locator("ul.pending li")
    expect(waiting.first).to_contain_text(name)
    photo_shown = waiting.first.locator("img")
    expect(photo_shown).to_have_js_property("complete", True)
    assert photo_shown.evaluate("one => one.naturalWidth") > 0
    waiting.last.locator("input[type=checkbox]").check()
    keep_picture(page, f"kept/{'script' if scripts else 'plain'}")
    assert not scripts or faults(page, "a form that came back") == []

    page.locator('input[name="reply_channel"][value="email"]').check()
    page.locator('input[name="email"]').fill("haya@example.com")
    page.locator("main form .actions button.primary").last.click()
    page.wait_for_url("**/follow/sent*")
    with serve(home):
        rows = select(func.count()).select_from(CaseDocument).group_by(CaseDocument.case_id)
        counts = set(db.session.scalars(rows.where(CaseDocument.purpose == "complaint")))
        assert counts == {1}, "one was taken out"
