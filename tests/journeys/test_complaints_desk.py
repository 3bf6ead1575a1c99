"""Staff with complaints and inquiries in a browser: recorded, closed to whom they are about, referred, made public.

Each in the language in which ``test_complaints`` does not walk the like of it.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_complaints import ANSWER, CHAIR, MEMBER, SLUG, WORDS, complain
from tests.journeys.test_requests import Desk, follow
from tests.journeys.walking import press, send

Visit = Callable[..., Page]
Sound = Callable[[Page, str], None]
HOUR = re.compile(r"\d:\d\d\s*(am|pm|صباحًا|مساءً)")
QUESTION = {"ar": "متى يُصرف دعم العلاج هذا العام؟", "en": "When is help with treatment paid this year?"}
REPLY = {"ar": "يُصرف في أول كل شهر هجري.", "en": "On the first of each Hijri month."}


def recorded(page: Page, locale: str, **fields: str) -> tuple[str, str]:
    """Record a complaint that came another way; gives the reference and the receipt code."""
    for name, value in fields.items():
        chosen = page.locator(f"main select[name={name}]")
        chosen.select_option(value) if chosen.count() else page.check(f"main input[name={name}][value={value}]")
    page.fill("textarea[name=text]", WORDS[locale])
    if fields.get("how") != "anonymous":
        page.fill("input[name=name]", "ليلى بنت عمر الناصر")
        page.check("input[name=reply_channel][value=fax]")
        page.fill("input[name=reply_address]", "0110000000")
    send(page)
    shown = page.locator("main .big-ref bdi")
    expect(shown).to_have_count(2)
    return shown.nth(0).inner_text(), shown.nth(1).inner_text()


def downloaded(page: Page, address: str) -> str:
    """The text of a file that an address gives."""
    with page.expect_download() as got:
        page.evaluate("address => { location.href = address }", address)
    return got.value.path().read_text("utf-8-sig")


def name_of(page: Page) -> str:
    """What whoever is signed in there is called."""
    return page.locator("a[href$='/desk/account']").first.inner_text().strip()


@pytest.mark.parametrize("locale", ["ar"])
def test_a_fax_is_recorded_by_staff_and_followed_by_who_sent_it(
    demo: Any, visit: Visit, sound: Sound, locale: str
) -> None:
    officer = Desk(demo, visit, sound, SLUG, locale, "C-").sign_in("relations_officer")
    officer.goto(f"{demo.association(SLUG)['url']}/desk/record/complaint")
    reference, code = recorded(officer, locale, channel="fax", about="service")
    sound(officer, f"{locale}-fax-recorded")
    desk = Desk(demo, visit, sound, SLUG, locale, reference)
    desk.act(CHAIR, "classify", topic="delay", severity="medium")
    desk.act(CHAIR, "find", finding="partly", findings="تحققت اللجنة.", answer=ANSWER[locale])
    desk.act(CHAIR, "answer")
    page = visit(SLUG, locale, phone=True)
    follow(page, demo, SLUG, reference, code)
    expect(page.locator("main")).to_contain_text(ANSWER[locale])
    press(page, page.locator("form[action$='/rate/yes'] button"))
    sound(page, f"{locale}-fax-closed")


@pytest.mark.parametrize("locale", ["ar"])
def test_one_without_a_name_is_answered_by_its_code_and_no_hour_is_shown(
    demo: Any, visit: Visit, sound: Sound, locale: str
) -> None:
    page = visit(SLUG, locale, phone=True)
    page.goto(f"{demo.association(SLUG)['url']}/c?lang={locale}")
    reference, code = complain(page, locale, anonymous=True)
    desk = Desk(demo, visit, sound, SLUG, locale, reference)
    desk.act(CHAIR, "classify", topic="privacy", severity="high")
    desk.act(CHAIR, "find", finding="upheld", findings="تحققت اللجنة.", answer=ANSWER[locale])
    desk.act(CHAIR, "answer")
    assert HOUR.search(desk.page(CHAIR).locator("main").inner_text()) is None
    other = visit(SLUG, locale)
    follow(other, demo, SLUG, reference, code)
    expect(other.locator("main")).to_contain_text(ANSWER[locale])
    assert HOUR.search(other.locator("main").inner_text()) is None
    other.goto(f"{demo.association(SLUG)['url']}/follow?reference={reference}")
    assert other.locator("a[href*='/follow/code']").count() == 0


def test_a_letter_without_a_name_tells_not_even_who_recorded_it(demo: Any, visit: Visit, sound: Sound) -> None:
    officer = Desk(demo, visit, sound, SLUG, "ar", "C-").sign_in("relations_officer")
    officer.goto(f"{demo.association(SLUG)['url']}/desk/record/complaint")
    reference, code = recorded(officer, "ar", channel="letters", about="data", how="anonymous")
    sound(officer, "ar-letter-recorded")
    assert officer.locator("main a[href*='/desk/cases/']").count() == 0
    page = Desk(demo, visit, sound, SLUG, "ar", reference).page(CHAIR)
    expect(page.locator("main")).not_to_contain_text(name_of(officer))
    follower = visit(SLUG, "ar")
    follow(follower, demo, SLUG, reference, code)
    expect(follower.locator("main")).to_contain_text(WORDS["ar"])


@pytest.mark.parametrize("locale", ["en"])
def test_whom_it_is_about_loses_it_once_that_is_said(demo: Any, visit: Visit, sound: Sound, locale: str) -> None:
    page = visit(SLUG, locale)
    page.goto(f"{demo.association(SLUG)['url']}/complaints/new?lang={locale}")
    reference, _code = complain(page, locale, about="person")
    desk, home = Desk(demo, visit, sound, SLUG, locale, reference), demo.association(SLUG)["url"]
    member = desk.page(MEMBER)
    address = member.url
    chair = desk.page(CHAIR)
    press(chair, chair.locator("a[href$='/moves/classify']").first)
    chair.select_option("select[name=topic]", "conduct")
    chair.check("input[name=severity][value=high]")
    chair.select_option("select[name=member]", label=name_of(member))
    send(chair)
    sound(chair, f"{locale}-about-a-person")
    answer = member.goto(address)
    assert answer is not None
    assert answer.status == 404
    for path in (f"cases?view=all&q={reference}", "complaints", "actions", ""):
        member.goto(f"{home}/desk/{path}")
        assert member.locator(f"main td a:has-text('{reference}')").count() == 0
    address = f"{home}/desk/figures.csv?span=year"
    assert reference not in downloaded(member, address)
    assert reference in downloaded(chair, address)


@pytest.mark.parametrize("locale", ["ar"])
def test_an_inquiry_is_referred_answered_and_made_public(demo: Any, visit: Visit, sound: Sound, locale: str) -> None:
    slug, home = "hayat", demo.association("hayat")["url"]
    page = visit(slug, locale, phone=True)
    page.goto(f"{home}/inquiries/new?lang={locale}")
    sound(page, f"{locale}-inquiry-new")
    page.fill("textarea[name=text]", QUESTION[locale])
    page.fill("input[name=name]", "ليلى بنت عمر الناصر")
    page.fill("input[name=email]", "layla@mail.example")
    page.check("input[name=reply_channel][value=email]")
    send(page)
    reference = page.locator("#reference bdi").inner_text()
    desk = Desk(demo, visit, sound, slug, locale, reference)
    desk.act("liaison_officer", "take")
    officer = desk.page("liaison_officer")
    officer.locator("details:has(a[href$='/moves/refer']) summary").first.click()
    press(officer, officer.locator("a[href$='/moves/refer']").first)
    officer.select_option("main select[name=to_role]", "social_research_officer")
    officer.fill("main textarea[name=question]", "ما موعد الصرف؟")
    send(officer)
    sound(officer, f"{locale}-inquiry-referred")
    asked = desk.page("social_research_officer")
    press(asked, asked.locator("a[href*='/referrals/'][href$='/answer']").first)
    asked.locator("main textarea").first.fill(REPLY[locale])
    send(asked)
    desk.act("liaison_officer", "answer", text=REPLY[locale])
    admin = desk.page("administrator")
    press(admin, admin.locator("a[href*='/desk/answers/new']"))
    for language in ("ar", "en"):
        admin.fill(f"textarea[name=question_{language}]", QUESTION[language])
        admin.fill(f"textarea[name=answer_{language}]", REPLY[language])
    send(admin)
    page.goto(f"{home}/answers?q={'العلاج' if locale == 'ar' else 'treatment'}")
    expect(page.locator("main")).to_contain_text(REPLY[locale])
    sound(page, f"{locale}-answers")
