"""A settlement, and a claim for compensation that is refused an offer until its evidence is there, in a browser."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from silah import clock
from tests.journeys.sitting import Sitting
from tests.journeys.test_complaints import complain
from tests.journeys.test_requests import Desk, follow
from tests.journeys.walking import MAIN_BUTTON, PDF, press, send
from tests.waiting import wait_until

Visit = Callable[..., Page]
Sound = Callable[[Page, str], None]
SLUG, CHAIR, MANAGER, HEAD = "samtah", "follow_up_committee_chair", "management", "secretary_general"
SOON = (clock.today() + timedelta(days=10)).isoformat()
PAPER = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": PDF}
WORDS = {
    "ar": {
        "dispute": "لم تُعوَّض السلة التالفة", "offer": "سلة بديلة خلال أسبوع", "promise": "تسليم السلة البديلة",
        "counter": "سلة بديلة ومبلغ عن النقل", "harm": "تلف المكيف عند تركيبه", "agreed": "ما اتُّفق عليه",
        "missing": "لا يمكن تقديم عرض بعد", "amount": "٣٥٠٫٢٥",
    },
    "en": {
        "dispute": "The damaged basket was not made good", "offer": "Another basket within a week",
        "promise": "Deliver the other basket", "counter": "Another basket, and the cost of transport",
        "harm": "The air conditioner was damaged when it was installed", "agreed": "What was agreed",
        "missing": "No offer can be made yet", "amount": "350.25",
    },
}  # fmt: skip


def code_sent(page: Page, demo: Any, address: str, after: set[str]) -> str:
    """The one-time code of the newest letter to an address that was not there before."""
    box = f"{demo.described['base_url']}/demo/mail"

    def newest() -> str | None:
        listed = page.context.request.get(f"{box}?to={address}").text()
        for name in re.findall(r'href="/demo/mail/([^"/]+)"', listed):
            found = (
                re.search(r">\s*(\d{6})\s*<|\b(\d{6})\b", _text(page, f"{box}/{name}")) if name not in after else None
            )
            if found:
                return found[1] or found[2]
        return None

    return str(wait_until(newest, f"a code to {address}", every=0.5))


def letters(page: Page, demo: Any, address: str) -> set[str]:
    """The letters to an address that are there already."""
    listed = page.context.request.get(f"{demo.described['base_url']}/demo/mail?to={address}").text()
    return set(re.findall(r'href="/demo/mail/([^"/]+)"', listed))


def _text(page: Page, address: str) -> str:
    return re.sub(r"[A-Z]-\d{4}-\d{6,9}", "", page.context.request.get(address).text())


def accept(page: Page, demo: Any, sound: Sound, name: str, receipt: str, address: str) -> None:
    """Accept the offer that stands, with both codes."""
    before = letters(page, demo, address)
    press(page, page.locator("form[action$='/offer/accept'] button"))
    sound(page, f"{name}-accept")
    page.fill("input[name=receipt]", receipt)
    page.fill("input[name=code]", code_sent(page, demo, address, before))
    send(page)


def with_paper(desk: Desk, role: str, move: str, field: str, *, refused: bool = False, **answers: str) -> Page:
    """A move that takes a file; a page that refuses it comes back in its place, without another being opened."""
    page = desk.page(role)
    press(page, page.locator(f"a[href$='/moves/{move}']").first)
    for name, answer in answers.items():
        if page.locator(f"main [name={name}][type=radio]").count():
            page.check(f"main [name={name}][value={answer}]")
        else:
            page.fill(f"main [name={name}]", answer)
    page.set_input_files(f"input[name={field}]", PAPER)
    desk.sound(page, f"{SLUG}-{desk.locale}-move-{move}")
    if refused:
        page.locator(MAIN_BUTTON).last.click()
    else:
        send(page)
    return page


@pytest.mark.parametrize(("locale", "phone"), [("ar", True), ("en", False)])
def test_a_dispute_is_settled(demo: Any, visit: Visit, sound: Sound, locale: str, phone: bool) -> None:
    words, name = WORDS[locale], f"{locale}-dispute"
    page = visit(SLUG, locale, phone=phone)
    page.goto(f"{demo.association(SLUG)['url']}/complaints/new?lang={locale}")
    reference, code = complain(page, locale)
    complaint = Desk(demo, visit, sound, SLUG, locale, reference)
    complaint.act(CHAIR, "classify", topic="quality", severity="medium")
    complaint.act(CHAIR, "find", finding="upheld", findings="ثبت", answer="نعتذر")
    complaint.act(CHAIR, "answer")

    follow(page, demo, SLUG, reference, code)
    press(page, page.locator("main a[href$='/dispute']"))
    sound(page, f"{name}-begin")
    page.fill("textarea[name=text]", words["dispute"])
    send(page)
    sound(page, f"{name}-begun")
    born = page.locator(".case-line bdi").first.inner_text()
    assert born.startswith("D-")

    desk = Desk(demo, visit, sound, SLUG, locale, born)
    desk.act(
        CHAIR, "offer", terms=words["offer"], expires_on=SOON, what_1=words["promise"],
        side_1="association", due_1=SOON,
    )  # fmt: skip
    page.reload()
    expect(page.locator("main")).to_contain_text(words["promise"])
    sound(page, f"{name}-offered")
    press(page, page.locator("main a[href$='/offer']"))
    page.fill("textarea[name=terms]", words["counter"])
    page.fill("input[name=amount]", words["amount"])
    page.fill("input[name=expires_on]", SOON)
    page.fill("textarea[name=what_1]", words["promise"])
    page.select_option("select[name=side_1]", "beneficiary")
    page.fill("input[name=due_1]", SOON)
    sound(page, f"{name}-counter")
    send(page)
    desk.act(MANAGER, "accept")
    page.reload()
    accept(page, demo, sound, name, code, "layla@mail.example")
    expect(page.locator("main")).to_contain_text(words["agreed"])
    sound(page, f"{name}-agreed")
    with page.expect_download() as paper:
        page.locator("li:has-text('agreement.pdf') a").click()
    assert paper.value.suggested_filename.endswith("agreement.pdf")

    press(page, page.locator("main a[href*='/promises/']"))
    page.fill("textarea[name=remark]", words["promise"])
    page.set_input_files("input[name=proof]", PAPER)
    sound(page, f"{name}-proof")
    send(page)
    sound(page, f"{name}-handed-in")

    chair = desk.page(CHAIR)
    chair.goto(f"{demo.association(SLUG)['url']}/desk/promises")
    sound(chair, f"{name}-promises")
    chair = desk.page(CHAIR)
    press(chair, chair.locator("main a[href*='/desk/promises/']").first)
    expect(chair.locator("textarea[name=remark]")).to_have_value(words["promise"])
    sound(chair, f"{name}-promise")
    send(chair)
    desk.act(CHAIR, "close")
    page.reload()
    sound(page, f"{name}-closed")


@pytest.mark.parametrize(("locale", "phone"), [("ar", False), ("en", True)])
def test_a_claim_is_refused_then_completed(demo: Any, visit: Visit, sound: Sound, locale: str, phone: bool) -> None:
    words, name, mail = WORDS[locale], f"{locale}-claim", f"claimant-{locale}@mail.example"
    page = visit(SLUG, locale, phone=phone)
    press(page, page.locator("main a[href$='/compensation/new']"))
    page.fill("textarea[name=text]", words["harm"])
    page.fill("input[name=claimed]", words["amount"])
    page.fill("input[name=name]", "ليلى بنت عمر الناصر" if locale == "ar" else "Layla Al-Nasser")
    page.fill("input[name=email]", mail)
    page.check("input[name=reply_channel][value=email]")
    if page.locator("select[name=branch]").count():
        page.select_option("select[name=branch]", index=1)
    sound(page, f"{name}-new")
    send(page)
    reference, code = page.locator("#reference bdi").inner_text(), page.locator("#receipt-code bdi").inner_text()

    desk = Desk(demo, visit, sound, SLUG, locale, reference)
    refused = desk.act(HEAD, "offer", terms=words["harm"], amount=words["amount"], expires_on=SOON)
    expect(refused.locator("main")).to_contain_text(words["missing"])
    expect(refused.locator("main .notice li")).to_have_count(4)
    sound(refused, f"{name}-refused")
    follow(page, demo, SLUG, reference, code)
    sound(page, f"{name}-lacking")

    if locale == "ar":
        acknowledged(desk, words["harm"], reference, f"{name}-committee")
    else:
        judged = {"issued_by": "المحكمة العامة", "number": "77", "dated": clock.today().isoformat()}
        with_paper(desk, HEAD, "ground", "file", ground="judgment", **judged)
    desk.act(HEAD, "offer", terms=words["harm"], amount=words["amount"], expires_on=SOON)
    page.reload()
    accept(page, demo, sound, name, code, mail)
    desk.act(MANAGER, "accept")
    paid = with_paper(desk, HEAD, "pay", "proof", amount="350.24", refused=True)
    expect(paid.locator("main .error").first).to_contain_text("350.25")
    sound(paid, f"{name}-not-exact")
    with_paper(desk, HEAD, "pay", "proof", amount="350.25")
    desk.act(HEAD, "close")
    page.reload()
    expect(page.locator("main")).to_contain_text("closing.pdf")
    sound(page, f"{name}-closed")


def acknowledged(desk: Desk, harm: str, reference: str, name: str) -> None:
    """The fault is established, and the committee's minutes acknowledge the harm, its size and its causes."""
    body = "investigation_committee"
    desk.act(f"{body}_chair", "harm", harm=harm, size="350", causes=harm)
    with_paper(desk, HEAD, "ground", "file", ground="fault", words=harm)
    refused = desk.act(HEAD, "offer", terms=harm, amount="350.25", expires_on=SOON)
    expect(refused.locator("main .notice li")).to_have_count(3)
    Sitting(desk, body, desk.sound, name).decides(reference, harm)


def test_administrators_set_limits_and_grounds(demo: Any, visit: Visit, sound: Sound) -> None:
    for locale in ("ar", "en"):
        admin = Desk(demo, visit, sound, SLUG, locale, "D-").sign_in("administrator")
        admin.goto(f"{demo.association(SLUG)['url']}/admin/settlements")
        admin.check("input[name=whose][value=own]")
        sound(admin, f"{locale}-settlement-rules")
    officer = Desk(demo, visit, sound, SLUG, "en", "D-").sign_in("relations_officer")
    for path in ("dispute", "compensation"):
        officer.goto(f"{demo.association(SLUG)['url']}/desk/record/{path}")
        sound(officer, f"en-record-{path}")
