"""In a real browser: a double press, going back and loading anew make one case."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from silah.complaints.models import Complaint
from tenants.database import db
from tests.browsing import DESKTOP

WORDS = "تأخر تسليم السلة، والموظف لا يجيب"
WAIT = 60_000


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


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f'input[name="{name}"][value="{value}"]').check()


def write(page: Page) -> None:
    choose(page, "about", "service")
    page.locator("#text").fill(WORDS)
    choose(page, "how", "anonymous")


class TestAComplaint:
    def test_pressed_twice_gone_back_to_and_loaded_anew_is_one(self, browse, count):
        before = count()
        page = browse("/complaints/new?lang=ar")
        write(page)
        page.evaluate(
            "() => { const send = document.querySelector('main form .actions button'); send.click(); send.click(); }"
        )
        page.wait_for_url("**/follow/sent")
        reference = page.locator("#reference").inner_text()
        expect(page.locator("#receipt-code")).to_have_count(1)
        page.reload()
        assert page.locator("#reference").inner_text() == reference
        page.go_back()
        if page.locator("#text").input_value() == WORDS:
            page.locator("main form .actions button").last.click()
            page.wait_for_url("**/follow/sent")
            assert page.locator("#reference").inner_text() == reference
        assert count() == before + 1
