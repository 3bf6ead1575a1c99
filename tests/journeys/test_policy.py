"""An administrator owns the policy: a fresh association is given another one's rules, and a request is handled so."""

import re
import secrets
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from silah.demo import people
from tests.browsing import DESKTOP, PHONE
from tests.journeys.editing import Editor, kept
from tests.journeys.test_people import PASSWORD, letter, password, sign_in
from tests.journeys.test_requests import Desk, Way, apply
from tests.journeys.walking import Applicant, press, send
from tests.policies.becoming import plan_of
from tests.policies.converting import Converter

__all__ = ["letter", "password"]
PROMISE = {"ar": "في موعد أقصاه", "en": "or after it, not before"}
REPLIED = {"ar": "صدر الرد", "en": "Replied"}
LOOKED_AT = ("steps", "study", "reply-period", "attestation", "channels", "compensation")


@pytest.mark.parametrize(
    ("locale", "name", "way"),
    [
        ("ar", "samtah-cooperative", Way("chair", "member", complete_at_once=True)),
        ("en", "tamkeen-qassim", Way("management", early="management", attests=False)),
    ],
)
def test_the_plainest_association_becomes_another_and_keeps_its_policy(
    demo: Any, chromium: Browser, letter: Any, password: str, sound: Any, locale: str, name: str, way: Way
) -> None:
    base, boss = demo.described["base_url"], f"{secrets.token_hex(4)}@x.example"
    home = founded(chromium, base, password, boss, locale)
    administrator = accepted(chromium, letter(boss), locale)
    version = drafted(administrator, home, sound, locale)
    slug = home.partition("://")[2].partition(".")[0]
    Converter(Editor(administrator, home), version, lambda: kept(demo, slug, version), plan_of(name).policy).convert()
    looked_at(administrator, f"{home}/admin/policy/{version}", sound, locale)
    colleague = accepted(chromium, letter(invited(administrator, home, sound, locale)), locale)
    approved(colleague, f"{home}/admin/policy/{version}", sound, locale)

    visitor = chromium.new_context(viewport=PHONE, locale=locale, reduced_motion="reduce").new_page()
    visitor.goto(f"{home}/policy?lang={locale}")
    sound(visitor, f"{locale}-policy-public")
    visitor.goto(f"{home}/?lang={locale}")
    by = next(one.key for one in kept(demo, slug, version).outbound_channels if one.sends == "email")
    applicant = Applicant(900 + (locale == "en"), locale, by)
    reference, code = apply(visitor, applicant, way, sound, f"policy-{locale}")
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


def founded(chromium: Browser, base: str, password: str, boss: str, locale: str) -> str:
    """The operator makes an association of the plainest blueprint; gives its address."""
    page = chromium.new_context(locale=locale).new_page()
    sign_in(page, base, people.OPERATOR, password)
    page.goto(f"{base}/console/associations/new")
    slug = f"p{secrets.token_hex(4)}"
    said = {"name_ar": "جمعية البناء", "name_en": "Al-Bina", "slug": slug, "admin_name": "هدى", "admin_email": boss}
    for name, words in said.items():
        page.fill(f"#{name}", words)
    page.check("input[value=madinah-centers]")
    page.click("main form.card button[type=submit]")
    page.wait_for_url(re.compile(r"/associations/[0-9a-f-]{36}$"))
    page.context.close()
    return base.replace("://", f"://{slug}.")


def accepted(chromium: Browser, link: str, locale: str) -> Page:
    """Whoever was invited accepts, and is at work."""
    page = chromium.new_context(viewport=DESKTOP, locale=locale, reduced_motion="reduce").new_page()
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


def drafted(page: Page, home: str, sound: Any, locale: str) -> str:
    """Start a draft; gives its id."""
    page.goto(f"{home}/admin/policy?lang={locale}")
    sound(page, f"{locale}-policy-overview")
    press(page, page.locator("form[action$='/admin/policy/drafts'] button").first)
    return page.url.rsplit("/", 1)[1].partition("?")[0]


def looked_at(page: Page, address: str, sound: Any, locale: str) -> None:
    """Look at sections as they are, and make the roles that the policy check finds that committees lack."""
    for section in LOOKED_AT:
        page.goto(f"{address}/{section}")
        sound(page, f"{locale}-policy-{section}")
    page.goto(f"{address}/findings")
    while (lacking := page.locator("a[href*='/admin/roles/new?seat=']")).count():
        press(page, lacking.first)
        sound(page, f"{locale}-policy-seat")
        press(page, page.locator("main form button[type=submit]").first)
        page.goto(f"{address}/findings")


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
