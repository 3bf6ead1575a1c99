"""A full request in each of the five associations, in both languages, ending as the association's policy says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.walking import Applicant, answer_page, press, send, sign

Visit = Callable[..., Page]
Sound = Callable[[Page, str], None]


@dataclass(frozen=True)
class Way:
    """What an association's policy makes of a request: who decides, who may release early, what follows."""

    decides: str
    studies: str | None = None
    early: str | None = None
    attests: bool = True
    registers: bool = True
    delivers: bool = True
    complete_at_once: bool = False


WAYS = {
    "madinah": Way("research_committee_chair", "social_research_officer", "research_committee_chair"),
    "tamkeen": Way("management", early="management", attests=False, registers=False),
    "hayat": Way("research_committee_chair", "social_research_officer", "research_committee_chair"),
    "samtah": Way(
        "competent_committee_chair",
        "competent_committee_chair",
        registers=False,
        delivers=False,
        complete_at_once=True,
    ),
    "nobough": Way("research_committee_chair", "social_research_officer", "research_committee_chair"),
}


@pytest.mark.parametrize("locale", ["ar", "en"])
@pytest.mark.parametrize("slug", WAYS)
def test_a_request_goes_from_the_portal_to_its_end(
    demo: Any, visit: Visit, sound: Sound, slug: str, locale: str
) -> None:
    way, name = WAYS[slug], f"{slug}-{locale}"
    number = 300 + 2 * (list(WAYS).index(slug) * 2 + (locale == "en"))
    applicant = visit(slug, locale, phone=True)
    sound(applicant, f"{name}-portal")
    reference, code = apply(applicant, Applicant(number, locale), way, sound, name)

    desk = Desk(demo, visit, sound, slug, locale, reference)
    desk.takes_it_to_a_decision(way)
    desk.releases(way)

    follow(applicant, demo, slug, reference, code)
    sound(applicant, f"{name}-replied")
    desk.finishes(way)
    if way.delivers:
        applicant.reload()
        press(applicant, applicant.locator("form[action$='/confirm'] button"))
        sound(applicant, f"{name}-delivered")
    desk.act("relations_officer", "close")
    applicant.reload()
    sound(applicant, f"{name}-closed")
    expect(applicant.locator("main")).to_contain_text("مغلقة" if locale == "ar" else "Closed")


def apply(page: Page, who: Applicant, way: Way, sound: Sound, name: str) -> tuple[str, str]:
    """Send a request of the first type; gives the reference and the receipt code, which is shown this once."""
    press(page, page.locator("main a[href$='/requests/new']").first)
    sound(page, f"{name}-choose")
    press(page, page.locator("main a[href*='/requests/types/']").first)
    sound(page, f"{name}-criteria")
    send(page)
    signed = False
    for number in range(20):
        if page.url.endswith("/follow/sent"):
            break
        sound(page, f"{name}-step-{number:02d}")
        answer_page(page, who)
        if page.locator("main canvas").count():
            sign(page)
            signed = True
        send(page)
    assert signed is way.attests
    sound(page, f"{name}-sent")
    reference, code = (page.locator(".once bdi, main .code, main bdi[dir=ltr]").nth(n).inner_text() for n in (0, 1))
    page.reload()
    expect(page.locator("main")).not_to_contain_text(code)
    return reference, code


def follow(page: Page, demo: Any, slug: str, reference: str, code: str) -> None:
    """Open the tracking page with the two things on the receipt."""
    page.goto(f"{demo.association(slug)['url']}/follow")
    if page.locator("input[name=code]").count():
        page.fill("input[name=reference]", reference)
        page.fill("input[name=code]", code)
        send(page)
    assert "/follow/" in page.url


class Desk:
    """The association's staff at work on one case, each signed in in a browser of their own."""

    def __init__(self, demo: Any, visit: Visit, sound: Sound, slug: str, locale: str, reference: str) -> None:
        self.demo, self.visit, self.sound = demo, visit, sound
        self.slug, self.locale, self.reference = slug, locale, reference
        self.pages: dict[str, Page] = {}

    def page(self, role: str) -> Page:
        """The case, before whoever has the role."""
        if role not in self.pages:
            self.pages[role] = self.sign_in(role)
        page = self.pages[role]
        page.goto(f"{self.demo.association(self.slug)['url']}/desk/cases?q={self.reference}")
        page.locator(f"a:has-text('{self.reference}')").first.click()
        page.wait_for_url("**/desk/cases/*-*")
        self.sound(page, f"{self.slug}-{self.locale}-case-{role}")
        return page

    def sign_in(self, role: str) -> Page:
        account = self.demo.account(self.slug, role)
        page = self.visit(self.slug, self.locale)
        page.goto(f"{self.demo.association(self.slug)['url']}/sign-in")
        self.sound(page, f"{self.slug}-{self.locale}-sign-in")
        page.fill("input[name=email]", account["email"])
        page.fill("input[name=password]", account["password"])
        send(page)
        self.sound(page, f"{self.slug}-{self.locale}-desk-{role}")
        return page

    def act(self, role: str, move: str, **answers: str) -> Page:
        """Make one move through its page."""
        page = self.page(role)
        press(page, page.locator(f"a[href$='/moves/{move}']").first)
        self.sound(page, f"{self.slug}-{self.locale}-move-{move}")
        for field, answer in answers.items():
            if page.locator(f"main [name={field}][type=radio]").count():
                page.check(f"main [name={field}][value={answer}]")
            elif page.locator(f"main select[name={field}]").count():
                page.select_option(f"main select[name={field}]", answer)
            else:
                page.fill(f"main [name={field}]", answer)
        send(page)
        if page.locator("#preview").count() and page.locator("main button[name=look]").count():
            self.sound(page, f"{self.slug}-{self.locale}-move-{move}-looked")
            send(page)
        return page

    def takes_it_to_a_decision(self, way: Way) -> None:
        if not way.complete_at_once:
            self.act("relations_officer", "find_complete")
        self.act("relations_officer", "send")
        if way.studies:
            self.act(way.studies, "recommend", outcome="accepted", reasons="تنطبق الشروط.")
        self.act(way.decides, "decide", outcome="accepted", reasons="تقررت الموافقة.")

    def releases(self, way: Way) -> None:
        """A floor refuses a reply before its earliest date; only a reason on record lets it go out."""
        if way.early is None:
            self.act("relations_officer", "release")
            return
        refused = self.page("relations_officer")
        assert refused.locator("a[href$='/moves/release']").count() == 0 or self.is_refused()
        self.act(way.early, "release", early_reason="حالة عاجلة وافقت عليها الإدارة.")

    def is_refused(self) -> bool:
        page = self.act("relations_officer", "release")
        self.sound(page, f"{self.slug}-{self.locale}-too-early")
        return page.url.endswith("/moves/release")

    def finishes(self, way: Way) -> None:
        if way.registers:
            self.act("relations_officer", "register")
        if way.delivers:
            self.act("relations_officer", "deliver", what="سُلّمت الخدمة.")
