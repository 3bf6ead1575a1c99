"""A field survey without a connection, and an interview: from the phone and the notebook to what the desk sees."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.walking import Sound
from tests.surveys.phone import send

SLUG = "hayat"
Visit = Callable[..., Page]
TITLE = {"ar": "مسح ميداني", "en": "Field survey"}
NOTE = {"ar": "تقول إن الانتظار قصُر هذا العام", "en": "Waiting has become shorter, she says"}


def sign_in(visit: Visit, demo: Any, role: str, locale: str, *, phone: bool = False) -> Page:
    """The browser of somebody with this role."""
    page, account = visit(SLUG, locale, phone=phone), demo.account(SLUG, role)
    page.goto(f"{demo.association(SLUG)['url']}/sign-in?lang={locale}")
    page.fill("input[name=email]", account["email"])
    page.fill("input[name=password]", account["password"])
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/desk/**")
    return page


def brought(page: Page) -> int:
    """How many answers came from the field, as the page of the team says."""
    page.reload()
    return int(page.locator(".facts dd").first.inner_text())


@pytest.mark.parametrize("locale", ["ar", "en"])
def test_a_delegate_asks_where_there_is_no_connection(demo: Any, visit: Visit, sound: Sound, locale: str) -> None:
    desk = sign_in(visit, demo, "relations_officer", locale)
    desk.goto(f"{demo.association(SLUG)['url']}/desk/surveys?lang={locale}")
    desk.locator("main a", has_text=TITLE[locale]).first.click()
    desk.locator("main a[href$='/field']").click()
    sound(desk, f"{locale}-field-team")
    before = brought(desk)
    page = sign_in(visit, demo, "delegate", locale, phone=True)
    page.goto(f"{demo.association(SLUG)['url']}/desk/field/?lang={locale}")
    expect(page.locator("[data-ready]")).to_be_visible()
    sound(page, f"{locale}-field-home")
    page.context.set_offline(True)
    for turn in range(2):
        page.locator("[data-begin]").first.click()
        page.locator("label[for=satisfied-4]").click()
        page.locator("label[for=easy-3]").click()
        if not turn:
            sound(page, f"{locale}-field-asking")
        page.locator("[data-next]").click()
        page.locator("label[for=recommend-9]").click()
        page.fill("#better", NOTE[locale])
        page.locator("[data-last]").click()
        expect(page.locator("[data-answers] li")).to_have_count(turn + 1)
    page.reload()
    expect(page.locator("[data-answers] li")).to_have_count(2)
    sound(page, f"{locale}-field-unsent")
    assert brought(desk) == before
    page.context.set_offline(False)
    send(page)
    expect(page.locator("[data-answers] li")).to_have_count(0)
    assert brought(desk) == before + 2


@pytest.mark.parametrize("locale", ["ar", "en"])
def test_an_interview_begins_with_consent_and_ends_with_a_summary(
    demo: Any, visit: Visit, sound: Sound, locale: str
) -> None:
    page = sign_in(visit, demo, "relations_officer", locale)
    page.goto(f"{demo.association(SLUG)['url']}/desk/interviews?lang={locale}")
    sound(page, f"{locale}-interviews")
    page.locator("main a[href$='/interviews/new']").first.click()
    sound(page, f"{locale}-interview-consent")
    page.check("input[name=consent][value=spoken]")
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile("/notes$"))
    page.locator("textarea[name^=note-]").first.fill(NOTE[locale])
    page.fill("textarea[name=summary]", NOTE[locale])
    sound(page, f"{locale}-interview-notes")
    page.locator("main form button.primary").click()
    page.locator("summary.button.secondary").click()
    page.locator("dialog[open] button.primary").click()
    expect(page.locator("main")).to_contain_text(NOTE[locale])
    expect(page.locator("main a[href$='/notes']")).to_have_count(0)
    sound(page, f"{locale}-interview-over")
