"""An administrator owns the policy: a fresh association is given another one's rules, and a request is handled so."""

import re
import secrets
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from silah.demo import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_people import PASSWORD, letter, password, sign_in
from tests.journeys.test_requests import Desk, Way, apply
from tests.journeys.walking import Applicant, press, send

__all__ = ["letter", "password"]
SAMTAH = {
    "reply-period": {
        "reply_period.bound": "ceiling",
        "reply_period.amount": "15",
        "reply_period.unit": "working_days",
        "reply_period.starts": "complete",
    },
    "steps": {"intake.incomplete": "not_received", "intake.complete_before_leaving": True},
    "attestation": {"attest.signer": "beneficiary"},
    "control": {"control.chain": ["approved"]},
}
TAMKEEN = {
    "reply-period": {"reply_period.bound": "floor", "reply_period.amount": "1", "reply_period.unit": "weeks"},
    "attestation": {"drop": "attest"},
    "control": {"control.chain": ["approved"]},
}
PROMISE = {"ar": "في موعد أقصاه", "en": "or after it, not before"}
REPLIED = {"ar": "صدر الرد", "en": "Replied"}
WORDING = {
    "ceiling": {
        "ar": "يُبلَّغ المستفيد بنتيجة طلبه خلال المدة المحددة.",
        "en": "The beneficiary is told of the outcome in time.",
    },
    "floor": {"ar": "يُدرس الطلب قبل الرد على المستفيد.", "en": "The request is studied before the reply."},
}


@pytest.mark.parametrize(
    ("locale", "changes", "way"),
    [
        ("ar", SAMTAH, Way("chair", "member", complete_at_once=True)),
        ("en", TAMKEEN, Way("chair", "member", early="chair", attests=False)),
    ],
)
def test_a_policy_is_changed_approved_and_kept(
    demo: Any, browser: Browser, letter: Any, password: str, sound: Any, locale: str, changes: Any, way: Way
) -> None:
    base, boss = demo.described["base_url"], f"{secrets.token_hex(4)}@x.example"
    home = founded(browser, base, password, boss, locale)
    administrator = accepted(browser, letter(boss), locale)
    colleague = accepted(browser, letter(invited(administrator, home, sound, locale)), locale)

    version = drafted(administrator, home, changes, sound, locale)
    approved(colleague, f"{home}/admin/policy/{version}", sound, locale)

    visitor = browser.new_context(viewport=PHONE, locale=locale, reduced_motion="reduce").new_page()
    visitor.goto(f"{home}/policy?lang={locale}")
    sound(visitor, f"{locale}-policy-public")
    visitor.goto(f"{home}/?lang={locale}")
    reference, code = apply(visitor, Applicant(900 + (locale == "en"), locale), way, sound, f"policy-{locale}")
    expect(visitor.locator("main")).to_contain_text(PROMISE[locale])

    desk = OneDesk(colleague, home, sound, locale, reference)
    desk.takes_it_to_a_decision(way)
    desk.releases(way)
    desk.follows(visitor, code)
    expect(visitor.locator("main")).to_contain_text(REPLIED[locale])
    sound(visitor, f"{locale}-policy-replied")


class OneDesk(Desk):
    """A desk at which one colleague sits in every role."""

    def __init__(self, page: Page, home: str, sound: Any, locale: str, reference: str) -> None:
        super().__init__(None, lambda: page, sound, "fresh", locale, reference)
        self.home, self.only = home, page

    def page(self, role: str) -> Page:
        self.only.goto(f"{self.home}/desk/cases?view=all&q={self.reference}")
        self.only.locator(f"a:has-text('{self.reference}')").first.click()
        self.only.wait_for_url("**/desk/cases/*-*")
        return self.only

    def follows(self, visitor: Page, code: str) -> None:
        visitor.goto(f"{self.home}/follow")
        if visitor.locator("input[name=code]").count():
            visitor.fill("input[name=reference]", self.reference)
            visitor.fill("input[name=code]", code)
            send(visitor)


def founded(browser: Browser, base: str, password: str, boss: str, locale: str) -> str:
    """The operator makes an association of the plainest blueprint; gives its address."""
    page = browser.new_context(locale=locale).new_page()
    sign_in(page, base, people.OPERATOR, password)
    page.goto(f"{base}/console/associations/new")
    slug = f"p{secrets.token_hex(4)}"
    said = {"name_ar": "جمعية البناء", "name_en": "Al-Bina", "slug": slug, "admin_name": "هدى", "admin_email": boss}
    for name, words in said.items():
        page.fill(f"#{name}", words)
    page.check("input[value=madinah-centers]")
    page.click("main form.card button[type=submit]")
    page.wait_for_url(re.compile(r"/associations/[0-9a-f-]{36}$"), timeout=60_000)
    page.context.close()
    return base.replace("://", f"://{slug}.")


def accepted(browser: Browser, link: str, locale: str) -> Page:
    """Whoever was invited accepts, and is at work."""
    page = browser.new_context(viewport=DESKTOP, locale=locale, reduced_motion="reduce").new_page()
    page.goto(f"{link}{'&' if '?' in link else '?'}lang={locale}")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("main form.card button[type=submit]")
    page.wait_for_url("**/desk/")
    return page


def invited(page: Page, home: str, sound: Any, locale: str) -> str:
    """One colleague with every role but the administrator's; gives the address."""
    address = f"{secrets.token_hex(4)}@x.example"
    page.goto(f"{home}/admin/staff/invite?lang={locale}")
    sound(page, f"{locale}-policy-invite")
    page.fill("input[name=name]", "سامي بن راشد")
    page.fill("input[name=email]", address)
    for box in page.locator("input[name=roles]").all()[1:]:
        box.check()
    press(page, page.locator("main form.card button[type=submit]").first)
    return address


def drafted(page: Page, home: str, changes: Any, sound: Any, locale: str) -> str:
    """Start a draft and change the settings that differ; what the wording fixes follows the settings."""
    page.goto(f"{home}/admin/policy?lang={locale}")
    sound(page, f"{locale}-policy-overview")
    press(page, page.locator("form[action$='/admin/policy/drafts'] button").first)
    version = page.url.rsplit("/", 1)[1].partition("?")[0]
    for section, settings in changes.items():
        address = f"{home}/admin/policy/{version}/{section}"
        page.goto(address)
        change(page, settings)
        sound(page, f"{locale}-policy-{section}")
    for section in ("reply-period", "steps", "attestation", "clauses"):
        page.goto(f"{home}/admin/policy/{version}/{section}")
        follow_settings(page)
    mend(page, f"{home}/admin/policy/{version}/findings", WORDING[changes["reply-period"]["reply_period.bound"]])
    return version


def mend(page: Page, findings: str, words: dict[str, str]) -> None:
    """Follow each error of the policy check to the text that it is about, and word it as the settings are now."""
    errors = "section:has(#error-title) li a"
    page.goto(findings)
    for _ in range(page.locator(errors).count()):
        link = page.locator(errors).first
        field = str(link.get_attribute("href")).partition("#")[2]
        link.click()
        for locale, text in words.items():
            page.locator(f"[name='{field}.{locale}']").fill(text)
        save(page)
        page.goto(findings)
    assert page.locator(errors).count() == 0, page.locator("main").inner_text()


def change(page: Page, settings: Any) -> None:
    """Fill in a section and save it."""
    for name, value in settings.items():
        if name == "drop":
            press(page, page.locator(f"button[name=deed][value='drop:{value}']"))
        elif value is True:
            page.check(f"input[name='{name}']")
        elif isinstance(value, list):
            for box in page.locator(f"input[name='{name}']").all():
                box.set_checked(box.get_attribute("value") in value)
        elif page.locator(f"select[name='{name}']").count():
            page.select_option(f"select[name='{name}']", value)
        else:
            page.fill(f"input[name='{name}']", value)
    save(page)


def follow_settings(page: Page) -> None:
    """Bring what each wording fixes to the setting as it is now."""
    stale = page.locator("select[name*='|']:has(option[value='+'])")
    count = stale.count()
    for place in range(count):
        stale.nth(place).evaluate("e => { e.closest('details').open = true; e.value = '+' }")
    if count:
        save(page)


def save(page: Page) -> None:
    """Save the section; the page comes back without an error."""
    press(page, page.locator("button[name=deed][value=save]"))
    assert page.locator(".error-summary").count() == 0, page.locator(".error-summary").inner_text()


def approved(page: Page, address: str, sound: Any, locale: str) -> None:
    """Somebody who did not prepare it approves it, and lets it be in force from today."""
    page.goto(f"{address}/findings?lang={locale}")
    sound(page, f"{locale}-policy-findings")
    page.goto(f"{address}/approval")
    sound(page, f"{locale}-policy-approval")
    for reason in page.locator("[name^='reason-']").all():
        reason.fill("مقبول")
    press(page, page.locator("form[action*='/approval/approved'] button[type=submit]").last)
    assert page.locator("form[action$='/in-force']").count(), page.locator("main").inner_text()
    sound(page, f"{locale}-policy-approved")
    press(page, page.locator("form[action$='/in-force'] button[type=submit]").last)
