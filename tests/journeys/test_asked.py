"""From cases that are closed to what the desk sees: a round is made, letters go out, somebody answers on a phone."""

import email
import email.policy
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_requests import Desk
from tests.journeys.walking import press, send
from tests.waiting import wait_until

Visit = Callable[..., Page]
Sound = Callable[[Page, str], None]
SLUG = "hayat"
SAID = {"ar": "لو اختصرتم الأوراق المطلوبة", "en": "Fewer papers, please"}


def invitation(demo: Any, title: str) -> str:
    """The link in a letter that speaks of this round; letters are waited for."""

    def latest() -> str | None:
        for file in (one for one in (demo.folder / "mail").rglob("*") if one.is_file()):
            letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            body = letter.get_body(("plain",))
            said = body.get_content() if body else ""
            if title in said and (link := re.search(r"http://\S+/s/[a-z2-7]{24}", said)):
                return link[0]
        return None

    return str(wait_until(latest, f"a letter about {title}", every=0.5))


@pytest.mark.parametrize("locale", ["ar", "en"])
def test_whoever_was_served_is_asked_and_answers_on_a_phone(demo: Any, visit: Visit, sound: Sound, locale: str) -> None:
    title, home = f"Served {locale} {time.time_ns()}", demo.association(SLUG)["url"]
    officer = Desk(demo, visit, sound, SLUG, locale, "").sign_in("relations_officer")
    officer.goto(f"{home}/desk/surveys?lang={locale}")
    sound(officer, f"{locale}-rounds")
    press(officer, officer.locator("a[href$='/surveys/new']"))
    officer.select_option("select[name=questionnaire]", index=0)
    for tongue in ("ar", "en"):
        officer.fill(f"input[name=title_{tongue}]", title)
    officer.locator("details > summary", has_text=re.compile("Narrow|تضييق|تحديد")).click()
    officer.check("input[name=kinds][value=request]")
    sound(officer, f"{locale}-round-new")
    send(officer)
    sound(officer, f"{locale}-round-planned")
    officer.locator("details.confirm summary").first.click()
    press(officer, officer.locator(".confirm-form:visible button.primary").first)
    sound(officer, f"{locale}-round-open")
    officer_round = officer.url

    phone = visit(SLUG, locale, phone=True)
    phone.goto(f"{invitation(demo, title)}?lang={locale}")
    sound(phone, f"{locale}-asked")
    press(phone, phone.locator(".actions button[value=next]"))
    sound(phone, f"{locale}-asked-again")
    for name in ("satisfied", "courtesy", "enough_time", "accurate", "in_place"):
        phone.locator(f"label[for={name}-1]").click()
    press(phone, phone.locator(".actions button[value=next]"))
    phone.locator("label[for=easy-3]").click()
    phone.fill("#why", SAID[locale])
    sound(phone, f"{locale}-asked-last")
    press(phone, phone.locator("button[value=stay]"))
    expect(phone.locator("html")).not_to_have_attribute("lang", locale)
    expect(phone.locator("#why")).to_have_value(SAID[locale])
    press(phone, phone.locator("button[value=stay]"))
    press(phone, phone.locator(".actions button[value=send]"))
    sound(phone, f"{locale}-answered")
    phone.goto(phone.url)
    expect(phone.locator("form.survey")).to_have_count(0)
    sound(phone, f"{locale}-answered-before")

    officer.goto(officer_round)
    expect(officer.locator("main .facts.tiles dd").first).to_have_text("1")
    press(officer, officer.locator("main a[href$='/people']"))
    sound(officer, f"{locale}-invited")
