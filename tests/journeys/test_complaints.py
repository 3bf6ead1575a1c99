"""Complaints and inquiries in a browser: by web, by fax, without a name, and about somebody who then cannot see it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_requests import Desk, follow
from tests.journeys.walking import press, send

Visit = Callable[..., Page]
Sound = Callable[[Page, str], None]
SLUG, CHAIR, MEMBER = "samtah", "follow_up_committee_chair", "follow_up_committee_member"
WORDS = {"ar": "تأخر التسليم ثلاثة أسابيع ولم يتصل أحد.", "en": "The delivery was three weeks late and nobody called."}
ANSWER = {"ar": "نعتذر عن التأخر، وقد عالجنا سببه.", "en": "We apologise for the delay, and have mended its cause."}


def complain(
    page: Page, locale: str, *, about: str = "service", name: str = "", anonymous: bool = False
) -> tuple[str, str]:
    """Fill in the one page and send it; gives the reference and the receipt code."""
    page.check(f"input[name=about][value={about}]")
    page.fill("textarea[name=text]", WORDS[locale])
    if name:
        page.fill("input[name=named]", name)
    if anonymous:
        page.check("input[name=how][value=anonymous]")
        expect(page.locator("input[name=name]")).to_be_hidden()
    else:
        page.fill("input[name=name]", "ليلى بنت عمر الناصر" if locale == "ar" else "Layla Al-Nasser")
        page.fill("input[name=email]", "layla@mail.example")
        page.check("input[name=reply_channel][value=email]")
    send(page)
    page.wait_for_url("**/follow/sent")
    return page.locator("#reference bdi").inner_text(), page.locator("#receipt-code bdi").inner_text()


@pytest.mark.parametrize(("locale", "phone"), [("ar", True), ("en", False)])
def test_a_named_complaint_is_answered_and_objected_to(
    demo: Any, visit: Visit, sound: Sound, locale: str, phone: bool
) -> None:
    page = visit(SLUG, locale, phone=phone)
    press(page, page.locator("main a[href$='/complaints/new']"))
    sound(page, f"{locale}-complaint-new")
    reference, code = complain(page, locale)
    sound(page, f"{locale}-complaint-sent")
    page.reload()
    expect(page.locator("main")).not_to_contain_text(code)

    desk = Desk(demo, visit, sound, SLUG, locale, reference)
    desk.act(CHAIR, "classify", topic="delay", severity="high")
    desk.act(CHAIR, "find", finding="upheld", findings="تحققت اللجنة من التأخر.", answer=ANSWER[locale])
    desk.act(CHAIR, "answer")
    chair = desk.pages[CHAIR]
    for path in ("complaints", "figures?span=year", "actions"):
        chair.goto(f"{demo.association(SLUG)['url']}/desk/{path}")
        sound(chair, f"{locale}-desk-{path.partition('?')[0]}")

    follow(page, demo, SLUG, reference, code)
    expect(page.locator("main")).to_contain_text(ANSWER[locale])
    sound(page, f"{locale}-complaint-answered")
    press(page, page.locator("form[action$='/rate/no'] button"))
    page.locator("summary:has(~ form[action$='/object']), details:has(form[action$='/object']) summary").first.click()
    page.fill("textarea[name=reasons]", WORDS[locale])
    press(page, page.locator("form[action$='/object'] button"))
    sound(page, f"{locale}-complaint-objected")
    above = Desk(demo, visit, sound, SLUG, locale, reference).page("senior_management")
    expect(above.locator("main")).to_contain_text(WORDS[locale])


def test_one_without_a_name_is_followed_by_its_code_alone(demo: Any, visit: Visit, sound: Sound) -> None:
    page = visit(SLUG, "en", phone=True)
    page.goto(f"{demo.association(SLUG)['url']}/complaints/new?lang=en")
    reference, code = complain(page, "en", anonymous=True)
    sound(page, "en-anonymous-sent")
    other = visit(SLUG, "en")
    follow(other, demo, SLUG, reference, code)
    assert re.search(r"\d:\d\d (am|pm)", other.locator("main").inner_text()) is None
    other.fill("textarea[name=body]", "One thing more.")
    press(other, other.locator("form[action$='/messages'] button"))
    expect(other.locator("#messages")).to_contain_text("One thing more.")
    sound(other, "en-anonymous-followed")


def test_whom_it_is_about_cannot_see_it(demo: Any, visit: Visit, sound: Sound) -> None:
    member = Desk(demo, visit, sound, SLUG, "ar", "C-").sign_in(MEMBER)
    name = member.locator("header .top-links a:has(svg), header a[href$='/desk/account']").first
    called = member.locator("a[href$='/desk/account']").first.inner_text().strip() or name.inner_text().strip()
    page = visit(SLUG, "ar")
    page.goto(f"{demo.association(SLUG)['url']}/complaints/new?lang=ar")
    reference, _code = complain(page, "ar", about="person", name=called)
    desk = Desk(demo, visit, sound, SLUG, "ar", reference)
    address = desk.page(CHAIR).url
    assert member.goto(address).status == 404
    member.goto(f"{demo.association(SLUG)['url']}/desk/cases?view=all&q={reference}")
    expect(member.locator("main")).not_to_contain_text(f"{reference} ")
    assert member.locator(f"main td a:has-text('{reference}')").count() == 0


def test_a_fax_is_recorded_by_staff(demo: Any, visit: Visit, sound: Sound) -> None:
    page = Desk(demo, visit, sound, SLUG, "en", "C-").sign_in("relations_officer")
    page.goto(f"{demo.association(SLUG)['url']}/desk/record/complaint")
    sound(page, "en-record-complaint")
    page.select_option("select[name=channel]", "fax")
    page.select_option("select[name=about]", "branch")
    page.fill("textarea[name=text]", WORDS["en"])
    page.fill("input[name=name]", "Layla Al-Nasser")
    page.check("input[name=reply_channel][value=fax]")
    page.fill("input[name=reply_address]", "011 000 0000")
    send(page)
    expect(page.locator("main")).to_contain_text(re.compile(r"C-\d{4}-\d{8}"))
    sound(page, "en-complaint-recorded")
