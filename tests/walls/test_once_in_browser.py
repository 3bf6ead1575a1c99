"""In a real browser: Enter twice, a double press, going back and loading anew make one case; the language keeps all."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from silah.cases.models import Case, CaseDocument
from silah.complaints.models import Complaint
from tenants.database import db
from tests.browsing import DESKTOP, PHONE, faults, picture

WORDS = "تأخر تسليم السلة، والموظف لا يجيب"
WAIT = 120_000
PHOTO = "/static/img/none"


@pytest.fixture(scope="module")
def home(make_association: Any) -> Any:
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def count(serve: Any, home: Any) -> Any:
    def counted(model: Any = Complaint, *where: Any) -> int:
        with serve(home):
            return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0

    return counted


@pytest.fixture
def browse(chromium, port, home):
    contexts = []

    def make(path: str, *, scripts: bool = True, viewport: Any = DESKTOP) -> Page:
        context = chromium.new_context(
            base_url=f"http://{home.slug}.silah.test:{port}",
            viewport=viewport,
            java_script_enabled=scripts,
            bypass_csp=True,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.goto(path)
        return page

    yield make
    for context in contexts:
        context.close()


def write(page: Page) -> None:
    page.locator("#about").select_option("service")
    page.locator("#text").fill(WORDS)
    page.locator('input[name="how"][value="anonymous"]').check()


def photo() -> dict[str, Any]:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (200, 150), "teal").save(out, "JPEG")
    return {"name": "الصورة.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


class TestAComplaint:
    def test_pressed_twice_gone_back_to_and_loaded_anew_is_one(self, browse, count):
        before = count()
        page = browse("/complaints/new?lang=ar")
        write(page)
        page.evaluate(
            "() => { const send = document.querySelector('main form .actions button'); send.click(); send.click(); }"
        )
        page.wait_for_url("**/complaints/sent")
        reference = page.locator("#reference").inner_text()
        expect(page.locator("#receipt-code")).to_have_count(1)
        page.reload()
        assert page.locator("#reference").inner_text() == reference
        page.go_back()
        if page.locator("#text").input_value() == WORDS:
            page.locator("main form .actions button").last.click()
            page.wait_for_url("**/complaints/sent")
            assert page.locator("#reference").inner_text() == reference
        assert count() == before + 1

    @pytest.mark.parametrize("scripts", [True, False])
    def test_sent_by_enter_twice_is_one(self, browse, count, scripts):
        before = count()
        page = browse("/complaints/new?lang=ar", scripts=scripts)
        write(page)
        page.locator("#about").select_option("person")
        named = page.locator("#named")
        named.fill("موظف الاستقبال")
        named.press("Enter", no_wait_after=True)
        named.press("Enter", no_wait_after=True)
        page.wait_for_url("**/complaints/sent")
        assert count() == before + 1

    @pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
    def test_keeps_its_picture_when_a_field_is_wrong(self, browse, count, viewport):
        page = browse("/complaints/new?lang=ar", viewport=viewport)
        page.locator('input[name="how"][value="named"]').check()
        page.locator("#text").fill(WORDS)
        page.locator("#files").set_input_files([photo()])
        page.locator("main form .actions button").last.click()
        kept = page.locator(".pending li")
        expect(kept).to_have_count(1, timeout=WAIT)
        expect(kept.locator("img")).to_be_visible()
        assert page.locator("#text").input_value() == WORDS
        picture(page, f"kept/file-{viewport['width']}")
        assert faults(page, "a file that waits") == []
        write(page)
        page.locator("main form .actions button").last.click()
        page.wait_for_url("**/complaints/sent")
        assert count(CaseDocument, CaseDocument.case_id.in_(select(Case.id).order_by(Case.reference.desc()))) >= 1


class TestTheOtherLanguage:
    @pytest.mark.parametrize("scripts", [True, False])
    def test_keeps_what_is_typed_and_chosen(self, browse, count, scripts):
        before = count()
        page = browse("/complaints/new?lang=ar", scripts=scripts)
        write(page)
        page.locator("#files").set_input_files([photo()])
        page.locator("a.language").click()
        if not scripts:
            page.locator("#other-language").click()
        expect(page.locator("html[lang=en]")).to_have_count(1, timeout=WAIT)
        assert page.locator("#text").input_value() == WORDS
        assert page.locator("#about").input_value() == "service"
        expect(page.locator(".pending li")).to_have_count(1)
        picture(page, f"kept/language-{scripts}")
        assert count() == before
        page.locator("a.language").click()
        if not scripts:
            page.locator("#other-language").click()
        expect(page.locator("html[lang=ar]")).to_have_count(1, timeout=WAIT)
        page.get_by_role("button", name=re.compile("إرسال")).first.click()
        page.wait_for_url("**/complaints/sent")
        assert count() == before + 1

    def test_of_a_page_on_which_nothing_is_typed_is_a_plain_link(self, browse):
        page = browse("/complaints/new?lang=ar")
        page.locator("a.language").click()
        page.wait_for_url("**/complaints/new?lang=en")
        expect(page.locator("html[lang=en]")).to_have_count(1)
