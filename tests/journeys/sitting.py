"""A committee in its room: its members are named, a meeting is called and held, and its minutes are signed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page

from silah import clock
from tests.journeys.walking import press, send, sign

Sound = Callable[[Page, str], None]


class Sitting:
    """A committee of one association, whose pages ``desk`` opens to whoever has a role."""

    def __init__(self, desk: Any, body: str, sound: Sound, name: str) -> None:
        self.desk, self.body, self.sound, self.name = desk, body, sound, name
        self.base = desk.demo.association(desk.slug)["url"]
        self.clerk, self.chair, self.member = (f"{body}_{one}" for one in ("secretary", "chair", "member"))

    def decides(self, reference: str, reasons: str) -> None:
        """The whole way of one case: from naming the members to the last of their signatures."""
        self.names()
        meeting = self.holds(self.calls(reference), reference, reasons)
        for role in (self.clerk, self.chair, self.member):
            page = self.at(role, f"{meeting}/minutes")
            sign(page)
            press(page, page.locator("form:has(canvas) button.primary"))
        self.sound(page, f"{self.name}-minutes")

    def names(self) -> None:
        """An administrator names chair, member and secretary."""
        for role, position in ((self.chair, "chair"), (self.member, "member"), (self.clerk, "secretary")):
            label = self.at(role, "/desk/").locator("a[href='/desk/account'] bdi").first.inner_text()
            page = self.at("administrator", f"/admin/committees/{self.body}")
            if page.locator("main td", has_text=label).count():
                continue  # by an earlier run over the same demo
            page.select_option("select[name=member]", label=label)
            page.check(f"input[name=position][value={position}]")
            send(page)

    def calls(self, reference: str) -> Page:
        """The secretary calls a meeting for the next minute, with the case on its agenda."""
        soon = clock.now().astimezone(clock.RIYADH) + timedelta(minutes=1)
        page = self.at(self.clerk, f"/desk/committees/{self.body}")
        self.sound(page, f"{self.name}-room")
        page.locator("details:not([open]):has(input[name=on]) > summary").evaluate_all("all => all[0]?.click()")
        page.fill("input[name=on]", soon.date().isoformat())
        page.fill("input[name=time]", f"{soon:%H:%M}")
        page.locator(f"label:has-text('{reference}')").click()
        press(page, page.locator("form:has(input[name=on]) button"))
        return page

    def holds(self, page: Page, reference: str, reasons: str) -> str:
        """All attend and vote for it; gives the address of the meeting, which has ended."""
        meeting = page.url.split("?")[0]
        for attending in page.locator("select[name^='at-']").all():
            attending.select_option("present")
        press(page, page.locator("form[action$='/attendance'] button"))
        press(page, page.locator("form[action$='/start'] button"))
        press(page, page.locator("main a[href*='/items/']", has_text=reference))
        closed = page.locator("details:has(textarea[name=motion_reasons]):not([open]) > summary")
        closed.evaluate_all("all => all[0]?.click()")
        page.fill("textarea[name=motion_reasons]", reasons)
        press(page, page.locator("button[value=motion]"))
        for vote in page.locator("input[name^='vote-'][value=for]").all():
            vote.check()
        press(page, page.locator("button[value=votes]"))
        self.sound(page, f"{self.name}-item")
        press(page, page.locator("button[value=conclude]"))
        page.goto(meeting)
        page.locator("details.confirm summary").last.click()
        press(page, page.locator(".confirm-form[action$='/close']:visible button.primary"))
        return meeting.removeprefix(self.base)

    def at(self, role: str, path: str) -> Page:
        """A page of the association, before whoever has the role."""
        if role not in self.desk.pages:
            self.desk.pages[role] = self.desk.sign_in(role)
        page: Page = self.desk.pages[role]
        page.goto(self.base + path)
        return page
