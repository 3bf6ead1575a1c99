"""Measuring in a browser: a visit to an office from its plan to what is put right, and the board's report."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from silah import clock
from tests.journeys.test_requests import Desk
from tests.journeys.walking import press, send

Visit = Callable[..., Page]
Sound = Callable[[Page, str], None]
SLUG, VISITOR, BOSS = "samtah", "delegate", "senior_management"
FOUND = {"ar": "لا لوحة إرشادية عند المدخل.", "en": "No sign at the entrance."}


def picture() -> dict[str, Any]:
    """A photo as a phone takes it."""
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "#7a8b99").save(out, "JPEG")
    return {"name": "office.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.mark.parametrize("locale", ["ar", "en"])
def test_an_office_is_visited_with_a_phone(demo: Any, visit: Visit, sound: Sound, locale: str) -> None:
    desk = Desk(demo, visit, sound, SLUG, locale, "")
    home = demo.association(SLUG)["url"]
    account = demo.account(SLUG, VISITOR)
    phone = visit(SLUG, locale, phone=True)
    phone.goto(f"{home}/sign-in?lang={locale}")
    phone.fill("input[name=email]", account["email"])
    phone.fill("input[name=password]", account["password"])
    send(phone)
    visitor_name = phone.locator("a[href$='/desk/account']").first.inner_text().strip()

    planner = desk.sign_in("administrator")
    planner.goto(f"{home}/desk/visits/new?lang={locale}")
    sound(planner, f"{locale}-visit-plan")
    planner.select_option("select[name=branch]", index=1)
    planner.select_option("select[name=visitor]", label=visitor_name)
    send(planner)
    sound(planner, f"{locale}-visit-planned")
    address = planner.url.partition("?")[0]

    phone.goto(f"{address}/record?lang={locale}")
    for number, mark in enumerate(("5", "4", "3")):
        phone.locator("select[name^='mark-']").nth(number).select_option(mark)
    sound(phone, f"{locale}-visit-record")
    send(phone)
    press(phone, phone.locator("a[href$='/finding']"))
    phone.check("input[name=grade][value=weakness]")
    phone.fill("textarea[name=what]", FOUND[locale])
    sound(phone, f"{locale}-visit-finding")
    send(phone)
    press(phone, phone.locator("a[href$='/photo']"))
    phone.set_input_files("input[name=photo]", picture())
    send(phone)
    expect(phone.locator(".gallery img")).to_have_count(1)
    sound(phone, f"{locale}-visit-recorded")
    phone.locator("details.confirm summary").last.click()
    press(phone, phone.locator(".confirm-form:visible button.primary").last)
    expect(phone.locator("main")).to_contain_text(FOUND[locale])
    sound(phone, f"{locale}-visit-over")

    planner.goto(f"{address}/action?lang={locale}")
    planner.fill("textarea[name=what]", FOUND[locale])
    planner.select_option("select[name=owner]", label=visitor_name)
    planner.fill("input[name=due_on]", (clock.today() + timedelta(days=7)).isoformat())
    send(planner)
    phone.goto(f"{home}/desk/actions?lang={locale}")
    sound(phone, f"{locale}-visit-action")
    press(phone, phone.locator("main td a").first)
    phone.fill("textarea[name=remark]", "✓")
    send(phone)
    planner.reload()
    sound(planner, f"{locale}-visit-followed")
    with planner.expect_download() as paper:
        planner.locator("a[href$='/report.pdf']").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("locale", ["ar", "en"])
def test_the_board_gets_its_report(demo: Any, visit: Visit, sound: Sound, locale: str) -> None:
    page = Desk(demo, visit, sound, SLUG, locale, "").sign_in(BOSS)
    home = demo.association(SLUG)["url"]
    page.goto(f"{home}/desk/programme?lang={locale}")
    sound(page, f"{locale}-programme")
    press(page, page.locator("a[href$='/reviews/new']"))
    page.check("input[name=instrument][value=liaison_oversight]")
    sound(page, f"{locale}-review-new")
    send(page)
    page.fill("textarea[name=decisions]", FOUND[locale])
    sound(page, f"{locale}-review-begun")
    press(page, page.locator("form:has(textarea[name=decisions]) button.primary"))
    page.locator("details.confirm summary").first.click()
    press(page, page.locator(".confirm-form:visible button.primary").first)
    expect(page.locator("main textarea")).to_have_count(0)
    sound(page, f"{locale}-review-held")

    page.goto(f"{home}/desk/programme/report?lang={locale}")
    sound(page, f"{locale}-board-report")
    for form, begins in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        with page.expect_download() as paper:
            page.locator(f"button[formaction*='report.{form}']").click()
        assert paper.value.path().read_bytes().startswith(begins)

    page.goto(f"{home}/desk/programme/evidence?lang={locale}")
    sound(page, f"{locale}-evidence")
    send(page)
    expect(page.locator("a[href$='pack.zip']")).to_be_visible()
    sound(page, f"{locale}-evidence-ready")
    with page.expect_download() as pack:
        page.locator("a[href$='pack.zip']").click()
    assert pack.value.path().read_bytes().startswith(b"PK")
